import type { Db } from '../../platform/prisma/database';
import { findEngagements, openWaits, type EngagementRecord } from '../engagement/engagement.public';
import type { WeekState } from './sheet.repository';
import type { Sheet } from './sheets';

/** One engagement in the expert's week. */
export interface GridRow {
  readonly engagement: EngagementRecord;
  /** HELD, FAILED or SETTLED: only in a held week can time be logged. */
  readonly holdState: string;
  readonly failureReason: string | null;
  /** Why the work waits now, so that no time can be logged; null where it does not. */
  readonly waitReason: string | null;
  /** Seconds that count so far, all sheets of the week together. */
  readonly loggedSeconds: number;
  readonly leftSeconds: number;
  /** From 90 % of the cap on. */
  readonly isNearCap: boolean;
  readonly sheets: Sheet[];
}

/** The rows of a week, one an engagement, in the order of their signing. */
export async function gridRows(
  db: Db,
  found: { states: readonly WeekState[]; sheets: readonly Sheet[]; logged: ReadonlyMap<string, number> },
  now: Date,
): Promise<GridRow[]> {
  const states = new Map(found.states.map((each) => [each.engagementId, each]));
  const engagements = await findEngagements(db, [...states.keys()]);
  const waits = (await openWaits(db, [...states.keys()])).filter(({ beganAt }) => beganAt <= now);
  const reasons = new Map(waits.map(({ engagementId, forExpert }) => [engagementId, forExpert]));
  return engagements
    .sort((a, b) => a.signedAt.getTime() - b.signedAt.getTime() || (a.id < b.id ? -1 : 1))
    .map((engagement) => {
      const week = states.get(engagement.id);
      const loggedSeconds = found.logged.get(engagement.id) ?? 0;
      const { weeklyCapSeconds } = engagement;
      return {
        engagement,
        holdState: week?.state ?? 'FAILED',
        failureReason: week?.failureReason ?? null,
        waitReason: reasons.get(engagement.id) ?? null,
        loggedSeconds,
        leftSeconds: Math.max(0, weeklyCapSeconds - loggedSeconds),
        isNearCap: loggedSeconds >= 0.9 * weeklyCapSeconds,
        sheets: found.sheets.filter(({ engagementId }) => engagementId === engagement.id),
      };
    });
}
