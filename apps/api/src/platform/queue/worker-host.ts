import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Worker } from 'bullmq';
import { log } from '../log/log';
import { JobFailed } from './job-standing';
import { JobRegistry, type Told } from './jobs';
import { Questions } from './questions';
import { Queues } from './queues';

const CONCURRENCY: Record<string, number> = { matching: 4, scoring: 2, notification: 4 };

const BETWEEN_TOLD_MS = 1000;

/** Runs every registered job; only the worker process has it. */
@Injectable()
export class WorkerHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private workers: Worker[] = [];

  constructor(
    private readonly queues: Queues,
    private readonly jobs: JobRegistry,
    private readonly questions: Questions,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const names = new Set(this.jobs.all().map((job) => job.queue));
    for (const queue of names) {
      this.workers.push(
        await this.queues.work(queue, CONCURRENCY[queue] ?? 1, (job) => this.run(queue, job)),
      );
    }
    for (const { queue, concurrency, answer } of this.questions.all())
      this.workers.push(
        await this.queues.work(queue, concurrency, (job) => answer((job.data as { asked: string }).asked)),
      );
    for (const job of this.jobs.all()) {
      if (job.everyMs !== undefined) await this.queues.repeat(job.queue, job.name, job.everyMs);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  private async run(queue: string, job: Job): Promise<void> {
    const definition = this.jobs.find(queue, job.name);
    try {
      await definition.run(definition.payload.parse(job.data), toldOf(job));
    } catch (error) {
      log.error(
        {
          queue,
          job: job.name,
          id: job.id,
          attempt: job.attemptsMade + 1,
          code: (error as Error).name,
          detail: (error as Error).message?.slice(0, 300),
        },
        'a job failed',
      );
      throw new JobFailed(error);
    }
  }
}

/** Tells the queue how far a job is, once a second; a job does not end because that fails. */
function toldOf(job: Job): Told {
  let next = 0;
  return (done, of = null) => {
    if (Date.now() < next) return;
    next = Date.now() + BETWEEN_TOLD_MS;
    job.updateProgress({ done, of }).catch(() => undefined);
  };
}
