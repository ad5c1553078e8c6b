import { lineMachine, move, termsOf, timesheetMachine } from '@tallystick/domain';
import { notFound, orRefuse } from '../../platform/errors/refused';
import type { Tx } from '../../platform/prisma/transaction';
import { chargeLine, type StandingHold } from '../billing/billing.public';
import { findEngagement, lockWeek, noteRest } from '../engagement/engagement.public';
import { notify } from '../notification/notification.public';
import { entriesOf, findEntries, updateEntry, type EntryRecord } from './entry.repository';
import { settleQuestions } from './question.repository';
import { lockSheet, moveSheet, type TimesheetRecord } from './sheet.repository';
import { changedMeanwhile, notFunded } from './timesheet.errors';

type LineEvent = 'SUBMIT' | 'RECALL' | 'APPROVE' | 'QUESTION' | 'ANSWER' | 'ACCEPT' | 'VOID';

/** A line with its sheet, which is locked. */
export interface LineOfSheet {
  readonly sheet: TimesheetRecord;
  readonly entry: EntryRecord;
}

/** A line by its id; its sheet is locked until the transaction ends. Refuses with NOT_FOUND, in the caller's word for it: absent and forbidden look the same. */
export async function lockLine(tx: Tx, entryId: string, what = 'line'): Promise<LineOfSheet> {
  const [found] = await findEntries(tx.db, [entryId]);
  const sheet = found && (await lockSheet(tx.db, found.timesheetId));
  const [entry] = sheet ? await findEntries(tx.db, [entryId]) : [];
  if (!sheet || !entry) throw notFound(what);
  return { sheet, entry };
}

/** Moves a line on by an event, and notes it. */
export async function moveLine(
  tx: Tx,
  entry: EntryRecord,
  event: LineEvent,
  countedSeconds = entry.countedSeconds,
): Promise<void> {
  const state = orRefuse(move(lineMachine, entry.state, event));
  if (!(await updateEntry(tx.db, entry, { state, countedSeconds }))) throw changedMeanwhile('line');
  const { id: subjectId, state: from, labId, expertId } = entry;
  tx.record({
    subjectType: 'time-entry',
    subjectId,
    from,
    to: state,
    facts: { countedSeconds },
    labId,
    expertId,
  });
}

/** Approves a line with the seconds that count, and charges it at once from the hold of its week. */
export async function approveLine(
  tx: Tx,
  { sheet, entry }: LineOfSheet,
  event: 'APPROVE' | 'ACCEPT',
  seconds: number,
  nettingPercent: number,
): Promise<void> {
  const { engagementId, timesheetId, id: timeEntryId, expertId } = entry;
  const engagement = await findEngagement(tx.db, engagementId);
  const week = await lockWeek(tx.db, engagementId, sheet.weekStart);
  if (!engagement || !week || week.state === 'FAILED') throw notFunded(sheet.weekStart, week?.state);
  await moveLine(tx, entry, event, seconds);
  await settleQuestions(tx.db, entry.id, event === 'ACCEPT' ? 'ACCEPTED' : 'APPROVED', tx.now);
  const { rateMinorPerHour, weeklyCapSeconds, projectId, takeRatePolicyId } = engagement;
  const terms = termsOf(engagement);
  const ids = { timeEntryId, timesheetId, engagementId, projectId, expertId, takeRatePolicyId };
  const base = { weekId: week.id, labId: sheet.labId, currency: engagement.currency };
  // Cents of rounding may use a hold up before the last line: what is left of the price comes from the balance.
  const isHeld = week.state === 'HELD' && week.holdPostingId !== null;
  const hold: StandingHold = isHeld
    ? { ...base, postingId: week.holdPostingId ?? undefined, heldMinor: week.heldMinor }
    : { ...base, heldMinor: 0n };
  const { priceMinor, restPostingId } = await chargeLine(
    tx,
    { ...ids, rateMinorPerHour, weeklyCapSeconds, seconds, terms },
    hold,
    nettingPercent,
  );
  const restMinor = hold.heldMinor - priceMinor;
  if (isHeld) await noteRest(tx, week, restMinor > 0n ? restMinor : 0n, restPostingId);
}

/** What a lab says of work goes to matching, which learns from it. */
export async function noteReview(
  tx: Tx,
  { engagementId, expertId }: TimesheetRecord,
  kind: 'PASSED_REVIEW' | 'FAILED_REVIEW',
): Promise<void> {
  const engagement = await findEngagement(tx.db, engagementId);
  if (!engagement) return;
  const { openingId } = engagement;
  tx.enqueue({ queue: 'matching', name: 'note-outcome', payload: { kind, openingId, expertId } });
}

/** Moves a sheet on after its lines: charged once every line is. The expert hears of it. */
export async function progress(
  tx: Tx,
  sheet: TimesheetRecord,
  event: 'APPROVE_SOME' | 'QUESTION',
): Promise<void> {
  const isDone = (await entriesOf(tx.db, [sheet.id])).every(({ state }) => state === 'APPROVED');
  const state = orRefuse(move(timesheetMachine, sheet.state, isDone ? 'APPROVE_ALL' : event));
  await changeSheet(tx, sheet, { state, labActedAt: sheet.labActedAt ?? tx.now });
  if (!isDone) return;
  await notify(
    tx,
    { expertId: sheet.expertId },
    {
      kind: 'WEEK_CHARGED',
      title: 'Your week is approved',
      body: 'Every line is charged; the pay is in your earnings.',
      link: '/expert/earnings',
    },
  );
}

/** Stores a sheet's change and notes it. */
export async function changeSheet(
  tx: Tx,
  sheet: TimesheetRecord,
  changes: Parameters<typeof moveSheet>[2],
): Promise<void> {
  if (!(await moveSheet(tx.db, sheet, changes))) throw changedMeanwhile('week');
  const { id: subjectId, state: from, labId, expertId } = sheet;
  tx.record({ subjectType: 'timesheet', subjectId, from, to: changes.state, labId, expertId });
}
