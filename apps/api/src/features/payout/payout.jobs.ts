import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { FollowedObject } from '../rail/rail.public';
import { AskGatesAgain } from './use-cases/ask-gates-again';
import { FollowPayout } from './use-cases/follow-payout';
import { LookAtBanks } from './use-cases/look-at-banks';
import { RunPayouts } from './use-cases/run-payouts';
import { SendToBanks } from './use-cases/send-to-banks';
import { SetUpAccount } from './use-cases/set-up-account';
import { TransferPayouts } from './use-cases/transfer-payouts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const Nothing = z.object({});

/** Jobs of the feature. */
@Injectable()
export class PayoutJobs {
  constructor(
    registry: JobRegistry,
    runs: RunPayouts,
    accounts: SetUpAccount,
    transfers: TransferPayouts,
    payouts: FollowPayout,
    gates: AskGatesAgain,
    banks: SendToBanks,
    set: LookAtBanks,
  ) {
    registry.add({
      queue: 'rail',
      name: 'transfer-payouts',
      payload: z.object({ payoutIds: z.array(z.uuid()).min(1) }),
      run: ({ payoutIds }) => transfers.run(payoutIds),
    });
    registry.add({
      queue: 'rail',
      name: 'follow-recipient',
      payload: FollowedObject,
      run: ({ objectId, eventId }) => accounts.follow(objectId, eventId),
    });
    registry.add({
      queue: 'rail',
      name: 'follow-bank-account',
      payload: FollowedObject,
      run: async ({ accountId, eventId }) => {
        if (accountId !== null) await set.follow(accountId, { eventId, isSet: true });
      },
    });
    registry.add({
      queue: 'rail',
      name: 'note-bank-account',
      payload: FollowedObject,
      run: async ({ accountId, eventId }) => {
        if (accountId !== null) await set.follow(accountId, { eventId, isSet: false });
      },
    });
    registry.add({
      queue: 'rail',
      name: 'follow-payout',
      payload: FollowedObject,
      run: ({ objectId, accountId, eventId }) => payouts.run(objectId, accountId, eventId),
    });
    registry.add({
      queue: 'rail',
      name: 'send-to-banks',
      payload: z.object({ payoutIds: z.array(z.uuid()).min(1) }),
      run: ({ payoutIds }) => banks.run(payoutIds),
    });
    registry.add({
      queue: 'payout',
      name: 'ask-gates-again',
      payload: z.object({ expertId: z.uuid() }),
      run: ({ expertId }) => gates.run(expertId),
    });
    const often = { queue: 'payout', payload: Nothing, everyMs: MINUTE_MS } as const;
    // Looked at often, made once a day: a run that was broken off goes on within minutes.
    registry.add({ ...often, name: 'daily-payouts', run: (_payload, told) => runs.daily(told) });
    registry.add({
      queue: 'payout',
      name: 'run-payouts',
      payload: z.object({ runId: z.uuid().optional() }),
      run: ({ runId }, told) =>
        runId === undefined ? runs.all(undefined, told) : runs.resume(runId, Infinity, told),
    });
    registry.add({ ...often, name: 'retry-unknown', run: () => transfers.retryUnknown() });
    registry.add({ ...often, name: 'poll-payouts', run: () => payouts.poll() });
    registry.add({ ...often, everyMs: DAY_MS, name: 'poll-returned-payouts', run: () => payouts.lookBack() });
    registry.add({ ...often, name: 'send-what-lies-at-rail', run: () => banks.sweep() });
    registry.add({ ...often, name: 'poll-recipients', run: () => accounts.poll() });
  }
}
