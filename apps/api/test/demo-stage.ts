import { Client } from 'pg';
import { Chance } from '../src/demo/random';
import { RailWithin } from '../src/demo/rail-within';
import { Stage } from '../src/demo/stage';
import { ReceiveEvent } from '../src/features/rail/use-cases/receive-event';
import { TestApi } from './api';
import { freePort } from './free-port';

const SECRET = 'a secret of this test run';

/** The API on a database of its own, with the rail inside: where a history is played or loaded. */
export interface DemoStage {
  readonly api: TestApi;
  readonly rail: RailWithin;
  /** Address of the database for its superuser, who loads and dumps. */
  readonly superuserUrl: string;
  /** A connection as superuser. */
  readonly superuser: Client;
  /** A stage that ends at an instant. */
  until(end: Date): Stage;
  stop(): Promise<void>;
}

/** Starts one. */
export async function startDemoStage(): Promise<DemoStage> {
  const port = await freePort();
  const api = await TestApi.start({ SANDBOX_URL: `http://127.0.0.1:${port}`, SANDBOX_SECRET: SECRET });
  const { SANDBOX_DATABASE_URL: databaseUrl = '' } = api.database.environment;
  const rail = await RailWithin.open(
    { databaseUrl, secret: SECRET, port, now: () => api.clock.now() },
    api.app.get(ReceiveEvent, { strict: false }),
  );
  await rail.set('delays', { payment: 0, onboarding: 0, payout: 0 });
  const url = new URL(databaseUrl);
  url.username = 'postgres';
  const superuser = new Client({ connectionString: url.toString() });
  await superuser.connect();
  return {
    api,
    rail,
    superuserUrl: url.toString(),
    superuser,
    until: (end) => new Stage(api.app, rail, new Chance(7), end),
    stop: async () => {
      await superuser.end();
      await rail.close();
      await api.stop();
    },
  };
}
