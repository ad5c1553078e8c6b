import { leftInBooks } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';
import { balancesOfOwner, type Balance } from '../ledger/ledger.public';
import { sumPayouts } from './payout.repository';

/** What the books owe in a currency, of an expert's balances, minor units. */
export function payableOf(balances: readonly Balance[], currency: string): bigint {
  const isPayable = (each: Balance) => each.kind === 'expert_payable' && each.currency === currency;
  return balances.find(isPayable)?.postedMinor ?? 0n;
}

/** What the books owe an expert and the rail was not asked for, minor units. */
export async function leftOf(
  db: Db,
  { expertId, currency }: { expertId: string; currency: string },
): Promise<bigint> {
  const sums = (await sumPayouts(db, expertId)).filter((each) => each.currency === currency);
  return leftInBooks(payableOf(await balancesOfOwner(db, expertId), currency), sums);
}
