import { createTestDatabase, type TestDatabase } from '../../../test/database';
import type { Job } from 'bullmq';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Config } from '../config/config';
import { JobFailed } from './job-standing';
import { Queues } from './queues';

const BACKENDS = ['PostgreSQL', 'Redis', 'Redis Cluster'] as const;
/** Where the services of the test run are. */
const PLACES: Readonly<Record<(typeof BACKENDS)[number], Readonly<Record<string, string | undefined>>>> = {
  PostgreSQL: {},
  Redis: { REDIS_URL: process.env.TEST_REDIS },
  'Redis Cluster': { REDIS_CLUSTER: process.env.TEST_REDIS_CLUSTER },
};
/** After this long a worker that says nothing counts as lost. In earnest it is half a minute. */
const LOST_AFTER_MS = 1000;
const EVERY_MS = 400;

describe.each(BACKENDS)('the queue on %s', (backend) => {
  let database: TestDatabase;
  let queues: Queues;

  beforeAll(async () => {
    database = await createTestDatabase();
    if (Object.values(PLACES[backend]).includes(undefined))
      throw new Error(`there is no ${backend}: run npm test, which starts one`);
    queues = new Queues(
      new Config({
        NODE_ENV: 'test',
        ...database.environment,
        ...PLACES[backend],
      }),
    );
  });
  afterAll(async () => {
    await queues.onApplicationShutdown();
    await database.drop();
  });

  let jobs = 0n;
  /** A row of the outbox as the relay hands it over, now or later. */
  const row = (queue: string, n: number, laterMs = 0) => ({
    id: ++jobs,
    queue,
    name: 'count',
    payload: { n },
    availableAt: new Date(Date.now() + laterMs),
  });
  const numberOf = (job: Job) => (job.data as { n: number }).n;

  it('runs each job once, though it is handed over twice', async () => {
    const rows = [row('contract', 1), row('contract', 2), row('contract', 3)];
    await queues.addBulk('contract', rows);
    await queues.addBulk('contract', rows);
    const seen: number[] = [];
    const worker = await queues.work('contract', 2, async (job) => void seen.push(numberOf(job)));
    await until('all ran', () => seen.length >= 3);
    await queues.addBulk('contract', rows);
    await queues.addBulk('contract', [row('contract', 4)]);
    await until('what came last ran', () => seen.includes(4));
    await until('nothing is left', async () => isEmpty(await queues.counts('contract')));
    await worker.close();
    expect(seen.sort((a, b) => a - b)).toEqual([1, 2, 3, 4]);
  });

  it('keeps a job until its time has come', async () => {
    const ran: number[] = [];
    const worker = await queues.work('later', 1, async () => void ran.push(Date.now()));
    const [late, soon] = [row('later', 1, 1500), row('later', 2)];
    await queues.addBulk('later', [late, soon]);
    await until('the one without a date ran', () => ran.length === 1);
    expect(await queues.counts('later')).toMatchObject({ delayed: 1, failed: 0 });
    await until('the other ran', () => ran.length === 2);
    await worker.close();
    expect(ran[1]).toBeGreaterThanOrEqual(late.availableAt.getTime());
  });

  it('tries a job again after growing pauses, and parks it as failed after the last try', async () => {
    const tries: number[] = [];
    const worker = await queues.work('failing', 1, async () => {
      tries.push(Date.now());
      throw new Error('it never works');
    });
    await queues.addBulk('failing', [row('failing', 1)], 3);
    await until('it is parked', async () => (await queues.counts('failing')).failed === 1);
    await worker.close();
    expect(tries).toHaveLength(3);
    const [first = 0, second = 0, third = 0] = tries;
    expect(second - first).toBeGreaterThanOrEqual(450);
    expect(third - second).toBeGreaterThanOrEqual(950);
    expect(await queues.counts('failing')).toEqual({ wait: 0, active: 0, delayed: 0, failed: 1 });
  });

  it('gives a job to another worker when its own was killed in the middle', async () => {
    await queues.addBulk('killed', [row('killed', 7)]);
    let isBegun = false;
    const dying = await queues.work('killed', 1, () => new Promise(() => (isBegun = true)), LOST_AFTER_MS);
    await until('it is begun', () => isBegun);
    await dying.close(true);
    expect(await queues.counts('killed')).toMatchObject({ active: 1 });
    const seen: number[] = [];
    const heir = await queues.work('killed', 1, async (job) => void seen.push(numberOf(job)), LOST_AFTER_MS);
    await until('another ran it', () => seen.length > 0);
    await until('nothing is left', async () => isEmpty(await queues.counts('killed')));
    await heir.close();
    expect(seen).toEqual([7]);
  });

  it('lets a repeated job come back once an interval, whoever asks for it, and after a restart', async () => {
    let ran = 0;
    const tick = () => queues.work('ticking', 4, async () => void ran++);
    await queues.repeat('ticking', 'tick', EVERY_MS);
    await queues.repeat('ticking', 'tick', EVERY_MS);
    const first = await tick();
    await until('it came back', () => ran >= 3);
    await first.close();
    // Asked for twice, and still only one next run is planned.
    expect(await queues.counts('ticking')).toMatchObject({ delayed: 1 });
    const seen = ran;
    const second = await tick();
    await until('it came back after a restart', () => ran > seen);
    await second.close();
  });

  it('works on several queues, in whatever order they were filled and opened', async () => {
    await queues.addBulk('left', [row('left', 1)]);
    await queues.addBulk('right', [row('right', 2)]);
    const seen: number[] = [];
    const run = async (job: Job) => void seen.push(numberOf(job));
    const workers = [await queues.work('right', 1, run), await queues.work('left', 1, run)];
    await until('both ran', () => seen.length === 2);
    await Promise.all(workers.map((worker) => worker.close()));
    expect(seen.sort((a, b) => a - b)).toEqual([1, 2]);
  });

  it('works as soon as the queue can be reached, though it could not be when the process started', async () => {
    // A cluster is known by one of its nodes, whichever can be reached.
    const [setting = 'DATABASE_URL', said = database.environment.DATABASE_URL] = Object.entries(
      PLACES[backend],
    ).flat();
    const door = await closedDoor(said?.split(',')[0] ?? '');
    const early = new Queues(new Config({ NODE_ENV: 'test', ...database.environment, [setting]: door.url }));
    if (backend === 'PostgreSQL') await expect(early.addBulk('early', [row('early', 5)])).rejects.toThrow();
    const seen: number[] = [];
    const starting = early.work('early', 1, async (job) => void seen.push(numberOf(job)));
    await wait(300);
    await door.open();
    const worker = await starting;
    await early.addBulk('early', [row('early', 6)]);
    await until('it ran', () => seen.includes(6));
    await worker.close();
    await early.onApplicationShutdown();
    door.close();
  });

  it('shows what failed for good by a code alone, lets it be set aside, and lets it run again', async () => {
    const worker = await queues.work('broken', 1, async () =>
      Promise.reject(
        new JobFailed(Object.assign(new Error('no bank for Dr Ana today'), { code: 'ETIMEDOUT' })),
      ),
    );
    await queues.addBulk('broken', [{ ...row('broken', 9), id: 1009n }], 1);
    await until('it is parked', async () => (await queues.standing('broken')).failed === 1);
    await worker.close();
    const parked = { id: 'outbox-1009', name: 'count', code: 'ETIMEDOUT', tries: 1, setAside: null };
    const failed = await queues.failed('broken', 10);
    expect(failed).toMatchObject([parked]);
    expect(JSON.stringify(failed)).not.toContain('Ana');
    expect(await queues.setAside('broken', 'outbox-1008', 'NOT_NEEDED')).toBeUndefined();
    expect(await queues.setAside('broken', 'outbox-1009', 'NOT_NEEDED')).toBe('count');
    expect(await queues.failed('broken', 10)).toMatchObject([{ ...parked, setAside: 'NOT_NEEDED' }]);
    expect(await queues.retry('broken', 'outbox-1008')).toBeUndefined();
    expect(await queues.retry('broken', 'outbox-1009')).toBe('count');
    expect(await queues.setAside('broken', 'outbox-1009', 'NOT_NEEDED')).toBeUndefined();
    expect(await queues.standing('broken')).toMatchObject({
      failed: 0,
      waiting: 1,
      oldestWaitingSince: expect.any(Date),
    });
  });

  it('shows how far a running job is, and when one that failed is tried again', async () => {
    let [go, tries] = [() => undefined as void, 0];
    const worker = await queues.work('long', 1, async (job) => {
      if (tries++ === 0) throw new JobFailed(new RangeError('never shown'));
      await job.updateProgress({ done: 30, of: 120 });
      await new Promise<void>((done) => (go = done));
    });
    await queues.addBulk('long', [row('long', 1)]);
    await until('it failed once', async () => (await queues.retried('long', 10)).length === 1);
    const [retried] = await queues.retried('long', 10);
    expect(retried).toMatchObject({ name: 'count', tries: 1, code: 'RangeError' });
    expect(Math.abs((retried?.nextTryAt.getTime() ?? 0) - Date.now())).toBeLessThan(2000);
    await until('it runs', async () => (await queues.running('long', 10))[0]?.progress?.done === 30);
    expect(await queues.running('long', 10)).toMatchObject([
      { name: 'count', tries: 2, progress: { done: 30, of: 120 }, since: expect.any(Date) },
    ]);
    go();
    await worker.close();
    expect(await queues.running('long', 10)).toEqual([]);
  });
});

/** An address of the same service at which nobody listens until it is opened. */
async function closedDoor(address: string) {
  const target = new URL(address);
  const server = createServer((socket) => {
    const behind = connect(Number(target.port), target.hostname);
    for (const side of [socket, behind]) side.on('error', () => side.destroy());
    socket.pipe(behind).pipe(socket);
  });
  const listen = (port: number) => once(server.listen(port, '127.0.0.1'), 'listening');
  await listen(0);
  const { port } = server.address() as AddressInfo;
  server.close();
  const url = new URL(address);
  url.host = `127.0.0.1:${port}`;
  return { url: url.href, open: () => listen(port), close: () => server.close() };
}

/** Waits until something holds; fails by its name after 20 seconds. */
async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await holds()); await wait(25))
    if (Date.now() > end) throw new Error(`it never came to this: ${what}`);
}

function isEmpty(counts: Record<string, number>): boolean {
  return Object.values(counts).every((count) => count === 0);
}
