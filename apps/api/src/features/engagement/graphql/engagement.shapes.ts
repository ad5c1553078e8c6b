import {
  assessTime,
  nextWeekOf,
  shownTakeRate,
  weekFunding,
  weekOf,
  type Currency,
} from '@tallystick/domain';
import { moneyOf, tallyOf } from '../../../platform/graphql/money.model';
import type { EngagementRecord, WeekRecord } from '../engagement.repository';
import type { Engagement, EngagementDetail, EngagementWeek, WeekFunding } from './engagement.model';

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
  engagement: EngagementRecord,
  weeks: readonly WeekRecord[],
  side: 'lab' | 'expert',
  now: Date,
): EngagementDetail {
  return {
    ...engagementOf(engagement),
    weeks: weeks.map(weekRowOf),
    thisWeekFunding: fundingOf(engagement, weeks, weekOf(now).startsAt, side, now),
    nextWeekFunding: fundingOf(engagement, weeks, nextWeekOf(now).startsAt, side, now),
  };
}

function fundingOf(
  engagement: EngagementRecord,
  weeks: readonly WeekRecord[],
  weekStart: Date,
  side: 'lab' | 'expert',
  now: Date,
): WeekFunding {
  const { rateMinorPerHour, weeklyCapSeconds: seconds, currency, startsOn, endsAt, state } = engagement;
  const week = weeks.find((each) => each.weekStart.getTime() === weekStart.getTime());
  const full = assessTime({ rateMinorPerHour, seconds, terms: engagement }).priceMinor;
  const minor = week && week.state !== 'FAILED' ? week.heldMinor : full;
  const amount = { minor, currency: currency as Currency };
  const facts = { weekStart, stored: week?.state, amount, startsOn, endsAt, isEnded: state === 'ENDED' };
  const found = weekFunding(facts, side, now);
  return {
    weekStart,
    state: found.state,
    action: found.action,
    sentence: found.sentence,
    amount: moneyOf(minor, currency),
    actionPath: found.action === 'ADD_FUNDS' ? '/lab/billing' : null,
    triedAt: found.triedAt ?? null,
  };
}
