import { momentWords, type DatedBlock, type Passage } from '@tallystick/domain';
import type { Tx } from '../../platform/prisma/transaction';
import { notifyExperts } from '../notification/notification.public';

/** An expert's gates before and after. */
export interface GatesOfExpert {
  readonly expertId: string;
  readonly before: readonly DatedBlock[];
  readonly passage: Passage;
}

/** Where an expert opens a gate. */
const WAYS: Readonly<Record<string, string>> = {
  PAYOUT_ACCOUNT: '/expert/bank-details',
  TAX_FORM: '/expert/tax-form',
};

/** Tells experts once that money waits for them, and with which run it goes. What time or the platform opens, the page shows. */
export async function tellWhoWaits(tx: Tx, found: readonly GatesOfExpert[], nextRunAt: Date): Promise<void> {
  const byReason = new Map<string, { gate: string; isWaitNext: boolean; expertIds: string[] }>();
  for (const { expertId, before, passage } of found) {
    const block =
      passage.openMinor > 0n ? undefined : passage.blocks.find(({ decidedBy }) => decidedBy === 'EXPERT');
    if (!block || before.some(({ gate }) => gate === block.gate)) continue;
    const told = byReason.get(block.reason) ?? {
      gate: block.gate,
      // After other bank details come the hours of their cool-down.
      isWaitNext: block.gate === 'PAYOUT_ACCOUNT' && block.since !== undefined,
      expertIds: [],
    };
    told.expertIds.push(expertId);
    byReason.set(block.reason, told);
  }
  for (const [reason, { gate, isWaitNext, expertIds }] of byReason) {
    const run = isWaitNext
      ? ''
      : `: it goes with the payout run after that. There is one a day, the next on ${momentWords(nextRunAt)}`;
    await notifyExperts(tx, expertIds, {
      kind: 'PAYOUT_WAITS',
      title: 'Your earnings wait for you',
      body: `${reason} Nothing is lost${run}.`,
      link: WAYS[gate] ?? '/expert/earnings',
    });
  }
}
