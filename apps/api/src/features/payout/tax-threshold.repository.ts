import type { TaxThreshold } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

/** The thresholds of a year and of those before it. */
export async function taxThresholds(db: Db, year: number): Promise<TaxThreshold[]> {
  return db.taxThreshold.findMany({
    where: { year: { lte: year } },
    orderBy: [{ year: 'asc' }, { form: 'asc' }],
  });
}
