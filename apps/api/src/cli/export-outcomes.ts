import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { OutcomeQueries } from '../features/matching/matching.public';
import { FeaturesModule } from '../features.module';
import { startOrSay } from '../platform/log/start-or-say';

/** Writes what npm run matching:learn reads: --model FILE takes the model in force, --outcomes FILE one fit a line. */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { model, outcomes } = parseArgs({ options: { model: text, outcomes: text } }).values;
  if (model === undefined || outcomes === undefined) throw new Error('--model and --outcomes are missing.');
  const app = await NestFactory.createApplicationContext(FeaturesModule, {
    logger: ['error'],
    abortOnError: false,
  });
  try {
    const found = await app.get(OutcomeQueries, { strict: false }).material();
    writeFileSync(outcomes, found.lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    writeFileSync(model, JSON.stringify(found.model));
  } finally {
    await app.close();
  }
}

startOrSay('export', main);
