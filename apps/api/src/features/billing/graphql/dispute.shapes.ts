import { moneyOf } from '../../../platform/graphql/money.model';
import type { DisputeListed, DisputeShown } from '../dispute.queries';
import { leftOf, type DisputeRecord } from '../dispute.repository';
import type { Dispute, DisputeDetail, LabDispute } from './dispute.model';

const DAY_MS = 86_400_000;

/** A dispute as its lab sees it. */
export function labDisputeOf(row: DisputeRecord): LabDispute {
  const { id, state, openedAt, closedAt, currency } = row;
  return {
    ...{ id, state, openedAt, closedAt },
    amount: moneyOf(row.amountMinor, currency),
    repaid: moneyOf(row.repaidMinor, currency),
    writtenOff: moneyOf(row.writtenOffMinor, currency),
    left: moneyOf(leftOf(row), currency),
  };
}

/** A dispute as finance sees it. */
export function disputeOf(row: DisputeListed, now: Date): Dispute {
  const { labId, labName, fundingId, railDisputeId, railStatus, reason, evidenceDueAt } = row;
  const ageMs = (row.closedAt ?? now).getTime() - row.openedAt.getTime();
  return {
    ...labDisputeOf(row),
    ...{ labId, labName, fundingId, railDisputeId, railStatus, reason, evidenceDueAt },
    ageDays: Math.max(0, Math.floor(ageMs / DAY_MS)),
  };
}

/** A dispute with all that is known of it. */
export function disputeDetailOf(row: DisputeShown, now: Date): DisputeDetail {
  const { currency, waiting } = row;
  return {
    ...disputeOf(row, now),
    railNotes: [...row.railNotes],
    moves: row.moves.map(({ amountMinor, ...move }) => ({ ...move, amount: moneyOf(amountMinor, currency) })),
    waitingWeeks: waiting.weeks,
    waiting: moneyOf(waiting.priceMinor, currency),
  };
}
