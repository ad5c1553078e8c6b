import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { Chance } from '../demo/random';
import { FULL_SIZE, makeWorld } from '../demo/make-world';
import { RailWithin } from '../demo/rail-within';
import { Stage } from '../demo/stage';
import { hasAccounts } from '../features/account/account.repository';
import { ReceiveEvent } from '../features/rail/use-cases/receive-event';
import { FeaturesModule } from '../features.module';
import { Config } from '../platform/config/config';
import { system } from '../platform/access/actor';
import { startOrSay } from '../platform/log/start-or-say';
import { UnitOfWork } from '../platform/prisma/unit-of-work';

/** The same seed gives the same people and projects. */
const SEED = 20_261_130;

/** Makes the demo world on an empty database; keeps its sign-ins in the data folder. */
async function main(): Promise<void> {
  const started = Date.now();
  const app = await NestFactory.createApplicationContext(FeaturesModule, {
    logger: ['error'],
    abortOnError: false,
  });
  const config = app.get(Config);
  const isUsed = await app.get(UnitOfWork).readAs(system('demo-world'), ({ db }) => hasAccounts(db));
  if (isUsed)
    throw new Error('The database has people already. The demo world is made on an empty one only.');
  const rail = await RailWithin.open(
    {
      databaseUrl: config.get('SANDBOX_DATABASE_URL') ?? '',
      secret: config.get('SANDBOX_SECRET'),
      port: config.get('SANDBOX_PORT'),
    },
    app.get(ReceiveEvent, { strict: false }),
  );
  try {
    await rail.set('delays', { payment: 0, onboarding: 0, payout: 0 });
    const stage = new Stage(app, rail, new Chance(SEED), new Date(Math.floor(started / 1000) * 1000));
    const say = (line: string) =>
      void process.stdout.write(`${line} (${Math.round((Date.now() - started) / 1000)} s)\n`);
    const signIns = await makeWorld(stage, FULL_SIZE, say);
    mkdirSync(config.dataPath(), { recursive: true });
    writeFileSync(config.dataPath('sign-ins.json'), `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600 });
  } finally {
    await rail.close();
    await app.close();
  }
}

startOrSay('demo world', main);
