import { assessLine } from '@tallystick/domain';
import { moneyOf, tallyOf } from '../../../platform/graphql/money.model';
import type { EngagementRecord, WeekRecord } from '../engagement.repository';
import type { Engagement, EngagementWeek } from './engagement.model';

/** An engagement with an hour and a full week worked out. */
export function engagementOf(engagement: EngagementRecord): Engagement {
  const { currency, rateMinorPerHour, weeklyCapSeconds, labFeePpm } = engagement;
  const tally = (seconds: number) =>
    tallyOf(assessLine({ rateMinorPerHour, seconds, terms: engagement }), currency, labFeePpm);
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
