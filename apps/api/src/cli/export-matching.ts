import 'reflect-metadata';
import { renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { ExportQueries } from '../features/matching/matching.public';
import { FeaturesModule } from '../features.module';
import { startOrSay } from '../platform/log/start-or-say';

const USAGE = `Writes what matching reads of experts and openings, for npm run rank.

  npm run export:matching -- --experts FILE --openings FILE
`;

/** Writes both files, each beside its name first, so that a run that fails leaves nothing half-written. */
async function main(): Promise<void> {
  const files = argumentsGiven();
  if (!files) return;
  const app = await NestFactory.createApplicationContext(FeaturesModule, {
    logger: ['error'],
    abortOnError: false,
  });
  try {
    const { experts, openings } = await app.get(ExportQueries, { strict: false }).run();
    for (const [file, lines] of [
      [files.experts, experts],
      [files.openings, openings],
    ] as const) {
      writeFileSync(`${file}.part`, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      renameSync(`${file}.part`, file);
      process.stdout.write(`${lines.length} lines: ${file}\n`);
    }
  } finally {
    await app.close();
  }
}

function argumentsGiven(): { experts: string; openings: string } | undefined {
  try {
    const text = { type: 'string' } as const;
    const { experts, openings } = parseArgs({ options: { experts: text, openings: text } }).values;
    if (experts !== undefined && openings !== undefined) return { experts, openings };
    process.stderr.write(`Name both files.\n\n${USAGE}`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
  process.exitCode = 2;
  return undefined;
}

startOrSay('export', main);
