import type { FeeParts, Rounding } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';
import { jsonColumn } from '../../platform/prisma/json-column';

export interface EngagementRecord {
  readonly id: string;
  readonly offerId: string;
  readonly openingId: string;
  readonly projectId: string;
  readonly labId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly rateMinorPerHour: bigint;
  readonly weeklyCapSeconds: number;
  readonly noticeDays: number;
  readonly labFeePpm: number;
  readonly expertFeePpm: number;
  readonly rounding: Rounding;
  /** Amounts and tiers beside the percentages; none in a policy of percentages. */
  readonly feeParts?: FeeParts | null;
  readonly takeRatePolicyId: string;
  readonly takeRateExplanation: string;
  /** How the base of hiring directly counts, frozen at signing: tiers and caps over all its weeks, or each week by itself. */
  readonly isBaseOverWeeks: boolean;
  readonly state: string;
  readonly startsOn: Date;
  /** When work could begin, its gates passed on or after its first day; null before. */
  readonly begunAt: Date | null;
  readonly signedAt: Date;
  readonly endsAt: Date | null;
  readonly endReason: string | null;
  readonly version: number;
}

export interface WeekRecord {
  readonly id: string;
  readonly engagementId: string;
  readonly labId: string;
  readonly expertId: string;
  readonly weekStart: Date;
  readonly state: string;
  readonly currency: string;
  readonly heldMinor: bigint;
  readonly holdPostingId: bigint | null;
  readonly failureReason: string | null;
  readonly version: number;
}

/** An engagement by its id. */
export async function findEngagement(db: Db, id: string): Promise<EngagementRecord | null> {
  return (await db.engagement.findUnique({ where: { id } })) as EngagementRecord | null;
}

/** An engagement by its id, locked until the transaction ends. */
export async function lockEngagement(db: Db, id: string): Promise<EngagementRecord | null> {
  await db.$queryRaw`SELECT 1 FROM engagement WHERE id = ${id}::uuid FOR UPDATE`;
  return findEngagement(db, id);
}

/** Engagements by their ids. */
export async function findEngagements(db: Db, ids: readonly string[]): Promise<EngagementRecord[]> {
  return (await db.engagement.findMany({ where: { id: { in: [...ids] } } })) as EngagementRecord[];
}

/** An expert's engagements in some openings. */
export async function engagementsIn(
  db: Db,
  expertId: string,
  openingIds: readonly string[],
): Promise<Pick<EngagementRecord, 'id' | 'openingId' | 'state'>[]> {
  return db.engagement.findMany({
    where: { expertId, openingId: { in: [...openingIds] } },
    select: { id: true, openingId: true, state: true },
  });
}

/** Those of some experts who ever had an engagement, with any lab. */
export async function everEngaged(db: Db, expertIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.engagement.findMany({
    where: { expertId: { in: [...expertIds] } },
    select: { expertId: true },
    distinct: ['expertId'],
  });
  return new Set(rows.map(({ expertId }) => expertId));
}

/** Stores an engagement. */
export async function insertEngagement(
  db: Db,
  row: Omit<EngagementRecord, 'endsAt' | 'endReason' | 'version'>,
): Promise<void> {
  await db.engagement.create({ data: { ...row, feeParts: jsonColumn(row.feeParts) } });
}

