import { checkCap, checkEntry, secondsOf, splitAtWeek, weekOf, type EntryDraft } from '@tallystick/domain';
import { databaseErrorOf } from '../../platform/errors/database-refusals';
import { notFound, orRefuse, Refused } from '../../platform/errors/refused';
import type { Tx } from '../../platform/prisma/transaction';
import { findEngagement, lockWeek, type EngagementRecord } from '../engagement/engagement.public';
import {
  countedSecondsOf,
  findOverlap,
  insertEntry,
  insertSheet,
  sheetsOfWeek,
  type EntryRecord,
  type TimesheetRecord,
} from './timesheet.repository';

/** Logs time, cut at Monday 00:00 UTC, each part into its own week. */
export async function logTime(
  tx: Tx,
  expertId: string,
  engagementId: string,
  draft: EntryDraft,
): Promise<void> {
  const engagement = await workableEngagement(tx, expertId, engagementId);
  orRefuse(checkEntry(draft, tx.now));
  for (const part of splitAtWeek(draft)) {
    const weekStart = weekOf(part.startsAt).startsAt;
    await mustBeFunded(tx, engagement, weekStart);
    await mustFitCap(tx, engagement, weekStart, secondsOf(part));
    const sheet = await openSheet(tx, engagement, weekStart);
    const id = tx.newId();
    const { labId } = engagement;
    const row = {
      ...draft,
      ...part,
      id,
      timesheetId: sheet.id,
      engagementId,
      labId,
      expertId,
      state: 'DRAFT',
      countedSeconds: secondsOf(part),
      createdAt: tx.now,
    };
    await namingOverlap(tx, row, () => insertEntry(tx.db, row));
    tx.record({
      subjectType: 'time-entry',
      subjectId: id,
      to: 'DRAFT',
      facts: {
        engagementId,
        startsAt: part.startsAt,
        endsAt: part.endsAt,
        source: draft.source,
        kind: draft.kind,
      },
      words: draft.note ? { note: draft.note } : undefined,
      labId,
      expertId,
    });
  }
}

/** The engagement of an expert in which work is possible. */
export async function workableEngagement(
  tx: Tx,
  expertId: string,
  engagementId: string,
): Promise<EngagementRecord> {
  const engagement = await findEngagement(tx.db, engagementId);
  if (!engagement || engagement.expertId !== expertId) throw notFound('engagement');
  if (engagement.state === 'ENDED')
    throw new Refused(
      'ENGAGEMENT_ENDED',
      'This engagement has ended. Time up to its end can no longer be added; write to the lab.',
    );
  return engagement;
}

/** Work is possible only in a week whose money is held. */
export async function mustBeFunded(tx: Tx, engagement: EngagementRecord, weekStart: Date): Promise<void> {
  const week = await lockWeek(tx.db, engagement.id, weekStart);
  if (week?.state === 'HELD') return;
  throw new Refused(
    'WEEK_NOT_FUNDED',
    `The week of ${weekStart.toISOString().slice(0, 10)} is not funded, so no time can be logged in it. The lab has been told.`,
    { field: 'startsAt' },
  );
}

/** The weekly cap holds for what counts. */
export async function mustFitCap(
  tx: Tx,
  engagement: EngagementRecord,
  weekStart: Date,
  addSeconds: number,
  notId?: string,
): Promise<void> {
  orRefuse(
    checkCap(
      await countedSecondsOf(tx.db, engagement.id, weekStart, notId),
      addSeconds,
      engagement.weeklyCapSeconds,
    ),
  );
}

/** Runs a write that the database refuses where time overlaps; the refusal names the other entry. */
export async function namingOverlap(
  tx: Tx,
  row: { expertId: string; startsAt: Date; endsAt: Date; id?: string },
  write: () => Promise<unknown>,
): Promise<void> {
  await tx.db.$executeRaw`SAVEPOINT entry`;
  try {
    await write();
    await tx.db.$executeRaw`RELEASE SAVEPOINT entry`;
  } catch (error) {
    if (databaseErrorOf(error)?.constraint !== 'time_entry_no_overlap') throw error;
    await tx.db.$executeRaw`ROLLBACK TO SAVEPOINT entry`;
    throw overlapRefusal(await findOverlap(tx.db, row.expertId, row.startsAt, row.endsAt, row.id));
  }
}

/** Names the entry that stands in the way. Times are UTC; the page shows them in the reader's zone. */
export function overlapRefusal(other: EntryRecord | null): Refused {
  const span =
    other &&
    `${clock(other.startsAt)} to ${clock(other.endsAt)} UTC on ${other.startsAt.toISOString().slice(0, 10)}`;
  const what = other?.note ? ` (“${other.note.slice(0, 60)}”)` : '';
  return new Refused(
    'TIMESHEET_OVERLAP',
    `This overlaps your entry from ${span ?? 'another week'}${what}. Change the start or the end, or open that entry.`,
    { field: 'startsAt', rowId: other?.id },
  );
}

function clock(at: Date): string {
  return at.toISOString().slice(11, 16);
}

/** The open sheet of a week; a new one where the earlier ones were handed in. */
async function openSheet(tx: Tx, engagement: EngagementRecord, weekStart: Date): Promise<TimesheetRecord> {
  const sheets = await sheetsOfWeek(tx.db, engagement.id, weekStart);
  const open = sheets.find(({ state }) => state === 'OPEN');
  if (open) return open;
  const { id: engagementId, labId, expertId } = engagement;
  const row = {
    id: tx.newId(),
    engagementId,
    labId,
    expertId,
    weekStart,
    sheetNumber: sheets.length + 1,
    state: 'OPEN',
    createdAt: tx.now,
  };
  await insertSheet(tx.db, row);
  return { ...row, submittedAt: null, reviewDueAt: null, labActedAt: null, version: 0 };
}
