import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { parseInput } from '../../platform/errors/refused';
import type { ChargeFilter } from '../billing/billing.public';
import { StatementQueries } from './statement.queries';

const DAY_MS = 86_400_000;
const day = z.iso.date('write a day like 2026-11-30').transform((text) => new Date(`${text}T00:00:00Z`));
/** Both days are within the statement; they are UTC days. */
const Wanted = z.object({ from: day.optional(), to: day.optional(), engagementId: z.uuid().optional() });

/** Statements as files. */
@Controller('statements')
export class TimesheetController {
  constructor(private readonly statements: StatementQueries) {}

  @Requires('billing:read')
  @Get('lab.csv')
  lab(@CurrentPerson() person: Person, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.send(person, 'lab', query, reply);
  }

  @Requires('payout:own')
  @Get('expert.csv')
  expert(
    @CurrentPerson() person: Person,
    @Query() query: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.send(person, 'expert', query, reply);
  }

  @Requires('billing:read')
  @Get('lab.pdf')
  labPdf(
    @CurrentPerson() person: Person,
    @Query() query: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.sendPdf(person, 'lab', query, reply);
  }

  @Requires('payout:own')
  @Get('expert.pdf')
  expertPdf(
    @CurrentPerson() person: Person,
    @Query() query: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.sendPdf(person, 'expert', query, reply);
  }

  private async sendPdf(
    person: Person,
    side: 'lab' | 'expert',
    query: unknown,
    reply: FastifyReply,
  ): Promise<void> {
    const pdf = await this.statements.pdf(person, side, filterOf(query));
    await reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `attachment; filename="tallystick-${side}-statement.pdf"`)
      .header('cache-control', 'no-store')
      .send(pdf);
  }

  private async send(
    person: Person,
    side: 'lab' | 'expert',
    query: unknown,
    reply: FastifyReply,
  ): Promise<void> {
    const lines = this.statements.csv(person, side, filterOf(query));
    // The first page is read before the headers leave, so that a refusal is an answer and not a broken file.
    const first = await lines.next();
    const name = `tallystick-${side}-statement.csv`;
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(resumed(first.value ?? '', lines)));
  }
}

async function* resumed(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

function filterOf(query: unknown): ChargeFilter {
  const { from, to, engagementId } = parseInput(Wanted, query);
  return {
    ...(engagementId && { engagementId }),
    ...(from && { from }),
    ...(to && { to: new Date(to.getTime() + DAY_MS) }),
  };
}
