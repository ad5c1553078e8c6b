import { cutAfter, splitAtWeek, subtractSpans, weekOf, type Span } from '@tallystick/domain';
import { Refused } from '../../platform/errors/refused';
import type { Tx } from '../../platform/prisma/transaction';
import { findEngagement, lockWeek, waitsWithin } from '../engagement/engagement.public';
import { logTime, overlapNamed } from './entries';
import { countedSecondsOf, deleteTimer, findOverlaps, lockTimer, type TimerRecord } from './entry.repository';

/** How a timer shall end. */
export interface TimerEnd {
  /** Keep only the parts that no other entry covers, instead of refusing. */
  readonly trimOverlap?: boolean | null;
  /** Keep only what the weekly cap, the held weeks and waits leave room for, instead of refusing. */
  readonly keepWhatFits?: boolean | null;
  /** Earlier than now: cut at the last activity. */
  readonly endsAt?: Date | null;
}

/** What is shorter is not kept, seconds. */
const SHORTEST_SECONDS = 60;

/** Ends the timer of an expert and keeps what it counted. Returns the ids of the sheets that have it; none under a minute. */
export async function endTimer(tx: Tx, expertId: string, end: TimerEnd): Promise<string[]> {
  const timer = await lockTimer(tx.db, expertId);
  if (!timer) throw new Refused('NO_TIMER', 'No timer runs. It may have been stopped in another window.');
  const span = spanOf(timer, end.endsAt ?? tx.now, tx.now);
  await deleteTimer(tx.db, expertId);
  const { engagementId, labId, kind, note } = timer;
  const facts = { engagementId, ...span };
  tx.record({
    subjectType: 'timer',
    subjectId: expertId,
    from: 'RUNNING',
    to: 'STOPPED',
    facts,
    labId,
    expertId,
  });
  const sheetIds = new Set<string>();
  for (const part of await partsToKeep(tx, timer, span, end)) {
    const draft = { ...part, kind, note, source: 'TRACKED' } as const;
    for (const sheetId of await logTime(tx, expertId, engagementId, draft)) sheetIds.add(sheetId);
  }
  return [...sheetIds];
}

/** From start to end, in whole seconds. Refuses with TIMER_END_OUTSIDE. */
function spanOf(timer: TimerRecord, endsAt: Date, now: Date): Span {
  if (endsAt < timer.startedAt || endsAt > now) {
    const message = 'Choose an end between the start of the timer and now.';
    throw new Refused('TIMER_END_OUTSIDE', message, { field: 'endsAt' });
  }
  return { startsAt: wholeSecond(timer.startedAt), endsAt: wholeSecond(endsAt) };
}

async function partsToKeep(tx: Tx, timer: TimerRecord, span: Span, end: TimerEnd): Promise<Span[]> {
  const { expertId } = timer;
  const others = await findOverlaps(tx.db, expertId, span);
  if (others.length > 0 && !end.trimOverlap) throw await overlapNamed(tx, { ...span, expertId });
  if (!end.keepWhatFits) return subtractSpans(span, others, SHORTEST_SECONDS);
  const waits = await waitsWithin(tx.db, timer.engagementId, span);
  const waited = waits.map(({ beganAt, endedAt }) => ({ startsAt: beganAt, endsAt: endedAt ?? span.endsAt }));
  const parts = subtractSpans(span, [...others, ...waited], SHORTEST_SECONDS);
  return fitting(tx, timer, parts.flatMap(splitAtWeek));
}

/** Cuts parts, each within a week, down to what the cap of their week leaves; weeks that are not held keep nothing. */
async function fitting(tx: Tx, { engagementId }: TimerRecord, parts: readonly Span[]): Promise<Span[]> {
  const engagement = await findEngagement(tx.db, engagementId);
  const kept: Span[] = [];
  const used = new Map<number, number>();
  for (const part of parts) {
    const weekStart = weekOf(part.startsAt).startsAt;
    const week = await lockWeek(tx.db, engagementId, weekStart);
    if (!engagement || week?.state !== 'HELD') continue;
    const before = used.get(weekStart.getTime()) ?? (await countedSecondsOf(tx.db, engagementId, weekStart));
    const cut = cutAfter(part, Math.max(0, engagement.weeklyCapSeconds - before));
    const seconds = (cut.endsAt.getTime() - cut.startsAt.getTime()) / 1000;
    used.set(weekStart.getTime(), before + seconds);
    if (seconds >= SHORTEST_SECONDS) kept.push(cut);
  }
  return kept;
}

function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}
