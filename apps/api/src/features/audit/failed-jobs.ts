import { Injectable } from '@nestjs/common';
import { notFound } from '../../platform/errors/refused';
import type { FailedJob } from '../../platform/queue/job-standing';
import { JobRegistry } from '../../platform/queue/jobs';
import { Queues } from '../../platform/queue/queues';

/** Among so many of a queue a job is looked for. */
const LOOKED_AT = 1000;

/** Jobs that failed for good, for what admins do with them. */
@Injectable()
export class FailedJobs {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly queues: Queues,
  ) {}

  /** A job of a known queue. Refuses with NOT_FOUND where there is none, or it is not among the failed any more. */
  async find(queue: string, id: string): Promise<FailedJob> {
    if (!this.jobs.all().some((job) => job.queue === queue)) throw notFound('queue');
    const failed = await this.queues.failed(queue, LOOKED_AT);
    const job = failed.find((each) => each.id === id);
    if (!job) throw notFound('job');
    return job;
  }
}
