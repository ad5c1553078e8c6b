import {
  assessTime,
  dayWords,
  engagementMachine,
  formatAmount,
  move,
  STOPPED_FOR_EXPERT,
  type Currency,
} from '@tallystick/domain';
import type { Tx } from '../../platform/prisma/transaction';
import { holdWeek, releaseHold, weeksStoppedBy } from '../billing/billing.public';
import { notify } from '../notification/notification.public';
import { openWaits } from './wait.repository';
import { endWait } from './waits';
import {
  findEngagement,
  insertWeek,
  lockWeek,
  moveEngagement,
  updateWeek,
  type EngagementRecord,
  type WeekRecord,
} from './engagement.repository';

/** The price of a full week, minor units: what is held before it begins. */
export function weekPrice(engagement: EngagementRecord): bigint {
  const { rateMinorPerHour, weeklyCapSeconds } = engagement;
  return assessTime({ rateMinorPerHour, seconds: weeklyCapSeconds, terms: engagement }).priceMinor;
}

/** Opens a week and holds its money; both sides are told where the balance does not cover it. */
export async function openWeek(tx: Tx, engagement: EngagementRecord, weekStart: Date): Promise<boolean> {
  const { id: engagementId, labId, expertId, currency } = engagement;
  if (!(await lockWeek(tx.db, engagementId, weekStart))) {
    await insertWeek(tx.db, {
      id: tx.newId(),
      engagementId,
      labId,
      expertId,
      weekStart,
      state: 'FAILED',
      currency,
      heldMinor: 0n,
      createdAt: tx.now,
    });
  }
  return tryHold(tx, engagement, weekStart, true);
}

/** Tries to hold a week whose money is not there yet. Returns whether it is held now. */
export async function tryHold(
  tx: Tx,
  engagement: EngagementRecord,
  weekStart: Date,
  isFirst: boolean,
): Promise<boolean> {
  const week = await lockWeek(tx.db, engagement.id, weekStart);
  if (!week) return false;
  if (week.state !== 'FAILED') return true;
  const priceMinor = weekPrice(engagement);
  const postingId = await holdWeek(
    tx,
    { weekId: week.id, labId: week.labId, currency: week.currency },
    priceMinor,
    week.version,
  );
  if (postingId === undefined) {
    if (isFirst) await sayItFailed(tx, engagement, week, priceMinor);
    return false;
  }
  await updateWeek(tx.db, week, {
    state: 'HELD',
    heldMinor: priceMinor,
    holdPostingId: postingId,
    failureReason: null,
  });
  tx.record({
    subjectType: 'engagement-week',
    subjectId: week.id,
    from: 'FAILED',
    to: 'HELD',
    facts: { priceMinor, weekStart },
    labId: week.labId,
    expertId: week.expertId,
  });
  const fresh = await findEngagement(tx.db, engagement.id);
  if (fresh?.state === 'BLOCKED_FUNDING') {
    await moveTo(tx, fresh, 'FUNDED');
    await notify(
      tx,
      { expertId: week.expertId },
      {
        kind: 'FUNDED',
        title: 'Your week is funded',
        body: 'The money is held. You can work again.',
        link: `/expert/engagements/${engagement.id}`,
      },
    );
  }
  return true;
}

