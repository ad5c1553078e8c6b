import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Job, Queue, QueueEvents, Worker } from 'bullmq';
import { setTimeout as wait } from 'node:timers/promises';
import { Config } from '../config/config';
import { log } from '../log/log';
import type { OutboxRow } from '../outbox/outbox.repository';
import { Connections } from './connections';
import {
  failedJob,
  retriedJob,
  runningJob,
  type FailedJob,
  type RetriedJob,
  type RunningJob,
  type SetAsideReason,
} from './job-standing';

/** A job that fails is tried this often, with growing pauses, and then parked where admins see it. */
const ATTEMPTS = 5;

/** How a queue stands. */
export interface QueueStanding {
  readonly name: string;
  readonly waiting: number;
  readonly running: number;
  readonly delayed: number;
  readonly failed: number;
  readonly oldestWaitingSince: Date | null;
}

const LOST_AFTER_MS = 30_000;
/** How long is waited before a queue that cannot be reached is tried again. */
const PAUSE_MS = 1000;

/** An answer is kept so long, seconds, and so many of them: whoever asked has read it by then. */
const KEPT = { age: 60, count: 200 };

/** The one adapter to BullMQ: on PostgreSQL, on Redis or on a Redis Cluster. */
@Injectable()
export class Queues implements OnApplicationShutdown {
  private readonly queues = new Map<string, Promise<Queue>>();
  private readonly connections: Connections;
  private isStopping = false;

  constructor(config: Config) {
    this.connections = new Connections(config);
  }

  /** Adds jobs under ids made of their outbox rows. */
  async addBulk(queue: string, rows: readonly OutboxRow[], attempts = ATTEMPTS): Promise<void> {
    const now = Date.now();
    await (
      await this.queue(queue)
    ).addBulk(
      rows.map((row) => ({
        name: row.name,
        data: row.payload,
        opts: {
          jobId: `outbox-${row.id}`,
          delay: Math.max(0, row.availableAt.getTime() - now),
          attempts,
          backoff: { type: 'exponential', delay: 500 },
          removeOnComplete: { count: 1000 },
          removeOnFail: { count: 5000 },
        },
      })),
    );
  }

  /** Puts a question on a queue. */
  async put(queue: string, id: string, asked: string): Promise<Job> {
    const opts = { jobId: id, attempts: 1, removeOnComplete: KEPT, removeOnFail: KEPT };
    return (await this.queue(queue)).add('question', { asked }, opts);
  }

  /** A question as it stands; undefined where it is not there any more. */
  async asked(queue: string, id: string): Promise<Job | undefined> {
    return (await this.queue(queue)).getJob(id);
  }

  /** What is told of the jobs of a queue; closed by whoever asked for it. */
  events(queue: string): QueueEvents {
    const events = this.connections.events(queue);
    events.on('error', unreachable(queue));
    return events;
  }

  /** Lets a job come back at an interval, once for all workers. */
  async repeat(queue: string, name: string, everyMs: number): Promise<void> {
    await (
      await this.queue(queue)
    ).upsertJobScheduler(
      name,
      { every: everyMs },
      { name, data: {}, opts: { removeOnComplete: { count: 10 }, removeOnFail: { count: 100 } } },
    );
  }

  /**
   * Starts working on a queue, once it can be reached.
   * @param lostAfterMs a job whose worker was not heard of for this long is given to another
   */
  async work(
    queue: string,
    concurrency: number,
    run: (job: Job) => Promise<unknown>,
    lostAfterMs = LOST_AFTER_MS,
  ): Promise<Worker> {
    const open = () => this.connections.worker(queue, run, { concurrency, lostAfterMs });
    for (;;) {
      const worker = open();
      worker.on('error', unreachable(queue));
      if (await isReady(worker)) {
        worker.on('error', () => rest(worker));
        void worker.run();
        return worker;
      }
      if (this.isStopping) return worker;
      await wait(PAUSE_MS);
    }
  }

  /** How many jobs wait, run, are delayed or have failed. */
  async counts(queue: string): Promise<Record<string, number>> {
    return (await this.queue(queue)).getJobCounts('wait', 'active', 'delayed', 'failed');
  }

