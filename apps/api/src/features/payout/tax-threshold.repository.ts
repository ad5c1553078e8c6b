import type { TaxThreshold } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

/** The thresholds of a year; none where the year is not known. */
export async function taxThresholds(db: Db, year: number): Promise<TaxThreshold[]> {
  return db.taxThreshold.findMany({ where: { year }, orderBy: { form: 'asc' } });
}
