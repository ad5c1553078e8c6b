import type { ActivityKind, EntrySource } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

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

export interface TimerRecord {
  readonly expertId: string;
  readonly engagementId: string;
  readonly labId: string;
  readonly kind: ActivityKind;
  readonly note: string;
  readonly startedAt: Date;
  readonly lastHeartbeatAt: Date;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The entries of sheets in the order of time, without those that were taken back. */
export async function entriesOf(db: Db, timesheetIds: readonly string[]): Promise<EntryRecord[]> {
  const rows = await db.timeEntry.findMany({
    where: { timesheetId: { in: [...timesheetIds] }, state: { not: 'VOIDED' } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
  });
  return rows as EntryRecord[];
}

/** Entries by their ids. */
export async function findEntries(db: Db, ids: readonly string[]): Promise<EntryRecord[]> {
  return (await db.timeEntry.findMany({ where: { id: { in: [...ids] } } })) as EntryRecord[];
}

/** The entries of an expert that share time with a span, in the order of time. */
export async function findOverlaps(
  db: Db,
  expertId: string,
  span: { startsAt: Date; endsAt: Date },
  notId?: string,
): Promise<EntryRecord[]> {
  const rows = await db.timeEntry.findMany({
    where: {
      expertId,
      state: { notIn: ['VOIDED', 'REJECTED'] },
      startsAt: { lt: span.endsAt },
      endsAt: { gt: span.startsAt },
      ...(notId && { id: { not: notId } }),
    },
    orderBy: { startsAt: 'asc' },
  });
  return rows as EntryRecord[];
}

/** Stores an entry. The database refuses one that overlaps another. */
export async function insertEntry(
  db: Db,
  row: Omit<EntryRecord, 'version'> & { createdAt: Date },
): Promise<void> {
  await db.timeEntry.create({ data: row });
}

/** Changes an entry from the state and version that were seen. Returns false where somebody was faster. */
export async function updateEntry(
  db: Db,
  seen: EntryRecord,
  changes: Partial<
    Pick<EntryRecord, 'state' | 'kind' | 'source' | 'note' | 'startsAt' | 'endsAt' | 'countedSeconds'>
  >,
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
    WHERE s.engagement_id = ${engagementId}::uuid AND s.week_start = ${weekStart}
      AND t.state NOT IN ('VOIDED', 'REJECTED') AND t.id <> ${notId ?? NOBODY}::uuid`;
  return Number(row?.sum ?? 0n);
}

/** Lines of a lab that were submitted and are not charged: how long each counts, and for which engagement. */
export async function listUncharged(
  db: Db,
  labId: string,
): Promise<{ engagementId: string; countedSeconds: number }[]> {
  return db.timeEntry.findMany({
    where: { labId, state: { in: ['SUBMITTED', 'QUESTIONED', 'ANSWERED'] } },
    select: { engagementId: true, countedSeconds: true },
  });
}

/** The running timer of an expert. */
export async function findTimer(db: Db, expertId: string): Promise<TimerRecord | null> {
  return (await db.timer.findUnique({ where: { expertId } })) as TimerRecord | null;
}

/** The running timer of an expert, locked until the transaction ends. */
export async function lockTimer(db: Db, expertId: string): Promise<TimerRecord | null> {
  await db.$queryRaw`SELECT 1 FROM timer WHERE expert_id = ${expertId}::uuid FOR UPDATE`;
  return findTimer(db, expertId);
}

/** Starts a timer; one per expert. Returns false where one runs. */
export async function insertTimer(db: Db, row: TimerRecord): Promise<boolean> {
  const { count } = await db.timer.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}

/** Notes that the expert is still there. Returns false where no timer runs. */
export async function beatTimer(db: Db, expertId: string, at: Date): Promise<boolean> {
  const { count } = await db.timer.updateMany({ where: { expertId }, data: { lastHeartbeatAt: at } });
  return count === 1;
}

/** Ends a timer. */
export async function deleteTimer(db: Db, expertId: string): Promise<void> {
  await db.timer.deleteMany({ where: { expertId } });
}
