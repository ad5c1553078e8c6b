import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { FollowedObject } from '../rail/rail.public';
import { FollowPayout } from './use-cases/follow-payout';
import { RunPayouts } from './use-cases/run-payouts';
import { SetUpAccount } from './use-cases/set-up-account';
import { TransferPayout } from './use-cases/transfer-payout';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const Nothing = z.object({});

/** Jobs of the feature. */
@Injectable()
export class PayoutJobs {
  constructor(
    registry: JobRegistry,
    runs: RunPayouts,
    accounts: SetUpAccount,
    transfers: TransferPayout,
    payouts: FollowPayout,
  ) {
    registry.add({
      queue: 'rail',
      name: 'transfer-payout',
      payload: z.object({ payoutId: z.uuid() }),
      run: ({ payoutId }) => transfers.run(payoutId),
    });
    registry.add({
      queue: 'rail',
      name: 'follow-recipient',
      payload: FollowedObject,
      run: ({ objectId, eventId }) => accounts.follow(objectId, eventId),
    });
    registry.add({
      queue: 'rail',
      name: 'follow-payout',
      payload: FollowedObject,
      run: ({ objectId, accountId, eventId }) => payouts.run(objectId, accountId, eventId),
    });
    const often = { queue: 'payout', payload: Nothing, everyMs: MINUTE_MS } as const;
    registry.add({ ...often, name: 'run-payouts', run: () => runs.all(), everyMs: DAY_MS });
    registry.add({ ...often, name: 'retry-unknown', run: () => transfers.retryUnknown() });
    registry.add({ ...often, name: 'poll-payouts', run: () => payouts.poll() });
    registry.add({ ...often, name: 'poll-recipients', run: () => accounts.poll() });
  }
}
