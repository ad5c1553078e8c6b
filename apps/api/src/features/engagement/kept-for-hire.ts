import type { Db } from '../../platform/prisma/database';
import { keptOfPair } from '../billing/billing.public';
import { paidToHire, type ConversionRecord } from './conversion.repository';

/**
 * When a lab first paid an expert, and what comes off the price of hiring them directly, minor units: the fees kept so far, and
 * what was paid to hire them by another engagement of the two, where an instant is given before that.
 */
export async function keptForHire(
  db: Db,
  pair: Pick<ConversionRecord, 'labId' | 'expertId' | 'currency'>,
  before: Date | null,
): Promise<{ firstPaidAt?: Date; keptMinor: bigint }> {
  const { keptMinor, ...first } = await keptOfPair(db, pair);
  return { ...first, keptMinor: keptMinor + (await paidToHire(db, pair, before)) };
}
