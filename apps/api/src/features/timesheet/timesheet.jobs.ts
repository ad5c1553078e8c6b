import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { ReviewWeek } from './use-cases/review-week';

/** Jobs of the feature. */
@Injectable()
export class TimesheetJobs {
  constructor(registry: JobRegistry, review: ReviewWeek) {
    registry.add({
      queue: 'engagement',
      name: 'silence-approves',
      payload: z.object({}),
      run: () => review.approveOverdue(),
      everyMs: 30_000,
    });
  }
}
