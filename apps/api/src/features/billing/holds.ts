import type { Tx } from '../../platform/prisma/transaction';
import { accountCode, post, tryPost, type LedgerLine } from '../ledger/ledger.public';

/** A week whose money is reserved. */
export interface WeekHold {
  readonly weekId: string;
  readonly labId: string;
  readonly currency: string;
}

/** Reserves the price of a week from the lab's balance. Undefined where the balance does not cover it. */
export async function holdWeek(
  tx: Tx,
  hold: WeekHold,
  priceMinor: bigint,
  attempt: number,
): Promise<bigint | undefined> {
  const posted = await tryPost(tx, {
    key: `hold:${hold.weekId}:${attempt}`,
    kind: 'week-held',
    subjectType: 'engagement-week',
    subjectId: hold.weekId,
    lines: [pendingLine(hold, priceMinor)],
  });
  return posted?.postings[0];
}

/** Gives back what is left of a hold. */
export async function releaseHold(tx: Tx, hold: WeekHold, postingId: bigint): Promise<void> {
  await post(tx, {
    key: `release:${hold.weekId}:${postingId}`,
    kind: 'hold-released',
    subjectType: 'engagement-week',
    subjectId: hold.weekId,
    lines: [{ phase: 'V', pendingId: postingId }],
  });
}

/** The line that reserves an amount of a lab's balance. */
export function pendingLine({ labId, currency }: WeekHold, amountMinor: bigint): LedgerLine {
  return {
    phase: 'P',
    debit: accountCode.labPrepaid(labId, currency),
    credit: accountCode.workReserve(labId, currency),
    currency,
    amountMinor,
  };
}
