import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { CreditConversions } from './use-cases/credit-conversions';
import { RunWeeks } from './use-cases/run-weeks';

/** Jobs of the feature. */
@Injectable()
export class EngagementJobs {
  constructor(registry: JobRegistry, weeks: RunWeeks, credits: CreditConversions) {
    registry.add({
      queue: 'engagement',
      name: 'run-weeks',
      payload: z.object({}),
      run: () => weeks.run(),
      everyMs: 60_000,
    });
    registry.add({
      queue: 'engagement',
      name: 'credit-conversions',
      payload: z.object({}),
      run: () => credits.run(),
      everyMs: 60 * 60_000,
    });
    registry.add({
      queue: 'engagement',
      name: 'ask-gates',
      payload: z.object({ expertId: z.uuid() }),
      run: ({ expertId }) => weeks.askOf(expertId),
    });
    registry.add({
      queue: 'engagement',
      name: 'retry-holds',
      payload: z.object({ labId: z.uuid() }),
      run: ({ labId }) => weeks.retryHolds(labId),
    });
  }
}