async function sayItFailed(
  tx: Tx,
  engagement: EngagementRecord,
  week: WeekRecord,
  priceMinor: bigint,
): Promise<void> {
  const amount = formatAmount({ minor: priceMinor, currency: engagement.currency as Currency });
  const stop = await weeksStoppedBy(tx.db, week.labId);
  await updateWeek(tx.db, week, {
    failureReason: stop ? STOPPED_FOR_EXPERT : `The balance does not cover ${amount}.`,
  });
  tx.record({
    subjectType: 'engagement-week',
    subjectId: week.id,
    to: 'FAILED',
    facts: { priceMinor, weekStart: week.weekStart },
    labId: week.labId,
    expertId: week.expertId,
  });
  const day = dayWords(week.weekStart);
  if (engagement.state === 'ACTIVE' && week.weekStart <= tx.now) await moveTo(tx, engagement, 'HOLD_FAILED');
  await notify(
    tx,
    { labId: week.labId, roles: ['OWNER', 'MANAGER', 'FINANCE'] },
    {
      kind: 'HOLD_FAILED',
      title: `The week of ${day} is not funded`,
      body: stop
        ? `${stop.sentence} Until then the expert cannot work in this week, and is told so.`
        : `${amount} could not be held. Add funds: until then the expert cannot work, and is told so.`,
      link: '/lab/billing',
    },
  );
  await notify(
    tx,
    { expertId: week.expertId },
    {
      kind: 'HOLD_FAILED',
      title: `The week of ${day} is not funded yet`,
      body: `${stop ? STOPPED_FOR_EXPERT : 'The lab was asked to add funds.'} Do not work in this week before it is funded; what you worked before is paid.`,
      link: `/expert/engagements/${engagement.id}`,
    },
  );
}

/** Moves an engagement on and journals it. */
export async function moveTo(
  tx: Tx,
  engagement: EngagementRecord,
  event: 'HOLD_FAILED' | 'FUNDED' | 'GIVE_NOTICE' | 'END',
  more: { noticeGivenAt?: Date; endsAt?: Date; endReason?: string } = {},
): Promise<void> {
  const moved = move(engagementMachine, engagement.state, event);
  if (!moved.ok) return;
  if (!(await moveEngagement(tx.db, engagement, { state: moved.value, ...more })))
    throw new Error('the engagement moved meanwhile');
  const { id, labId, expertId, state } = engagement;
  tx.record({
    subjectType: 'engagement',
    subjectId: id,
    from: state,
    to: moved.value,
    facts: { endsAt: more.endsAt ?? null },
    words: more.endReason ? { reason: more.endReason } : undefined,
    labId,
    expertId,
  });
  // Exclusive work binds as long as it runs: the index must know when it ends.
  if (moved.value !== 'ENDED') return;
  tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId } });
  for (const wait of await openWaits(tx.db, [id])) await endWait(tx, wait);
}

/** What a charge needs of its week: the hold, locked. Undefined where the week holds nothing. */
export async function lockHeldWeek(
  tx: Tx,
  engagementId: string,
  weekStart: Date,
): Promise<(WeekRecord & { holdPostingId: bigint }) | undefined> {
  const week = await lockWeek(tx.db, engagementId, weekStart);
  return week?.state === 'HELD' && week.holdPostingId !== null
    ? { ...week, holdPostingId: week.holdPostingId }
    : undefined;
}

/** Notes what a week still holds after a charge. */
export async function noteRest(
  tx: Tx,
  week: WeekRecord,
  heldMinor: bigint,
  holdPostingId: bigint | undefined,
): Promise<void> {
  await updateWeek(tx.db, week, {
    heldMinor,
    holdPostingId: holdPostingId ?? null,
    ...(holdPostingId === undefined && { state: 'SETTLED', settledAt: tx.now }),
  });
}

/** Gives back what a week that is done still holds. */
export async function settleWeek(tx: Tx, week: WeekRecord): Promise<void> {
  const locked = await lockHeldWeek(tx, week.engagementId, week.weekStart);
  if (!locked) return;
  await releaseHold(
    tx,
    { weekId: week.id, labId: week.labId, currency: week.currency },
    locked.holdPostingId,
  );
  await updateWeek(tx.db, locked, {
    state: 'SETTLED',
    heldMinor: 0n,
    holdPostingId: null,
    settledAt: tx.now,
  });
  tx.record({
    subjectType: 'engagement-week',
    subjectId: week.id,
    from: 'HELD',
    to: 'SETTLED',
    facts: { releasedMinor: locked.heldMinor },
    labId: week.labId,
    expertId: week.expertId,
  });
}
