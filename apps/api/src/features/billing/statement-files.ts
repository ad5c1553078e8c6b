import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

const DAY_MS = 86_400_000;
const day = z.iso.date('write a day like 2026-11-30').transform((text) => new Date(`${text}T00:00:00Z`));

/** The days of a statement, both within it, as they are asked for; UTC days. Read, the end is the day after the last. */
export const STATEMENT_DAYS = {
  from: day.optional(),
  to: day.transform((last) => new Date(last.getTime() + DAY_MS)).optional(),
};

/** Sends a CSV as it is made. Its first part is made before the headers leave, so that a refusal is an answer. */
export async function sendCsv(
  reply: FastifyReply,
  name: string,
  lines: AsyncGenerator<string>,
): Promise<void> {
  const first = await lines.next();
  await headed(reply, name, 'text/csv; charset=utf-8').send(Readable.from(resumed(first.value ?? '', lines)));
}

/** Sends a PDF as it is made. */
export async function sendPdf(reply: FastifyReply, name: string, pdf: Readable): Promise<void> {
  await headed(reply, name, 'application/pdf').send(pdf);
}

function headed(reply: FastifyReply, name: string, type: string): FastifyReply {
  return reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store');
}

async function* resumed(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
