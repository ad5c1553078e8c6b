import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { recordOf } from '../demo/cast-record';
import { calendarBefore, makeWorld, plansOf } from '../demo/make-world';
import { RailWithin } from '../demo/rail-within';
import { Chance } from '../demo/random';
import { Stage } from '../demo/stage';
import { ReceiveEvent } from '../features/rail/use-cases/receive-event';
import { FeaturesModule } from '../features.module';
import { Clock } from '../platform/clock/clock';
import { Config } from '../platform/config/config';
import { startOrSay } from '../platform/log/start-or-say';

/** Plays the history of the demo world on an empty database, for the snapshot; writes its cast to a file. */
async function main(): Promise<void> {
  const started = Date.now();
  const { values } = parseArgs({
    options: {
      end: { type: 'string', default: '' },
      seed: { type: 'string', default: '' },
      size: { type: 'string', default: '' },
      cast: { type: 'string', default: '' },
    },
  });
  const [experts = 0, projects = 0, engagements = 0] = values.size.split(',').map(Number);
  const [seed, size, end] = [Number(values.seed), { experts, projects, engagements }, new Date(values.end)];
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
    await rail.set('delays', { payment: 0, onboarding: 0, payout: 0 });
    const say = (line: string) =>
      void process.stdout.write(`${line} (${Math.round((Date.now() - started) / 1000)} s)\n`);
    const plans = plansOf(seed, size, calendarBefore(end));
    const stage = new Stage(app, rail, new Chance(seed), end);
    const cast = await makeWorld(stage, plans, engagements, say);
    writeFileSync(values.cast, JSON.stringify(recordOf(cast, plans)));
  } finally {
    await rail.close();
    await app.close();
  }
}

startOrSay('demo world', main);
