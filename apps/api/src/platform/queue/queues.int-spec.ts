import { createTestDatabase, type TestDatabase } from '../../../test/database';
import { Config } from '../config/config';
import { Queues } from './queues';

const BACKENDS = ['PostgreSQL', 'Redis'] as const;

describe.each(BACKENDS)('the queue on %s', (backend) => {
  let database: TestDatabase;
  let queues: Queues;

  beforeAll(async () => {
    database = await createTestDatabase();
    const redis = process.env.TEST_REDIS;
    if (backend === 'Redis' && !redis)
      throw new Error('TEST_REDIS is not set: run npm test, which starts a Redis');
    queues = new Queues(
      new Config({
        NODE_ENV: 'test',
        ...database.environment,
        ...(backend === 'Redis' && { REDIS_URL: redis }),
      }),
    );
  });
  afterAll(async () => {
    await queues.onApplicationShutdown();
    await database.drop();
  });

  const row = (id: bigint, n: number) => ({
    id,
    queue: 'contract',
    name: 'count',
    payload: { n },
    availableAt: new Date(),
  });
  const worked = async (count: number, run: (n: number) => void) => {
    let done = () => undefined as void;
    const finished = new Promise<void>((resolve) => (done = resolve));
    let seen = 0;
    const worker = queues.work('contract', 2, async (job) => {
      run((job.data as { n: number }).n);
      if (++seen === count) done();
    });
    await finished;
    await worker.close();
  };

  it('runs each job once, though it is handed over twice', async () => {
    const rows = [row(1n, 1), row(2n, 2), row(3n, 3)];
    await queues.addBulk('contract', rows);
    await queues.addBulk('contract', rows);
    const seen: number[] = [];
    await worked(3, (n) => seen.push(n));
    expect(seen.sort((a, b) => a - b)).toEqual([1, 2, 3]);
    expect(await queues.counts('contract')).toMatchObject({ wait: 0, active: 0, failed: 0 });
  });

  it('tries a job again that failed', async () => {
    await queues.addBulk('contract', [row(4n, 4)]);
    let tries = 0;
    await worked(1, () => {
      if (++tries === 1) throw new Error('the first try fails');
    });
    expect(tries).toBe(2);
  });

  it('shows what failed for good with its reason, and lets it run again', async () => {
    const worker = queues.work('broken', 1, async () => Promise.reject(new Error('no bank today')));
    await queues.addBulk(
      'broken',
      [row(9n, 9)].map((each) => ({ ...each, queue: 'broken' })),
      1,
    );
    for (let tries = 0; (await queues.standing('broken')).failed === 0 && tries < 100; tries++)
      await new Promise((go) => setTimeout(go, 100));
    await worker.close();
    expect(await queues.failed('broken', 10)).toMatchObject([
      { id: 'outbox-9', name: 'count', reason: 'no bank today', tries: 1 },
    ]);
    expect(await queues.retry('broken', 'outbox-8')).toBeUndefined();
    expect(await queues.retry('broken', 'outbox-9')).toBe('count');
    expect(await queues.standing('broken')).toMatchObject({
      failed: 0,
      waiting: 1,
      oldestWaitingSince: expect.any(Date),
    });
  });
});
