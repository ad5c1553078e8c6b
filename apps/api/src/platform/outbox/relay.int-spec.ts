import { Client } from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '../../../test/database';
import { Config } from '../config/config';
import { Database } from '../prisma/database';
import { Queues } from '../queue/queues';
import { appendToOutbox } from './outbox.repository';
import { OutboxRelay } from './relay';

/** So long that a test which waits for it fails. */
const NEVER_MS = 600_000;

describe('the outbox relay', () => {
  let test: TestDatabase;
  let database: Database;
  let queues: Queues;
  let relay: OutboxRelay;
  let admin: Client;

  beforeAll(async () => {
    test = await createTestDatabase();
    const config = new Config({ NODE_ENV: 'test', ...test.environment });
    database = new Database(config);
    queues = new Queues(config);
    relay = new OutboxRelay(database, queues, config);
    relay.pollMs = NEVER_MS;
    admin = new Client({ connectionString: process.env.TEST_POSTGRES });
    await admin.connect();
    await relay.onApplicationBootstrap();
  });
  afterAll(async () => {
    await relay.beforeApplicationShutdown();
    await queues.onApplicationShutdown();
    await database.onApplicationShutdown();
    await admin.end();
    await test.drop();
  });

  const write = (count: number) =>
    database.client.$transaction((db) =>
      appendToOutbox(
        db,
        new Date(),
        Array.from({ length: count }, () => ({ queue: 'audit' as const, name: 'seal', payload: {} })),
      ),
    );
  const unsent = async () => {
    const { rows } = await test.owner.query(
      'SELECT count(*)::int AS count FROM outbox_message WHERE sent_at IS NULL',
    );
    return rows[0].count as number;
  };
  const emptied = () => until('every row is handed over', async () => (await unsent()) === 0);
  /** Backends that listen for the outbox of this database. */
  const listeners = async (what: string) => {
    const { rows } = await admin.query(
      `SELECT ${what} FROM pg_stat_activity WHERE query = 'LISTEN tallystick_outbox'
       AND datname = (SELECT substring($1 FROM '[^/]+$'))`,
      [test.environment.DATABASE_URL],
    );
    return rows.length;
  };

  it('hears of rows as they are committed, one by one and many at once, without looking for them', async () => {
    for (const count of [1, 3, 450]) {
      await write(count);
      await emptied();
    }
    expect(await queues.counts('audit')).toMatchObject({ wait: 454 });
  });

  it('finds them by itself where its connection was lost, and hears again when that is back', async () => {
    relay.pollMs = 300;
    await write(1);
    await emptied();
    expect(await listeners('pg_terminate_backend(pid)')).toBe(1);
    await write(1);
    await emptied();
    await until('it listens again', async () => (await listeners('pid')) === 1);
    relay.pollMs = NEVER_MS;
    await wait(700);
    await write(1);
    await emptied();
  });
});

/** Waits until something holds; fails by its name after 10 seconds. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await holds()); await wait(20))
    if (Date.now() > end) throw new Error(`it never came to this: ${what}`);
}
