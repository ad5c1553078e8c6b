import { dayWords, scheduleWords, type ConversionSchedule } from '@tallystick/domain';
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

/** The schedule in force now, in sentences, and the next one where it is published already. */
export async function conversionWords({ db, now }: Pick<Read, 'db' | 'now'>): Promise<string> {
  const words = scheduleWords(await scheduleAt(db, now));
  const next = await scheduleFrom(db, new Date(now.getTime() + 1));
  return next
    ? `${words} For agreements signed from ${dayWords(next.effectiveFrom)} on: ${scheduleWords(next)}`
    : words;
}

/** A schedule with its dates, why, and who published it. */
export interface ScheduleRecord extends ConversionSchedule {
  readonly effectiveFrom: Date;
  readonly effectiveTo: Date | null;
  readonly reason: string;
  readonly createdById: string | null;
  readonly createdAt: Date;
}

/** The first schedule that begins at an instant or later. */
export async function scheduleFrom(db: Db, from: Date): Promise<ScheduleRecord | null> {
  return (await db.conversionSchedule.findFirst({
    where: { effectiveFrom: { gte: from } },
    orderBy: { effectiveFrom: 'asc' },
  })) as unknown as ScheduleRecord | null;
}

/** Every schedule, the latest to begin first; at most 100. */
export async function listSchedules(db: Db): Promise<ScheduleRecord[]> {
  const rows = await db.conversionSchedule.findMany({ orderBy: { effectiveFrom: 'desc' }, take: 100 });
  return rows as unknown as ScheduleRecord[];
}

/** Stores a schedule; of what is published only the end is set. */
export async function insertSchedule(db: Db, { steps, ...row }: ScheduleRecord): Promise<void> {
  await db.conversionSchedule.create({ data: { ...row, steps: steps.map((step) => ({ ...step })) } });
}

/** Ends the schedule that has no end yet. Returns false where somebody was faster. */
export async function endSchedule(db: Db, id: string, at: Date): Promise<boolean> {
  const { count } = await db.conversionSchedule.updateMany({
    where: { id, effectiveTo: null },
    data: { effectiveTo: at },
  });
  return count === 1;
}

/** The conversion of an engagement, where it was converted. */
export async function findConversion(db: Db, engagementId: string): Promise<ConversionRecord | null> {
  return db.conversion.findUnique({ where: { engagementId } });
}

/**
 * What a lab paid to hire an expert directly by whichever engagement, where an instant is given before that, less what came off it since: minor units in one
 * currency. Who was hired by one engagement is not paid for again by another.
 */
export async function paidToHire(
  db: Db,
  { labId, expertId, currency }: Pick<ConversionRecord, 'labId' | 'expertId' | 'currency'>,
  before: Date | null,
): Promise<bigint> {
  const [row] = await db.$queryRaw<{ minor: bigint }[]>`
    SELECT coalesce(sum(c.due_minor - coalesce(k.amount_minor, 0)), 0)::bigint AS minor
    FROM conversion c LEFT JOIN conversion_credit k ON k.conversion_id = c.id
    WHERE c.lab_id = ${labId}::uuid AND c.expert_id = ${expertId}::uuid AND c.currency = ${currency} 
      AND (${before}::timestamptz IS NULL OR c.recorded_at < ${before})`;
  return row?.minor ?? 0n;
}

/** Stores a conversion; it is never changed. */
export async function insertConversion(db: Db, row: ConversionRecord): Promise<void> {
  await db.conversion.create({ data: row });
}

/** What came back of a conversion for fees kept after it was recorded. */
export interface ConversionCreditRecord {
  readonly conversionId: string;
  readonly labId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly keptMinor: bigint;
  readonly amountMinor: bigint;
  readonly ledgerTransactionId: string | null;
  readonly creditedAt: Date;
}

/** What came back of a conversion; null while the work is not over, or not all of it is charged. */
export async function findCredit(db: Db, conversionId: string): Promise<ConversionCreditRecord | null> {
  return db.conversionCredit.findUnique({ where: { conversionId } });
}

/** Keeps what came back of a conversion, once. */
export async function insertCredit(db: Db, row: ConversionCreditRecord): Promise<void> {
  await db.conversionCredit.create({ data: row });
}

/** Conversions that cost something, of engagements that are over with all their work charged, and that nothing was credited to yet; at most 100. */
export async function listToCredit(db: Db): Promise<ConversionRecord[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM conversion c JOIN engagement e ON e.id = c.engagement_id AND e.state = 'ENDED'
    WHERE c.due_minor > 0 AND NOT EXISTS (SELECT 1 FROM conversion_credit k WHERE k.conversion_id = c.id)
      AND NOT EXISTS (SELECT 1 FROM engagement_week w WHERE w.engagement_id = e.id AND w.state = 'HELD')
      AND NOT EXISTS (SELECT 1 FROM timesheet s WHERE s.engagement_id = e.id AND s.state IN ('SUBMITTED', 'IN_REVIEW'))
    ORDER BY c.recorded_at, c.id LIMIT 100`;
  return db.conversion.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
}

/** A schedule by its id. */
export async function findSchedule(db: Db, id: string): Promise<ConversionSchedule> {
  return (await db.conversionSchedule.findUniqueOrThrow({ where: { id } })) as unknown as ConversionSchedule;
}
