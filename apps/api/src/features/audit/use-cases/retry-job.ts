import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { JobRegistry } from '../../../platform/queue/jobs';
import { Queues } from '../../../platform/queue/queues';

const Input = z.object({ queue: z.string().max(40), id: z.string().max(200) });

/** An admin lets a failed job run again. Jobs are safe to run twice. It is journalled first. */
@Injectable()
export class RetryJob {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: JobRegistry,
    private readonly queues: Queues,
  ) {}

  /** Refuses with NOT_FOUND where the job is not among the failed any more. */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { queue, id } = parseInput(Input, input);
    if (!this.jobs.all().some((job) => job.queue === queue)) throw notFound('queue');
    const failed = await this.queues.failed(queue, 1000);
    const job = failed.find((each) => each.id === id);
    if (!job) throw notFound('job');
    await this.unitOfWork.run(person, { name: 'retry-job' }, async (tx) => {
      tx.record({
        subjectType: 'job',
        subjectId: tx.newId(),
        from: 'FAILED',
        to: 'WAITING',
        facts: { queue, job: job.name, jobId: id },
      });
    });
    if ((await this.queues.retry(queue, id)) === undefined) throw notFound('job');
  }
}
