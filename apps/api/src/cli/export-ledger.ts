import 'reflect-metadata';
import { once } from 'node:events';
import { createWriteStream, existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { PLAIN_TEXT_FORMATS, type PlainTextFormat } from '@tallystick/domain';
import { LedgerExport } from '../features/ledger/ledger.public';
import { FeaturesModule } from '../features.module';
import { startOrSay } from '../platform/log/start-or-say';

const USAGE = `Writes the whole book as plain-text accounting, for hledger check, ledger --strict --pedantic bal or bean-check.

  npm run export:ledger -- --format hledger|ledger|beancount --out FILE
`;

/** What cannot be done as asked; its message is one sentence that names the argument. */
class BadArgument extends Error {}

async function main(): Promise<void> {
  try {
    const { format, out } = argumentsGiven();
    const part = `${out}.part-${process.pid}`;
    mustBeWritable(out, part);
    try {
      const { postings, accounts } = await written(format, part);
      renameSync(part, out);
      process.stdout.write(`${postings} postings on ${accounts} accounts: ${out}\n`);
    } finally {
      rmSync(part, { force: true });
    }
  } catch (error) {
    if (!(error instanceof BadArgument)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

/** Writes beside the name first, so that a run that fails leaves nothing half-written. */
async function written(format: PlainTextFormat, part: string) {
  const app = await NestFactory.createApplicationContext(FeaturesModule, {
    logger: ['error'],
    abortOnError: false,
  });
  const file = createWriteStream(part);
  try {
    const done = await app.get(LedgerExport, { strict: false }).run(format, async (text) => {
      if (text !== '' && !file.write(text)) await once(file, 'drain');
    });
    file.end();
    await finished(file);
    return done;
  } finally {
    file.destroy();
    await app.close();
  }
}

function mustBeWritable(out: string, part: string): void {
  if (existsSync(out) && !statSync(out).isFile())
    throw new BadArgument(`--out: ${out} is no file: name a file, which may be there already or not.`);
  try {
    writeFileSync(part, '');
  } catch (error) {
    throw new BadArgument(
      `--out: ${out} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'no reason given'}).`,
    );
  }
}

function argumentsGiven(): { format: PlainTextFormat; out: string } {
  const { format, out } = parsed();
  const known = PLAIN_TEXT_FORMATS.find((each) => each === format);
  if (!known) throw new BadArgument(`--format: name one of ${PLAIN_TEXT_FORMATS.join(', ')}.\n\n${USAGE}`);
  if (!out) throw new BadArgument(`--out: name a file.\n\n${USAGE}`);
  return { format: known, out };
}

function parsed(): { format?: string; out?: string } {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({ options: { format: text, out: text } }).values;
  } catch (error) {
    throw new BadArgument(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

startOrSay('export', main);
