import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { FollowedObject } from '../rail/rail.public';
import { FollowPayment } from './use-cases/follow-payment';
import { FollowRefund } from './use-cases/follow-refund';

const MINUTE_MS = 60_000;
const Nothing = z.object({});

/** Jobs of the feature. */
@Injectable()
export class BillingJobs {
  constructor(registry: JobRegistry, payments: FollowPayment, refunds: FollowRefund) {
    registry.add({
      queue: 'rail',
      name: 'request-payment',
      payload: z.object({ fundingId: z.uuid() }),
      run: ({ fundingId }) => payments.request(fundingId),
    });
    registry.add({
      queue: 'rail',
      name: 'follow-payment',
      payload: FollowedObject,
      run: ({ objectId, eventId }) => payments.follow(objectId, eventId),
    });
    registry.add({
      queue: 'rail',
      name: 'request-refund',
      payload: z.object({ refundId: z.uuid() }),
      run: ({ refundId }) => refunds.request(refundId),
    });
    const poll = { queue: 'rail', payload: Nothing, everyMs: MINUTE_MS } as const;
    registry.add({ ...poll, name: 'poll-payments', run: () => payments.poll() });
    registry.add({ ...poll, name: 'poll-refunds', run: () => refunds.poll() });
  }
}
