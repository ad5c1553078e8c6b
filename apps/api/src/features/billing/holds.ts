import { holdReleased, weekHeld } from '@tallystick/domain';
import type { Tx } from '../../platform/prisma/transaction';
import { post, tryPost } from '../ledger/ledger.public';
import { listStopping } from './dispute.repository';
import { settleLostSoon } from './settle-lost';

/** A week whose money is reserved. */
export interface WeekHold {
  readonly weekId: string;
  readonly labId: string;
  readonly currency: string;
}

/**
 * Reserves the price of a week from the lab's balance. Undefined where the balance does not cover it, and while a
 * payment of the lab is disputed or a lost dispute is not paid.
 */
export async function holdWeek(
  tx: Tx,
  hold: WeekHold,
  priceMinor: bigint,
  attempt: number,
): Promise<bigint | undefined> {
  const { weekId, labId, currency } = hold;
  if ((await listStopping(tx.db, labId)).length > 0) return undefined;
  const posted = await tryPost(tx, {
    key: `hold:${weekId}:${attempt}`,
    kind: 'week-held',
    subjectType: 'engagement-week',
    subjectId: weekId,
    lines: weekHeld({ labId, currency, amountMinor: priceMinor }),
  });
  return posted?.postings[0];
}

/** Gives back what is left of a hold; what the lab owes is taken from it first. */
export async function releaseHold(tx: Tx, hold: WeekHold, postingId: bigint): Promise<void> {
  await post(tx, {
    key: `release:${hold.weekId}:${postingId}`,
    kind: 'hold-released',
    subjectType: 'engagement-week',
    subjectId: hold.weekId,
    lines: holdReleased({ holdPostingId: postingId }),
  });
  await settleLostSoon(tx, hold.labId);
}
