import {
  checkCap,
  checkEntry,
  checkBeforeEnd,
  secondsOf,
  splitAtWeek,
  weekOf,
  type EntryDraft,
  type Span,
} from '@tallystick/domain';
import { databaseErrorOf } from '../../platform/errors/database-refusals';
import { notFound, orRefuse, Refused } from '../../platform/errors/refused';
import type { Tx } from '../../platform/prisma/transaction';
import {
  findEngagement,
  lockWeek,
  waitsWithin,
  type EngagementRecord,
} from '../engagement/engagement.public';
import { openingsWith } from '../project/project.public';
import { countedSecondsOf, findOverlaps, insertEntry } from './entry.repository';
import { insertSheet, lockSheet, sheetsOfWeek } from './sheet.repository';
import { notBegun, notFunded, overlapRefusal, workWaits } from './timesheet.errors';

/**
 * Logs time, cut at Monday 00:00 UTC, each part into its own week. Returns the ids of the sheets.
 * Refuses with TIMESHEET_OVERLAP, WEEKLY_CAP, WEEK_NOT_FUNDED, WEEK_SETTLED, WORK_WAITS, WORK_NOT_BEGUN, ENTRY_*, ENGAGEMENT_ENDED.
 */
export async function logTime(
  tx: Tx,
  expertId: string,
  engagementId: string,
  draft: EntryDraft,
): Promise<string[]> {
  const engagement = await workableEngagement(tx, expertId, engagementId);
  orRefuse(checkEntry(draft, tx.now));
  orRefuse(checkBeforeEnd(draft, engagement.endsAt));
  const sheetIds: string[] = [];
  for (const part of splitAtWeek(draft)) sheetIds.push(await logPart(tx, engagement, { ...draft, ...part }));
  return sheetIds;
}

async function logPart(tx: Tx, engagement: EngagementRecord, part: EntryDraft): Promise<string> {
  const { id: engagementId, labId, expertId } = engagement;
  const weekStart = weekOf(part.startsAt).startsAt;
  await mustBeFunded(tx, engagement, weekStart);
  await mustNotWait(tx, engagement, part);
  await mustFitCap(tx, engagement, weekStart, secondsOf(part));
  const timesheetId = await openSheet(tx, engagement, weekStart);
  const id = tx.newId();
  const countedSeconds = secondsOf(part);
  const sides = { engagementId, labId, expertId };
  const row = { ...part, id, timesheetId, ...sides, state: 'DRAFT', countedSeconds, createdAt: tx.now };
  await namingOverlap(tx, row, () => insertEntry(tx.db, row));
  const { startsAt, endsAt, source, kind, note } = part;
  tx.record({
    subjectType: 'time-entry',
    subjectId: id,
    to: 'DRAFT',
    facts: { engagementId, startsAt, endsAt, source, kind },
    words: note ? { note } : undefined,
    labId,
    expertId,
  });
  return timesheetId;
}

/** The engagement of an expert in which work is possible. Refuses with NOT_FOUND, ENGAGEMENT_ENDED. */
export async function workableEngagement(
  tx: Tx,
  expertId: string,
  engagementId: string,
): Promise<EngagementRecord> {
  const engagement = await findEngagement(tx.db, engagementId);
  if (!engagement || engagement.expertId !== expertId) throw notFound('engagement');
  if (engagement.state !== 'ENDED') return engagement;
  const message =
    'This engagement has ended. Time up to its end can no longer be added; write to the lab about what is missing.';
  throw new Refused('ENGAGEMENT_ENDED', message);
}

/** Work is possible only in a week whose money is held; the week is locked until the transaction ends. */
export async function mustBeFunded(tx: Tx, engagement: EngagementRecord, weekStart: Date): Promise<void> {
  const week = await lockWeek(tx.db, engagement.id, weekStart);
  if (week?.state !== 'HELD') throw notFunded(weekStart, week?.state);
}

/** Work is possible only while the gates are passed that were asked on the first day and are asked on each. */
export async function mustNotWait(
  tx: Tx,
  { id, begunAt, startsOn }: EngagementRecord,
  span: Span,
): Promise<void> {
  const [wait] = await waitsWithin(tx.db, id, span);
  if (wait) throw workWaits(wait);
  if (begunAt === null) throw notBegun(startsOn, tx.now);
}

/** The weekly cap holds for what counts. */
export async function mustFitCap(
  tx: Tx,
  engagement: EngagementRecord,
  weekStart: Date,
  addSeconds: number,
  notId?: string,
): Promise<void> {
  const logged = await countedSecondsOf(tx.db, engagement.id, weekStart, notId);
  orRefuse(checkCap(logged, addSeconds, engagement.weeklyCapSeconds));
}

/** Runs a write that the database refuses where time overlaps; the refusal names the other entry. */
export async function namingOverlap(
  tx: Tx,
  row: Span & { expertId: string; id?: string },
  write: () => Promise<unknown>,
): Promise<void> {
  await tx.db.$executeRaw`SAVEPOINT entry`;
  try {
    await write();
    await tx.db.$executeRaw`RELEASE SAVEPOINT entry`;
  } catch (error) {
    if (databaseErrorOf(error)?.constraint !== 'time_entry_no_overlap') throw error;
    await tx.db.$executeRaw`ROLLBACK TO SAVEPOINT entry`;
    throw await overlapNamed(tx, row);
  }
}

/** The refusal that names the first entry which shares time with a span. */
export async function overlapNamed(tx: Tx, row: Span & { expertId: string; id?: string }): Promise<Refused> {
  const [other] = await findOverlaps(tx.db, row.expertId, row, row.id);
  const engagement = other && (await findEngagement(tx.db, other.engagementId));
  const [opening] = engagement ? await openingsWith(tx.db, { ids: [engagement.openingId] }) : [];
  return overlapRefusal(other, opening?.title);
}

/** The open sheet of a week, locked; a new one where the earlier ones were submitted. The week is locked already. */
async function openSheet(tx: Tx, engagement: EngagementRecord, weekStart: Date): Promise<string> {
  const { id: engagementId, labId, expertId } = engagement;
  const sheets = await sheetsOfWeek(tx.db, [engagementId], weekStart);
  for (const { id, state } of sheets) {
    if (state === 'OPEN' && (await lockSheet(tx.db, id))?.state === 'OPEN') return id;
  }
  const id = tx.newId();
  const sheetNumber = sheets.length + 1;
  const sides = { engagementId, labId, expertId };
  await insertSheet(tx.db, { id, ...sides, weekStart, sheetNumber, state: 'OPEN', createdAt: tx.now });
  tx.record({
    subjectType: 'timesheet',
    subjectId: id,
    to: 'OPEN',
    facts: { weekStart, sheetNumber },
    labId,
    expertId,
  });
  return id;
}
