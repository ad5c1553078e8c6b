import { scheduleWords, type ConversionSchedule } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';
import type { Read } from '../../platform/prisma/transaction';

/** A conversion as it was recorded. */
export interface ConversionRecord {
  readonly id: string;
  readonly engagementId: string;
  readonly labId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly scheduleId: string;
  readonly firstPaidAt: Date | null;
  readonly months: number;
  readonly sharePpm: number;
  readonly baseMinor: bigint;
  readonly creditMinor: bigint;
  readonly dueMinor: bigint;
  readonly ledgerTransactionId: string | null;
  readonly recordedById: string;
  readonly recordedAt: Date;
}

/** The schedule that was in force at an instant. Every instant since the beginning has one. */
export async function scheduleAt(db: Db, at: Date): Promise<ConversionSchedule> {
  const row = await db.conversionSchedule.findFirst({
    where: { effectiveFrom: { lte: at }, OR: [{ effectiveTo: null }, { effectiveTo: { gt: at } }] },
  });
  if (!row) throw new Error('no conversion schedule is in force');
  return row as unknown as ConversionSchedule;
}

/** The schedule in force now, in sentences. */
export async function conversionWords({ db, now }: Pick<Read, 'db' | 'now'>): Promise<string> {
  return scheduleWords(await scheduleAt(db, now));
}

/** The conversion of an engagement, where it was converted. */
export async function findConversion(db: Db, engagementId: string): Promise<ConversionRecord | null> {
  return db.conversion.findUnique({ where: { engagementId } });
}

/** Stores a conversion; it is never changed. */
export async function insertConversion(db: Db, row: ConversionRecord): Promise<void> {
  await db.conversion.create({ data: row });
}
