import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { castOf } from '../demo/cast-record';
import { WORLD_FILE } from '../demo/content';
import { finishWorld } from '../demo/finish-world';
import { calendarBefore, plansOf, playOf } from '../demo/make-world';
import { RailWithin } from '../demo/rail-within';
import { Chance } from '../demo/random';
import { readWorld } from '../demo/snapshot/world-file';
import { Stage } from '../demo/stage';
import { ReceiveEvent } from '../features/rail/use-cases/receive-event';
import { FeaturesModule } from '../features.module';
import { Clock } from '../platform/clock/clock';
import { Config } from '../platform/config/config';
import { startOrSay } from '../platform/log/start-or-say';

/** Makes the demo world ready that was loaded from its snapshot; keeps its sign-ins in the data folder. */
async function main(): Promise<void> {
  const started = Date.now();
  const app = await NestFactory.createApplicationContext(FeaturesModule, {
    logger: ['error'],
    abortOnError: false,
  });
  const config = app.get(Config);
  const rail = await RailWithin.open(
    {
      databaseUrl: config.get('SANDBOX_DATABASE_URL') ?? '',
      secret: config.get('SANDBOX_SECRET'),
      port: config.get('SANDBOX_PORT'),
      now: () => app.get(Clock).now(),
    },
    app.get(ReceiveEvent, { strict: false }),
  );
  try {
    const { header, cast } = readWorld(WORLD_FILE);
    const end = new Date(Math.floor(started / 1000) * 1000);
    const calendar = calendarBefore(new Date(header.reference));
    const plans = plansOf(header.seed, header.size, calendar);
    const stage = new Stage(app, rail, new Chance(started), end);
    const play = playOf(stage, castOf(cast, plans), calendar, header.size.engagements);
    const say = (line: string) =>
      void process.stdout.write(`${line} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    const signIns = await finishWorld(play, say);
    mkdirSync(config.dataPath(), { recursive: true });
    writeFileSync(config.dataPath('sign-ins.json'), `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600 });
  } finally {
    await rail.close();
    await app.close();
  }
}

startOrSay('demo world', main);
