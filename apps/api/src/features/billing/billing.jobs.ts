import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { FollowedObject } from '../rail/rail.public';
import { FollowDispute } from './use-cases/follow-dispute';
import { FollowPayment } from './use-cases/follow-payment';
import { FollowRefund } from './use-cases/follow-refund';
import { RemindInvoices } from './use-cases/remind-invoices';
import { RecomputeFees } from './use-cases/recompute-fees';
import { SettleDebts } from './use-cases/settle-debts';
import { SignWeeks } from './use-cases/sign-weeks';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const Nothing = z.object({});

/** Jobs of the feature. */
@Injectable()
export class BillingJobs {
  constructor(
    registry: JobRegistry,
    payments: FollowPayment,
    refunds: FollowRefund,
    disputes: FollowDispute,
    reminders: RemindInvoices,
    fees: RecomputeFees,
    signing: SignWeeks,
    debts: SettleDebts,
  ) {
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
    registry.add({
      queue: 'audit',
      name: 'recompute-fees',
      payload: Nothing,
      everyMs: DAY_MS,
      run: () => fees.run(),
    });
    registry.add({
      queue: 'rail',
      name: 'follow-refund',
      payload: FollowedObject,
      run: ({ objectId, eventId }) => refunds.follow(objectId, eventId),
    });
    registry.add({
      queue: 'rail',
      name: 'follow-dispute',
      payload: FollowedObject,
      run: ({ objectId, eventId }) => disputes.run(objectId, eventId),
    });
    registry.add({
      queue: 'rail',
      name: 'follow-balance',
      payload: z.object({ eventId: z.string().optional() }),
      run: ({ eventId }) => payments.followPending(eventId),
    });
    const poll = { queue: 'rail', payload: Nothing, everyMs: MINUTE_MS } as const;
    registry.add({ ...poll, name: 'poll-payments', run: () => payments.poll() });
    registry.add({ ...poll, name: 'poll-refunds', run: () => refunds.poll() });
    registry.add({
      queue: 'engagement',
      name: 'settle-lost',
      payload: z.object({ labId: z.uuid() }),
      run: ({ labId }) => debts.run(labId),
    });
    registry.add({
      queue: 'engagement',
      name: 'sign-weeks',
      payload: Nothing,
      run: () => signing.run(),
      everyMs: MINUTE_MS,
    });
    registry.add({
      queue: 'engagement',
      name: 'remind-invoices',
      payload: Nothing,
      run: () => reminders.run(),
      everyMs: 60 * MINUTE_MS,
    });
  }
}
