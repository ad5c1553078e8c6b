import type { Db } from '../../platform/prisma/database';

export interface TimesheetRecord {
  readonly id: string;
  readonly engagementId: string;
  readonly labId: string;
  readonly expertId: string;
  readonly weekStart: Date;
  readonly sheetNumber: number;
  readonly state: string;
  readonly submittedAt: Date | null;
  readonly reviewDueAt: Date | null;
  readonly labActedAt: Date | null;
  readonly version: number;
}

export interface SheetFilter {
  readonly labId?: string;
  readonly expertId?: string;
  readonly engagementId?: string;
  readonly states?: readonly string[];
  /** Weeks that begin at or after. */
  readonly from?: Date;
  /** Weeks that begin before. */
  readonly to?: Date;
}

/** A sheet by its id, locked until the transaction ends. */
export async function lockSheet(db: Db, id: string): Promise<TimesheetRecord | null> {
  await db.$queryRaw`SELECT 1 FROM timesheet WHERE id = ${id}::uuid FOR UPDATE`;
  return db.timesheet.findUnique({ where: { id } });
}

/** Sheets by their ids, in the order of their weeks. */
export async function findSheets(db: Db, ids: readonly string[]): Promise<TimesheetRecord[]> {
  return db.timesheet.findMany({
    where: { id: { in: [...ids] } },
    orderBy: [{ weekStart: 'asc' }, { sheetNumber: 'asc' }],
  });
}

/** The sheets of weeks of engagements that begin at an instant. */
export async function sheetsOfWeek(
  db: Db,
  engagementIds: readonly string[],
  weekStart: Date,
): Promise<TimesheetRecord[]> {
  return db.timesheet.findMany({
    where: { engagementId: { in: [...engagementIds] }, weekStart },
    orderBy: [{ engagementId: 'asc' }, { sheetNumber: 'asc' }],
  });
}

/** Stores a sheet. */
export async function insertSheet(
  db: Db,
  row: {
    id: string;
    engagementId: string;
    labId: string;
    expertId: string;
    weekStart: Date;
    sheetNumber: number;
    state: string;
    createdAt: Date;
  },
): Promise<void> {
  await db.timesheet.create({ data: row });
}

/** Moves a sheet on from the state and version that were seen. Returns false where somebody was faster. */
export async function moveSheet(
  db: Db,
  seen: TimesheetRecord,
  changes: { state: string; submittedAt?: Date | null; reviewDueAt?: Date | null; labActedAt?: Date },
): Promise<boolean> {
  const { count } = await db.timesheet.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

/** Sheets, newest week first, after a key of (weekStart, id). */
export async function listSheets(
  db: Db,
  filter: SheetFilter,
  limit: number,
  after?: readonly string[],
): Promise<TimesheetRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ weekStart: { lt: new Date(at) } }, { weekStart: new Date(at), id: { lt: id } }] };
  return db.timesheet.findMany({
    where: { AND: [whereOf(filter), older] },
    orderBy: [{ weekStart: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** Sheets that wait for review, those whose window closes first before the others, after a key of (reviewDueAt, id). */
export async function listToReview(
  db: Db,
  labId: string,
  limit: number,
  after?: readonly string[],
): Promise<TimesheetRecord[]> {
  const [at, id] = after ?? [];
  const later =
    at === undefined
      ? {}
      : { OR: [{ reviewDueAt: { gt: new Date(at) } }, { reviewDueAt: new Date(at), id: { gt: id } }] };
  return db.timesheet.findMany({
    where: { AND: [whereOf({ labId, states: TO_REVIEW }), later] },
    orderBy: [{ reviewDueAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });
}

/** How many sheets a filter finds. */
export async function countSheets(db: Db, filter: SheetFilter): Promise<number> {
  return db.timesheet.count({ where: whereOf(filter) });
}

/** States in which a lab has something to do. */
export const TO_REVIEW = ['SUBMITTED', 'IN_REVIEW'];

/** Sheets past their review date that have a line which silence approves: submitted, or answered long enough ago. */
export async function listOverdue(
  db: Db,
  now: Date,
  answeredBefore: Date,
  limit: number,
): Promise<{ id: string }[]> {
  return db.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM timesheet s
    WHERE s.state IN ('SUBMITTED', 'IN_REVIEW') AND s.review_due_at <= ${now}
      AND EXISTS (SELECT 1 FROM time_entry t WHERE t.timesheet_id = s.id AND (t.state = 'SUBMITTED' OR t.state = 'ANSWERED' AND EXISTS (
        SELECT 1 FROM line_question q WHERE q.time_entry_id = t.id AND q.resolution IS NULL AND q.answered_at <= ${answeredBefore})))
    ORDER BY s.review_due_at, s.id LIMIT ${limit}`;
}

export interface WeekState {
  readonly engagementId: string;
  readonly weekStart: Date;
  readonly state: string;
  readonly failureReason: string | null;
}

/** Whether the money of weeks is held: every week of these engagements that begins at one of these instants. */
export async function weekStates(
  db: Db,
  engagementIds: readonly string[],
  weekStarts: readonly Date[],
): Promise<WeekState[]> {
  return db.engagementWeek.findMany({
    where: { engagementId: { in: [...engagementIds] }, weekStart: { in: [...weekStarts] } },
    select: { engagementId: true, weekStart: true, state: true, failureReason: true },
  });
}

/** The engagements of an expert or of a lab that have a week which begins at an instant. */
export async function engagementIdsInWeek(
  db: Db,
  whose: { expertId: string } | { labId: string },
  weekStart: Date,
): Promise<string[]> {
  const rows = await db.engagementWeek.findMany({
    where: { ...whose, weekStart },
    select: { engagementId: true },
    orderBy: { engagementId: 'asc' },
  });
  return rows.map(({ engagementId }) => engagementId);
}

function whereOf({ states, from, to, ...own }: SheetFilter) {
  return {
    ...own,
    ...(states && { state: { in: [...states] } }),
    ...((from || to) && { weekStart: { ...(from && { gte: from }), ...(to && { lt: to }) } }),
  };
}
