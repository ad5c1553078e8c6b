import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { SET_ASIDE_REASONS } from '../../../platform/queue/job-standing';
import { Queues } from '../../../platform/queue/queues';
import { FailedJobs } from '../failed-jobs';

const Input = z.object({
  queue: z.string().max(40),
  id: z.string().max(200),
  why: z.enum(SET_ASIDE_REASONS),
});

/** An admin sets aside a job that failed for good. It stays in its queue and can still be tried again. It is journalled first. */
@Injectable()
export class SetJobAside {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly failed: FailedJobs,
    private readonly queues: Queues,
  ) {}

  /** Refuses with NOT_FOUND where the job is not among the failed any more. Twice for one reason changes nothing. */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { queue, id, why } = parseInput(Input, input);
    const job = await this.failed.find(queue, id);
    if (job.setAside === why) return;
    await this.unitOfWork.run(person, { name: 'set-job-aside' }, async (tx) => {
      tx.record({
        subjectType: 'job',
        subjectId: tx.newId(),
        from: 'FAILED',
        to: 'SET_ASIDE',
        facts: { queue, job: job.name, jobId: id, why },
      });
    });
    if ((await this.queues.setAside(queue, id, why)) === undefined) throw notFound('job');
  }
}
