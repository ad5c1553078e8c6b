import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { FollowPayment } from './use-cases/follow-payment';

/** Jobs of the feature. */
@Injectable()
export class BillingJobs {
  constructor(registry: JobRegistry, payments: FollowPayment) {
    registry.add({
      queue: 'rail',
      name: 'request-payment',
      payload: z.object({ fundingId: z.uuid() }),
      run: ({ fundingId }) => payments.request(fundingId),
    });
    registry.add({
      queue: 'rail',
      name: 'follow-payment',
      payload: z.object({ objectId: z.string(), accountId: z.string().nullable() }),
      run: ({ objectId }) => payments.follow(objectId),
    });
    registry.add({
      queue: 'rail',
      name: 'poll-payments',
      payload: z.object({}),
      run: () => payments.poll(),
      everyMs: 60_000,
    });
  }
}
