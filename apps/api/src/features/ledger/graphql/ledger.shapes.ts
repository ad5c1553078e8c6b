import { moneyOf } from '../../../platform/graphql/money.model';
import type { AccountRow, PostingRow } from '../book.repository';
import type { LedgerAccount, LedgerPosting } from './ledger.model';

/** An account as auditors see it. */
export function ledgerAccountOf({ postedMinor, heldMinor, currency, ...row }: AccountRow): LedgerAccount {
  return {
    ...row,
    posted: moneyOf(postedMinor, currency),
    held: moneyOf(heldMinor, currency),
    available: moneyOf(postedMinor - heldMinor, currency),
  };
}

/** A posting as auditors see it. */
export function ledgerPostingOf({ id, pendingId, amountMinor, currency, ...row }: PostingRow): LedgerPosting {
  return {
    ...row,
    id: id.toString(),
    pendingId: pendingId?.toString() ?? null,
    amount: moneyOf(amountMinor, currency),
  };
}
