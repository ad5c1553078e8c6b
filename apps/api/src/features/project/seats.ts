import { Refused } from '../../platform/errors/refused';
import type { Tx } from '../../platform/prisma/transaction';
import { lockOpening, moveOpening } from './project.repository';

/** Takes a seat of an opening for somebody who signs. The row is locked, so that two who sign at once take two seats. */
export async function takeSeat(tx: Tx, openingId: string): Promise<void> {
  const opening = await lockOpening(tx.db, openingId);
  if (!opening || opening.seatsFilled >= opening.seats)
    throw new Refused('NO_SEAT_LEFT', 'All seats of this opening are taken.');
  const seatsFilled = opening.seatsFilled + 1;
  const isFull = seatsFilled === opening.seats && opening.state === 'OPEN';
  await moveOpening(tx.db, opening, { seatsFilled, ...(isFull && { state: 'FILLED' }) });
  tx.record({
    subjectType: 'opening',
    subjectId: openingId,
    from: opening.state,
    to: isFull ? 'FILLED' : opening.state,
    facts: { seatsFilled },
    labId: opening.labId,
  });
}
