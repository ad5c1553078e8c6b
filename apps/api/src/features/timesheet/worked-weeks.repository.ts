import type { Db } from '../../platform/prisma/database';

/** What an expert's charged weeks in one family of tasks say. */
export interface WorkedRecord {
  readonly expertId: string;
  readonly family: string;
  /** Weeks approved as logged, and those of which less was agreed on; older ones count less. */
  readonly passed: number;
  readonly reduced: number;
  /** All of them, each counted whole. */
  readonly weeks: number;
  /** Those that were handed in in time, each counted whole. */
  readonly inTime: number;
}

/**
 * The charged weeks of everybody, by expert and family of tasks.
 * @param halfLifeDays a week counts half as much after so many days
 * @param timelyDays handed in within so many days of its end, a week is in time
 */
export async function workedWeeks(
  db: Db,
  now: Date,
  { halfLifeDays, timelyDays }: { halfLifeDays: number; timelyDays: number },
): Promise<WorkedRecord[]> {
  return db.$queryRaw<WorkedRecord[]>`
    WITH week AS (
      SELECT t.expert_id, p.task_family AS family,
        power(0.5, floor(greatest(0, extract(epoch FROM ${now}::timestamptz - t.week_start) / 86400)) / ${halfLifeDays}::float8) AS weight,
        EXISTS (SELECT FROM line_question q WHERE q.timesheet_id = t.id AND q.resolution = 'ACCEPTED') AS is_reduced,
        t.submitted_at <= t.week_start + make_interval(days => 7 + ${timelyDays}::int) AS is_in_time
      FROM timesheet t JOIN engagement e ON e.id = t.engagement_id JOIN project p ON p.id = e.project_id
      WHERE t.state = 'CHARGED' AND t.sheet_number = 1
    )
    SELECT expert_id AS "expertId", family, count(*)::int AS weeks,
      coalesce(sum(weight) FILTER (WHERE NOT is_reduced), 0)::float8 AS passed,
      coalesce(sum(weight) FILTER (WHERE is_reduced), 0)::float8 AS reduced,
      count(*) FILTER (WHERE is_in_time)::int AS "inTime"
    FROM week GROUP BY expert_id, family ORDER BY expert_id, family`;
}
