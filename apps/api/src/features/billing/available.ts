import { accountCode, formatAmount, type Currency } from '@tallystick/domain';
import { Refused } from '../../platform/errors/refused';
import type { Db } from '../../platform/prisma/database';
import { availableMinor } from '../ledger/ledger.public';

/** What a lab has and does not hold must cover an amount. Refuses with MORE_THAN_AVAILABLE, naming what is available. */
export async function mustBeAvailable(
  db: Db,
  labId: string,
  currency: Currency,
  wantedMinor: bigint,
): Promise<void> {
  const minor = await availableMinor(db, accountCode.labPrepaid(labId, currency));
  if (minor >= wantedMinor) return;
  const message = `${formatAmount({ minor, currency })} is available; the rest is held for weeks of work. Take back less.`;
  throw new Refused('MORE_THAN_AVAILABLE', message, { field: 'amount' });
}
