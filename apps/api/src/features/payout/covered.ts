import { accountCode, groupedBy, type Currency } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';
import { balancesOf } from '../ledger/ledger.public';
import { onItsWay } from './on-its-way';
import { openPayouts } from './payout-batch.repository';
import type { PayoutRecord } from './payout.repository';

type Asked = Pick<PayoutRecord, 'id' | 'expertId' | 'currency'>;

/**
 * Those of some payouts of whose experts more was asked for than the ledger has for them. It would refuse to book them, and by then the
 * money would be gone: the rail must not hear of them.
 */
export async function uncovered<T extends Asked>(db: Db, payouts: readonly T[]): Promise<T[]> {
  const found: T[] = [];
  for (const [currency, own] of groupedBy(payouts, (each) => each.currency)) {
    const experts = [...new Set(own.map(({ expertId }) => expertId))];
    const codeOf = (expertId: string) => accountCode.expertPayable(expertId, currency as Currency);
    const open = groupedBy(await openPayouts(db, experts, currency), ({ expertId }) => expertId);
    const balances = await balancesOf(db, experts.map(codeOf));
    const isCovered = (expertId: string) =>
      onItsWay(open.get(expertId) ?? []) <= (balances.get(codeOf(expertId))?.postedMinor ?? 0n);
    found.push(...own.filter(({ expertId }) => !isCovered(expertId)));
  }
  return found;
}
