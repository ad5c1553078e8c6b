import {
  assessTime,
  nextWeekOf,
  shownTakeRate,
  weekFunding,
  weekOf,
  type Currency,
} from '@tallystick/domain';
import { moneyOf, tallyOf } from '../../../platform/graphql/money.model';
import { mendPathOf } from '../../eligibility/eligibility.public';
import type { EngagementFacts } from '../engagement.queries';
import type { EngagementRecord, WeekRecord } from '../engagement.repository';
import type { WaitRecord } from '../wait.repository';
import type {
  Engagement,
  EngagementDetail,
  EngagementWait,
  EngagementWeek,
  WeekFunding,
} from './engagement.model';

/** What is done, or read in full, on the lab's page of its money. */
const IN_BILLING: readonly string[] = ['ADD_FUNDS', 'WITHDRAW_DISPUTE'];
const WEEK_MS = 7 * 86_400_000;

/** An engagement with an hour and a full week worked out. */
export function engagementOf(engagement: EngagementRecord): Engagement {
  const { currency, rateMinorPerHour, weeklyCapSeconds } = engagement;
  const tally = (seconds: number) => {
    const amounts = assessTime({ rateMinorPerHour, seconds, terms: engagement });
    return tallyOf(amounts, currency, shownTakeRate(engagement, amounts));
  };
  return {
    ...engagement,
    rate: moneyOf(rateMinorPerHour, currency),
    weeklyCapHours: weeklyCapSeconds / 3600,
    hour: tally(3600),
    week: tally(weeklyCapSeconds),
  };
}

/** A week with what it holds. */
export function weekRowOf(week: WeekRecord): EngagementWeek {
  return { ...week, held: moneyOf(week.heldMinor, week.currency) };
}

/** An engagement with its weeks and how this week and the next are funded, as one side reads it. */
export function engagementDetailOf(
  found: EngagementFacts,
  side: 'lab' | 'expert',
  now: Date,
): EngagementDetail {
  const { engagement, weeks, wait } = found;
  const fundingIn = (weekStart: Date) => fundingOf(found, weekStart, side, now);
  return {
    ...engagementOf(engagement),
    weeks: weeks.map(weekRowOf),
    wait: wait ? waitOf(wait, side) : null,
    thisWeekFunding: fundingIn(weekOf(now).startsAt),
    nextWeekFunding: fundingIn(nextWeekOf(now).startsAt),
  };
}

/** Why work waits, in the words for one side. */
function waitOf(
  { gate, beganAt: since, forLab, forExpert }: WaitRecord,
  side: 'lab' | 'expert',
): EngagementWait {
  return side === 'lab'
    ? { gate, since, sentence: forLab, mendPath: null }
    : { gate, since, sentence: forExpert, mendPath: mendPathOf(gate) };
}

function fundingOf(
  { engagement, weeks, wait, stop }: EngagementFacts,
  weekStart: Date,
  side: 'lab' | 'expert',
  now: Date,
): WeekFunding {
  const { rateMinorPerHour, weeklyCapSeconds: seconds, currency, startsOn, endsAt, state } = engagement;
  const week = weeks.find((each) => each.weekStart.getTime() === weekStart.getTime());
  const full = assessTime({ rateMinorPerHour, seconds, terms: engagement }).priceMinor;
  const minor = week && week.state !== 'FAILED' ? week.heldMinor : full;
  const amount = { minor, currency: currency as Currency };
  const isEnded = state === 'ENDED';
  const isWaiting = wait !== undefined && wait.beganAt.getTime() < weekStart.getTime() + WEEK_MS;
  const facts = { weekStart, stored: week?.state, amount, startsOn, endsAt, isEnded, isWaiting, stop };
  const found = weekFunding(facts, side, now);
  return {
    weekStart,
    state: found.state,
    action: found.action,
    sentence: found.sentence,
    amount: moneyOf(minor, currency),
    actionPath: IN_BILLING.includes(found.action) ? '/lab/billing' : null,
    triedAt: found.triedAt ?? null,
  };
}
