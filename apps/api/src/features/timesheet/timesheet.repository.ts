import type { ActivityKind, EntrySource } from '@tallystick/domain';
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

export interface EntryRecord {
  readonly id: string;
  readonly timesheetId: string;
  readonly engagementId: string;
  readonly labId: string;
  readonly expertId: string;
  readonly kind: ActivityKind;
  readonly source: EntrySource;
  readonly note: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: string;
  readonly countedSeconds: number;
  readonly version: number;
}

export interface QuestionRecord {
  readonly id: string;
  readonly timeEntryId: string;
  readonly timesheetId: string;
  readonly question: string;
  readonly proposedSeconds: number | null;
  readonly askedAt: Date;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
  readonly resolution: string | null;
  readonly resolvedAt: Date | null;
}

export interface TimerRecord {
  readonly expertId: string;
  readonly engagementId: string;
  readonly labId: string;
  readonly kind: string;
  readonly note: string;
  readonly startedAt: Date;
}

/** A sheet by its id, locked until the transaction ends. */
export async function lockSheet(db: Db, id: string): Promise<TimesheetRecord | null> {
  await db.$queryRaw`SELECT 1 FROM timesheet WHERE id = ${id}::uuid FOR UPDATE`;
  return db.timesheet.findUnique({ where: { id } });
}

/** A sheet by its id. */
export async function findSheet(db: Db, id: string): Promise<TimesheetRecord | null> {
  return db.timesheet.findUnique({ where: { id } });
}

/** The sheets of an engagement's week. */
export async function sheetsOfWeek(
  db: Db,
  engagementId: string,
  weekStart: Date,
): Promise<TimesheetRecord[]> {
  return db.timesheet.findMany({ where: { engagementId, weekStart }, orderBy: { sheetNumber: 'asc' } });
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

/** Moves a sheet on from the state and version that were seen. */
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

export interface SheetFilter {
  readonly labId?: string;
  readonly expertId?: string;
  readonly engagementId?: string;
  readonly states?: readonly string[];
}

/** Sheets, newest week first, after a key of (weekStart, id). */
export async function listSheets(
  db: Db,
  { states, ...filter }: SheetFilter,
  limit: number,
  after?: readonly string[],
): Promise<TimesheetRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ weekStart: { lt: new Date(at) } }, { weekStart: new Date(at), id: { lt: id } }] };
  return db.timesheet.findMany({
    where: { ...filter, ...(states && { state: { in: [...states] } }), ...older },
    orderBy: [{ weekStart: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** How many sheets a filter finds. */
export async function countSheets(db: Db, { states, ...filter }: SheetFilter): Promise<number> {
  return db.timesheet.count({ where: { ...filter, ...(states && { state: { in: [...states] } }) } });
}

/** Sheets whose review is overdue. */
export async function listOverdue(db: Db, now: Date, limit: number): Promise<TimesheetRecord[]> {
  return db.timesheet.findMany({
    where: { state: { in: ['SUBMITTED', 'IN_REVIEW'] }, reviewDueAt: { lte: now } },
    orderBy: { reviewDueAt: 'asc' },
    take: limit,
  });
}

/** The entries of sheets in the order of time, without those that were taken back. */
export async function entriesOf(db: Db, timesheetIds: readonly string[]): Promise<EntryRecord[]> {
  return (await db.timeEntry.findMany({
    where: { timesheetId: { in: [...timesheetIds] }, state: { not: 'VOIDED' } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
  })) as EntryRecord[];
}

/** An entry by its id. */
export async function findEntry(db: Db, id: string): Promise<EntryRecord | null> {
  return (await db.timeEntry.findUnique({ where: { id } })) as EntryRecord | null;
}

/** The entry of an expert that shares time with a span, where there is one. */
export async function findOverlap(
  db: Db,
  expertId: string,
  startsAt: Date,
  endsAt: Date,
  notId?: string,
): Promise<EntryRecord | null> {
  return (await db.timeEntry.findFirst({
    where: {
      expertId,
      state: { notIn: ['VOIDED', 'REJECTED'] },
      startsAt: { lt: endsAt },
      endsAt: { gt: startsAt },
      ...(notId && { id: { not: notId } }),
    },
    orderBy: { startsAt: 'asc' },
  })) as EntryRecord | null;
}

/** Stores an entry. The database refuses one that overlaps another. */
export async function insertEntry(
  db: Db,
  row: Omit<EntryRecord, 'version'> & { createdAt: Date },
): Promise<void> {
  await db.timeEntry.create({ data: row });
}

/** Changes an entry from the state and version that were seen. */
export async function updateEntry(
  db: Db,
  seen: EntryRecord,
  changes: Partial<Pick<EntryRecord, 'state' | 'kind' | 'note' | 'startsAt' | 'endsAt' | 'countedSeconds'>>,
): Promise<boolean> {
  const { count } = await db.timeEntry.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

/** Seconds that count in a week of an engagement, without one entry. */
export async function countedSecondsOf(
  db: Db,
  engagementId: string,
  weekStart: Date,
  notId?: string,
): Promise<number> {
  const [row] = await db.$queryRaw<{ sum: bigint | null }[]>`
    SELECT sum(t.counted_seconds)::bigint AS sum FROM time_entry t JOIN timesheet s ON s.id = t.timesheet_id
    WHERE s.engagement_id = ${engagementId}::uuid AND s.week_start = ${weekStart} AND t.state NOT IN ('VOIDED', 'REJECTED') AND t.id <> ${notId ?? '00000000-0000-0000-0000-000000000000'}::uuid`;
  return Number(row?.sum ?? 0n);
}

/** The running timer of an expert. */
export async function findTimer(db: Db, expertId: string): Promise<TimerRecord | null> {
  return db.timer.findUnique({ where: { expertId } });
}

/** Starts a timer; one per expert. */
export async function insertTimer(db: Db, row: TimerRecord): Promise<boolean> {
  const { count } = await db.timer.createMany({
    data: [{ ...row, lastHeartbeatAt: row.startedAt }],
    skipDuplicates: true,
  });
  return count === 1;
}

/** Ends a timer. */
export async function deleteTimer(db: Db, expertId: string): Promise<void> {
  await db.timer.deleteMany({ where: { expertId } });
}

/** Asks about a line. */
export async function insertQuestion(
  db: Db,
  row: {
    id: string;
    timeEntryId: string;
    timesheetId: string;
    labId: string;
    expertId: string;
    question: string;
    proposedSeconds: number | null;
    askedById: string;
    askedAt: Date;
  },
): Promise<void> {
  await db.lineQuestion.create({ data: row });
}

/** The open question of a line. */
export async function openQuestion(db: Db, timeEntryId: string): Promise<QuestionRecord | null> {
  return db.lineQuestion.findFirst({
    where: { timeEntryId, resolution: null },
    orderBy: { askedAt: 'desc' },
  });
}

/** Answers or settles a question. */
export async function updateQuestion(
  db: Db,
  id: string,
  changes: { answer?: string; answeredAt?: Date; resolution?: string; resolvedAt?: Date },
): Promise<void> {
  await db.lineQuestion.update({ where: { id }, data: changes });
}

/** Every question of sheets, oldest first. */
export async function questionsOf(db: Db, timesheetIds: readonly string[]): Promise<QuestionRecord[]> {
  return db.lineQuestion.findMany({
    where: { timesheetId: { in: [...timesheetIds] } },
    orderBy: { askedAt: 'asc' },
  });
}
