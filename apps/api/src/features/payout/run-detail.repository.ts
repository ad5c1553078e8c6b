// What became of one run, in a few statements that read the payouts of the run by its index.
import type { Db } from '../../platform/prisma/database';

/** Payouts of a run in one currency and state. */
export interface RunStateSum {
  readonly currency: string;
  readonly state: string;
  readonly count: number;
  readonly amountMinor: bigint;
  /** Those that took more than one attempt, and all their attempts beyond the first. */
  readonly retried: number;
  readonly retries: number;
}

/** What a gate of a run holds in a currency. A payout that several gates hold counts at each. */
export interface RunGateSum {
  readonly gate: string;
  readonly currency: string;
  readonly count: number;
  readonly amountMinor: bigint;
}

/** How long money took from the request to the bank, seconds, and how the promised day was kept. */
export interface RunTimes {
  readonly paid: number;
  readonly medianSeconds: number | null;
  readonly p95Seconds: number | null;
  readonly slowestSeconds: number | null;
  readonly slowestPayoutId: string | null;
  /** In the bank by the promised day, and after it. */
  readonly onTime: number;
  readonly late: number;
  /** Not in the bank although the promised day is over. */
  readonly overdue: number;
}

/** A person who approved payouts of a run. */
export interface RunApprover {
  readonly name: string;
  readonly count: number;
}

/** Payouts of a run by currency and state. */
export async function sumsOfRun(db: Db, runId: string): Promise<RunStateSum[]> {
  return db.$queryRaw<RunStateSum[]>`
    SELECT currency, state, count(*)::int AS count, sum(amount_minor)::bigint AS "amountMinor",
      (count(*) FILTER (WHERE attempt > 1))::int AS retried, sum(attempt - 1)::int AS retries
    FROM payout WHERE run_id = ${runId}::uuid GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** What waits of a run, by gate and currency, the most money first. */
export async function gatesOfRun(db: Db, runId: string): Promise<RunGateSum[]> {
  return db.$queryRaw<RunGateSum[]>`
    SELECT b.gate, p.currency, count(*)::int AS count, sum(p.amount_minor)::bigint AS "amountMinor"
    FROM payout p CROSS JOIN LATERAL (SELECT DISTINCT each->>'gate' AS gate FROM jsonb_array_elements(p.blocks) each) b
    WHERE p.run_id = ${runId}::uuid AND p.state = 'GATED' GROUP BY 1, 2 ORDER BY 4 DESC, 1, 2`;
}

/** How long the payouts of a run took, and whether promises were kept; days are days of UTC. */
export async function timesOfRun(db: Db, runId: string, now: Date): Promise<RunTimes> {
  const [row] = await db.$queryRaw<RunTimes[]>`
    WITH own AS (
      SELECT id, state, promised_on, paid_at, extract(epoch FROM paid_at - requested_at)::float8 AS took
      FROM payout WHERE run_id = ${runId}::uuid AND requested_at IS NOT NULL)
    SELECT (count(*) FILTER (WHERE paid_at IS NOT NULL))::int AS paid,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY took) AS "medianSeconds",
      percentile_cont(0.95) WITHIN GROUP (ORDER BY took) AS "p95Seconds",
      max(took) AS "slowestSeconds", (SELECT id FROM own WHERE took IS NOT NULL ORDER BY took DESC, id LIMIT 1) AS "slowestPayoutId",
      (count(*) FILTER (WHERE (paid_at AT TIME ZONE 'UTC')::date <= promised_on))::int AS "onTime",
      (count(*) FILTER (WHERE (paid_at AT TIME ZONE 'UTC')::date > promised_on))::int AS late,
      (count(*) FILTER (WHERE paid_at IS NULL AND state <> 'GATED' AND promised_on < (${now}::timestamptz AT TIME ZONE 'UTC')::date))::int AS overdue
    FROM own`;
  if (!row) throw new Error('the times of a run gave no row');
  return row;
}

/** Who approved payouts of a run, by name. */
export async function approversOfRun(db: Db, runId: string, action: string): Promise<RunApprover[]> {
  return db.$queryRaw<RunApprover[]>`
    SELECT a.name, count(DISTINCT p.id)::int AS count
    FROM payout p JOIN approval_request r ON r.subject_id = p.id AND r.action = ${action}
    JOIN approval_decision d ON d.request_id = r.id AND d.decision = 'APPROVE' JOIN account a ON a.id = d.approver_id
    WHERE p.run_id = ${runId}::uuid GROUP BY a.id, a.name ORDER BY 2 DESC, 1`;
}

/** One run. */
export async function findRun(db: Db, id: string) {
  return db.payoutRun.findUnique({ where: { id } });
}
