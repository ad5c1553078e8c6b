import { createTestDatabase, type TestDatabase } from '../../../test/database';
import { startWorker, type WorkerProcess } from '../../../test/worker-process';
import type { QueueEvents } from 'bullmq';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startRedisCluster, type RedisCluster } from '../../../../../tools/embedded/redis.mjs';
import { Config } from '../config/config';
import { Queues } from './queues';

/** So many that every node has some. */
const QUEUES = Array.from({ length: 12 }, (_, at) => `many-${at}`);
/** Longer than BullMQ waits for a job before it takes its connection for dead. */
const AWAY_MS = 7000;
/** When a node is back, every queue goes on within this time. */
const GOES_ON_MS = 15_000;
const WORKER = path.join(__dirname, '../../../test/queue-worker.ts');

/** A worker in a process of its own, with what it ran and when it last ran a job of each queue. */
interface Watched extends WorkerProcess {
  readonly lastRan: Map<string, number>;
}

describe('queues on a Redis Cluster whose nodes are killed and come back', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-cluster-'));
  let database: TestDatabase;
  let cluster: RedisCluster;
  let environment: Record<string, string>;
  let queues: Queues;
  const accepted = new Set<string>();
  const ran = new Set<string>();
  const heard = new Map<string, number>();
  const listening: QueueEvents[] = [];
  const workers: Watched[] = [];
  let isSending = true;

  beforeAll(async () => {
    database = await createTestDatabase();
    cluster = await startRedisCluster(folder);
    // By name, as in earnest: an address needs no look-up.
    const REDIS_CLUSTER = cluster.urls.map((url) => url.replace('127.0.0.1', 'localhost')).join(',');
    environment = { NODE_ENV: 'test', ...database.environment, REDIS_CLUSTER, QUEUES: QUEUES.join(',') };
    queues = new Queues(new Config(environment));
    for (const queue of QUEUES)
      listening.push(queues.events(queue).on('completed', () => heard.set(queue, Date.now())));
    workers.push(worker(), worker());
  });
  afterAll(async () => {
    isSending = false;
    for (const each of workers) await each.kill();
    for (const each of listening) await each.close();
    await queues.onApplicationShutdown();
    await cluster.stop();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const worker = (): Watched => {
    const lastRan = new Map<string, number>();
    const told = (said: string) => {
      ran.add(said);
      lastRan.set(said.split(' ')[0] ?? '', Date.now());
    };
    return { ...startWorker(environment, WORKER, told), lastRan };
  };
  const send = async (queue: string) => {
    for (let id = 1n; isSending; id++) {
      const row = { id, queue, name: 'count', payload: {}, availableAt: new Date() };
      const isTaken = await queues.addBulk(queue, [row]).then(
        () => true,
        () => false,
      );
      if (isTaken) accepted.add(`${queue} outbox-${id}`);
      await wait(40);
    }
  };
  /** Every worker took a job of every queue after a moment, and whoever listens heard of one. */
  const goesOn = (since: number) =>
    [heard, ...workers.map(({ lastRan }) => lastRan)].every((last) =>
      QUEUES.every((queue) => (last.get(queue) ?? 0) > since),
    );

  it('go on by themselves, each worker with each queue, and no job that was accepted is lost', async () => {
    const sending = QUEUES.map(send);
    await until('every worker works', () => goesOn(0), 30_000);
    for (const at of [0, 1, 2]) {
      await cluster.kill(at);
      if (at === 1) {
        await workers.shift()?.kill();
        workers.push(worker());
      }
      await wait(AWAY_MS);
      await cluster.revive(at);
      const back = Date.now();
      await until(`everything goes on after node ${at} was away`, () => goesOn(back), GOES_ON_MS);
    }
    isSending = false;
    await Promise.all(sending);
    await until('every accepted job ran', () => [...accepted].every((job) => ran.has(job)), GOES_ON_MS);
    for (const queue of QUEUES)
      expect(await queues.standing(queue)).toMatchObject({ waiting: 0, delayed: 0, failed: 0 });
    expect(accepted.size).toBeGreaterThan(1000);
  }, 120_000);
});

/** Waits until something holds; fails by its name after a time. */
async function until(what: string, holds: () => boolean, withinMs: number): Promise<void> {
  for (const end = Date.now() + withinMs; !holds(); await wait(50))
    if (Date.now() > end) throw new Error(`it never came to this: ${what}`);
}
