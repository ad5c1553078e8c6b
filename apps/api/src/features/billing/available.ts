import { accountCode, formatAmount, type Currency } from '@tallystick/domain';
import { Refused } from '../../platform/errors/refused';
import type { Db } from '../../platform/prisma/database';
import { availableMinor, balancesOf } from '../ledger/ledger.public';

/**
 * What a lab has and neither holds nor owes by open invoices must cover an amount that goes back: what was given by an
 * invoice is for work, and was never paid in. Refuses with MORE_THAN_AVAILABLE, naming what can go back.
 */
export async function mustBeAvailable(
  db: Db,
  labId: string,
  currency: Currency,
  wantedMinor: bigint,
): Promise<void> {
  // In this order an invoice that is issued meanwhile can only make it less.
  const freeMinor = await availableMinor(db, accountCode.labPrepaid(labId, currency));
  const invoiced = accountCode.labInvoiced(labId, currency);
  const owedMinor = (await balancesOf(db, [invoiced])).get(invoiced)?.postedMinor ?? 0n;
  const minor = freeMinor > owedMinor ? freeMinor - owedMinor : 0n;
  if (minor >= wantedMinor) return;
  const words = (amount: bigint) => formatAmount({ minor: amount, currency });
  const rest =
    owedMinor > 0n
      ? `${words(owedMinor)} is owed by open invoices, and the rest is held for weeks of work`
      : 'the rest is held for weeks of work';
  const message = `${words(minor)} is available; ${rest}. Take back less.`;
  throw new Refused('MORE_THAN_AVAILABLE', message, { field: 'amount' });
}
