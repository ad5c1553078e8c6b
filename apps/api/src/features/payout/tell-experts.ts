import type { DatedBlock, Passage } from '@tallystick/domain';
import type { Tx } from '../../platform/prisma/transaction';
import { notifyExperts } from '../notification/notification.public';

/** An expert's gates before and after. */
export interface GatesOfExpert {
  readonly expertId: string;
  readonly before: readonly DatedBlock[];
  readonly passage: Passage;
}

/** Tells experts once that money waits for them. What time or the platform opens, the page shows. */
export async function tellWhoWaits(tx: Tx, found: readonly GatesOfExpert[]): Promise<void> {
  const byReason = new Map<string, string[]>();
  for (const { expertId, before, passage } of found) {
    const block =
      passage.openMinor > 0n ? undefined : passage.blocks.find(({ decidedBy }) => decidedBy === 'EXPERT');
    if (!block || before.some(({ gate }) => gate === block.gate)) continue;
    byReason.set(block.reason, [...(byReason.get(block.reason) ?? []), expertId]);
  }
  for (const [reason, expertIds] of byReason) {
    await notifyExperts(tx, expertIds, {
      kind: 'PAYOUT_WAITS',
      title: 'Your earnings wait for you',
      body: `${reason} Nothing is lost: it is paid with the next run.`,
      link: '/expert/earnings',
    });
  }
}
