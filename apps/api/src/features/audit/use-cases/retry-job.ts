import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { Queues } from '../../../platform/queue/queues';
import { FailedJobs } from '../failed-jobs';

const Input = z.object({ queue: z.string().max(40), id: z.string().max(200) });

/** An admin lets a failed job run again. Jobs are safe to run twice. It is journalled first. */
@Injectable()
export class RetryJob {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly failed: FailedJobs,
    private readonly queues: Queues,
  ) {}

  /** Refuses with NOT_FOUND where the job is not among the failed any more. */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { queue, id } = parseInput(Input, input);
    const job = await this.failed.find(queue, id);
    await this.unitOfWork.run(person, { name: 'retry-job' }, async (tx) => {
      tx.record({
        subjectType: 'job',
        subjectId: tx.newId(),
        from: job.setAside ? 'SET_ASIDE' : 'FAILED',
        to: 'WAITING',
        facts: { queue, job: job.name, jobId: id },
      });
    });
    if ((await this.queues.retry(queue, id)) === undefined) throw notFound('job');
  }
}
