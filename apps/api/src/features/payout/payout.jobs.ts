import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { RunPayouts } from './use-cases/run-payouts';
import { SetUpAccount } from './use-cases/set-up-account';
import { TransferPayout } from './use-cases/transfer-payout';

const DAY_MS = 86_400_000;

/** Jobs of the feature. */
@Injectable()
export class PayoutJobs {
  constructor(registry: JobRegistry, runs: RunPayouts, accounts: SetUpAccount, transfers: TransferPayout) {
    const object = z.object({ objectId: z.string(), accountId: z.string().nullable() });
    registry.add({
      queue: 'rail',
      name: 'transfer-payout',
      payload: z.object({ payoutId: z.uuid() }),
      run: ({ payoutId }) => transfers.run(payoutId),
    });
    registry.add({
      queue: 'rail',
      name: 'follow-recipient',
      payload: object,
      run: ({ objectId }) => accounts.follow(objectId),
    });
    registry.add({
      queue: 'rail',
      name: 'follow-payout',
      payload: object,
      run: ({ objectId, accountId }) => transfers.follow(objectId, accountId ?? ''),
    });
    registry.add({
      queue: 'payout',
      name: 'run-payouts',
      payload: z.object({}),
      run: () => runs.all(),
      everyMs: DAY_MS,
    });
    registry.add({
      queue: 'payout',
      name: 'retry-unknown',
      payload: z.object({}),
      run: () => transfers.retryUnknown(),
      everyMs: 60_000,
    });
  }
}