  /** How a queue stands: its counts, and since when its oldest job waits. */
  async standing(queue: string): Promise<QueueStanding> {
    const counts = await this.counts(queue);
    const [oldest] = await (await this.queue(queue)).getJobs(['wait'], 0, 0, true);
    return {
      name: queue,
      waiting: counts.wait ?? 0,
      running: counts.active ?? 0,
      delayed: counts.delayed ?? 0,
      failed: counts.failed ?? 0,
      oldestWaitingSince: oldest ? new Date(oldest.timestamp + (oldest.delay ?? 0)) : null,
    };
  }

  /** The jobs of a queue that failed for good, the latest first; at most `limit`. */
  async failed(queue: string, limit: number): Promise<FailedJob[]> {
    return (await this.jobs(queue, 'failed', limit)).map(({ id, job }) => failedJob(queue, id, job));
  }

  /** The jobs of a queue that run; at most `limit`. */
  async running(queue: string, limit: number): Promise<RunningJob[]> {
    return (await this.jobs(queue, 'active', limit)).map(({ id, job }) => runningJob(queue, id, job));
  }

  /** The jobs of a queue that failed and are tried again, of the latest `among` that are for later. */
  async retried(queue: string, among: number): Promise<RetriedJob[]> {
    const later = await this.jobs(queue, 'delayed', among);
    return later.filter(({ job }) => job.attemptsMade > 0).map(({ id, job }) => retriedJob(queue, id, job));
  }

  /** Lets a failed job run again. Returns its name, or undefined where it is not among the failed any more. */
  async retry(queue: string, id: string): Promise<string | undefined> {
    const job = await this.failedOne(queue, id);
    if (!job) return undefined;
    await job.updateProgress(0);
    await job.retry('failed');
    return job.name;
  }

  /** Notes at a failed job that it is set aside. Returns its name, or undefined where it is not among the failed any more. */
  async setAside(queue: string, id: string, why: SetAsideReason): Promise<string | undefined> {
    const job = await this.failedOne(queue, id);
    await job?.updateProgress({ setAside: why });
    return job?.name;
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    for (const queue of this.queues.values()) await (await queue.catch(() => undefined))?.close();
    this.connections.close();
  }

  private async failedOne(queue: string, id: string): Promise<Job | undefined> {
    const job = await (await this.queue(queue)).getJob(id);
    return job && (await job.isFailed()) ? job : undefined;
  }

  private async jobs(queue: string, state: 'failed' | 'active' | 'delayed', limit: number) {
    const jobs = await (await this.queue(queue)).getJobs([state], 0, limit - 1, false);
    return jobs.flatMap((job) => (job?.id === undefined ? [] : [{ id: job.id, job }]));
  }

  /** A queue that could not be reached is opened anew the next time: its connection would remember the failure for ever. */
  private queue(name: string): Promise<Queue> {
    const known = this.queues.get(name);
    if (known) return known;
    const fresh = this.open(name);
    this.queues.set(name, fresh);
    fresh.catch(() => this.queues.delete(name));
    return fresh;
  }

  private async open(name: string): Promise<Queue> {
    const queue = this.connections.queue(name);
    queue.on('error', unreachable(name));
    // Redis is waited for by each request; PostgreSQL is looked for here.
    if (this.connections.isRedis) return queue;
    try {
      await queue.waitUntilReady();
    } catch (error) {
      await queue.close().catch(() => undefined);
      throw error;
    }
    return queue;
  }
}

function unreachable(queue: string): (error: Error) => void {
  return (error) =>
    log.warn(
      { queue, code: error.name, detail: error.message },
      'the queue is not reachable; it is tried again',
    );
}

/** Whether a worker reached its queue; one that did not is closed, for it would never reach it. */
async function isReady(worker: Worker): Promise<boolean> {
  try {
    await worker.waitUntilReady();
    return true;
  } catch (error) {
    unreachable(worker.name)(error as Error);
    await worker.close(true).catch(() => undefined);
    return false;
  }
}

/** Lets a worker rest after an error: it would ask again at once, and again, as fast as the processor allows. */
function rest(worker: Worker): void {
  if (worker.isPaused() || worker.closing) return;
  void worker.pause(true);
  setTimeout(() => !worker.closing && worker.resume(), PAUSE_MS).unref();
}
