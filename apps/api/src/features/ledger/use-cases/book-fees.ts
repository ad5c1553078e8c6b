import { isCurrency, RAIL_FEE, railFeeKey, railFeeMoved } from '@tallystick/domain';
import type { Tx } from '../../../platform/prisma/transaction';
import type { RailMovement } from '../../rail/rail.public';
import { postAll } from '../ledger.repository';
import { legsByKey } from '../reconciliation.repository';

/**
 * Books what the rail took by itself: nothing else tells of it. Each once, by the movement's own key. A fee of a payout
 * is told apart from others: what payouts cost is shared over their lines. One that names nothing is the platform's own
 * cost and no lab's: the rail takes many payouts' fees in one, and says not whose.
 */
export async function bookFees(tx: Tx, movements: readonly RailMovement[]): Promise<void> {
  const fees = movements.filter(
    ({ category, currency, netMinor }) => category === RAIL_FEE && netMinor !== 0n && isCurrency(currency),
  );
  const keys = fees.map(({ id }) => railFeeKey(id));
  const booked = new Set((await legsByKey(tx.db, keys)).map(({ key }) => key));
  await postAll(
    tx,
    fees
      .filter(({ id }) => !booked.has(railFeeKey(id)))
      .map(({ id, subjectId, currency, netMinor: amountMinor }) => ({
        key: railFeeKey(id),
        kind: subjectId?.startsWith('po_') ? 'payout-fee' : 'rail-fee',
        subjectType: 'rail-movement',
        subjectId: tx.newId(),
        lines: railFeeMoved({ currency, amountMinor }),
      })),
  );
}