/** Moves an engagement on from the state and version that were seen. */
export async function moveEngagement(
  db: Db,
  seen: EngagementRecord,
  changes: { state: string; noticeGivenAt?: Date; endsAt?: Date; endReason?: string },
): Promise<boolean> {
  const { count } = await db.engagement.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

export interface EngagementFilter {
  readonly labId?: string;
  readonly expertId?: string;
  readonly state?: string;
}

/** Engagements, newest first, after a key of (signedAt, id). */
export async function listEngagements(
  db: Db,
  filter: EngagementFilter,
  limit: number,
  after?: readonly string[],
): Promise<EngagementRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ signedAt: { lt: new Date(at) } }, { signedAt: new Date(at), id: { lt: id } }] };
  return (await db.engagement.findMany({
    where: { ...filter, ...older },
    orderBy: [{ signedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })) as EngagementRecord[];
}

/** How many engagements a filter finds. */
export async function countEngagements(db: Db, filter: EngagementFilter): Promise<number> {
  return db.engagement.count({ where: { ...filter } });
}

/** Engagements whose notice has run out. */
export async function listEnding(db: Db, now: Date): Promise<EngagementRecord[]> {
  return (await db.engagement.findMany({
    where: { state: 'NOTICE', endsAt: { lte: now } },
    take: 100,
  })) as EngagementRecord[];
}

/** Engagements that go on and do not wait, but have no week that begins at an instant. */
export async function listWithoutWeek(db: Db, weekStart: Date, labId?: string): Promise<EngagementRecord[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM engagement e WHERE e.state IN ('ACTIVE', 'BLOCKED_FUNDING', 'NOTICE') AND (e.ends_at IS NULL OR e.ends_at > ${weekStart})
      AND (${labId ?? null}::uuid IS NULL OR e.lab_id = ${labId ?? null}::uuid)
      AND NOT EXISTS (SELECT 1 FROM engagement_week w WHERE w.engagement_id = e.id AND w.week_start = ${weekStart})
      AND NOT EXISTS (SELECT 1 FROM engagement_wait n WHERE n.engagement_id = e.id AND n.ended_at IS NULL)
    ORDER BY e.id LIMIT 500`;
  return findEngagements(
    db,
    rows.map(({ id }) => id),
  );
}

/** Weeks whose hold failed, of a lab or of all, that have not passed. */
export async function listFailedWeeks(db: Db, from: Date, labId?: string): Promise<WeekRecord[]> {
  return db.engagementWeek.findMany({
    where: { state: 'FAILED', weekStart: { gte: from }, ...(labId && { labId }) },
    orderBy: { weekStart: 'asc' },
    take: 500,
  });
}

/** Weeks that are over or lie after the end of their engagement, still hold money, and have no line that is not charged. */
export async function listDoneWeeks(db: Db, endedBefore: Date): Promise<WeekRecord[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT w.id FROM engagement_week w WHERE w.state = 'HELD'
      AND (w.week_start < ${endedBefore} OR EXISTS (SELECT 1 FROM engagement e WHERE e.id = w.engagement_id AND e.state IN ('NOTICE', 'ENDED') AND e.ends_at <= w.week_start))
      AND NOT EXISTS (SELECT 1 FROM timesheet s WHERE s.engagement_id = w.engagement_id AND s.week_start = w.week_start AND s.state IN ('SUBMITTED', 'IN_REVIEW'))
      AND NOT EXISTS (SELECT 1 FROM timesheet s JOIN time_entry t ON t.timesheet_id = s.id
                      WHERE s.engagement_id = w.engagement_id AND s.week_start = w.week_start AND s.state = 'OPEN' AND t.state = 'DRAFT')
    ORDER BY w.week_start LIMIT 500`;
  return db.engagementWeek.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
}

/** Stores a week. */
export async function insertWeek(
  db: Db,
  row: {
    id: string;
    engagementId: string;
    labId: string;
    expertId: string;
    weekStart: Date;
    state: string;
    currency: string;
    heldMinor: bigint;
    createdAt: Date;
  },
): Promise<void> {
  await db.engagementWeek.create({ data: row });
}

/** A week of an engagement, locked until the transaction ends. */
export async function lockWeek(db: Db, engagementId: string, weekStart: Date): Promise<WeekRecord | null> {
  await db.$queryRaw`SELECT 1 FROM engagement_week WHERE engagement_id = ${engagementId}::uuid AND week_start = ${weekStart} FOR UPDATE`;
  return db.engagementWeek.findUnique({ where: { engagementId_weekStart: { engagementId, weekStart } } });
}

/** Changes what a week holds. */
export async function updateWeek(
  db: Db,
  seen: WeekRecord,
  changes: {
    state?: string;
    heldMinor?: bigint;
    holdPostingId?: bigint | null;
    failureReason?: string | null;
    settledAt?: Date;
  },
): Promise<void> {
  const { count } = await db.engagementWeek.updateMany({
    where: { id: seen.id, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  if (count !== 1) throw new Error('the week moved meanwhile');
}

/** The weeks of engagements, newest first. */
export async function weeksOf(db: Db, engagementIds: readonly string[]): Promise<WeekRecord[]> {
  return db.engagementWeek.findMany({
    where: { engagementId: { in: [...engagementIds] } },
    orderBy: { weekStart: 'desc' },
    take: 500,
  });
}
