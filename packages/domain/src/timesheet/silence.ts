import { reviewDueAt } from './timesheet.machine';

/** A line as the clock looks at it. */
export interface WaitingLine {
  readonly state: string;
  /** When silence approves the week; null before it is submitted. */
  readonly reviewDueAt: Date | null;
  /** When the expert answered the lab's question, where there was one. */
  readonly answeredAt: Date | null;
}

/**
 * True where the lab's silence approves a line. An answered line has the days for review again, from the answer on;
 * a questioned line waits for its expert. Silence is never against the expert. Source: product page, main job 6.
 */
export function silenceApproves(line: WaitingLine, now: Date, reviewDays: number): boolean {
  if (!line.reviewDueAt || line.reviewDueAt > now) return false;
  if (line.state === 'SUBMITTED') return true;
  return (
    line.state === 'ANSWERED' && line.answeredAt !== null && reviewDueAt(line.answeredAt, reviewDays) <= now
  );
}
