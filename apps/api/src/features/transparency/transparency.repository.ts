import { Prisma, type Db } from '../../platform/prisma/database';

/** People below which no figure leaves the database: fewer could be told apart. Source: the product's page on the rate card. */
export const FEWEST_PEOPLE = 5;

/** What an hour really paid, minor units, as the median over people. */
export interface RealisedRow {
  /** The rung, or the opening's id. */
  readonly key: string;
  readonly currency: string;
  readonly people: number;
  readonly medianMinor: bigint;
}

/** Sums of charges of one currency, minor units. price = pay + fee. */
export interface ChargedRow {
  readonly currency: string;
  readonly lines: number;
  readonly agreedMinor: bigint;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
}

export interface ChargedMonthRow extends ChargedRow {
  /** Year-month, UTC. */
  readonly month: string;
}

/**
 * Realised hourly rates: for each person the pay of their charged weeks divided by all time logged in them, then the
 * median over people. Weeks that are not settled yet are left out, as their pay is not known.
 */
async function realised(db: Db, key: Prisma.Sql, where: Prisma.Sql, since: Date): Promise<RealisedRow[]> {
  return db.$queryRaw<RealisedRow[]>`
    WITH person AS (
      SELECT ${key} AS key, e.currency, e.expert_id, sum(paid.minor) * 3600 / nullif(sum(logged.seconds), 0) AS rate
      FROM timesheet s
      JOIN engagement e ON e.id = s.engagement_id
      JOIN opening o ON o.id = e.opening_id
      JOIN project p ON p.id = o.project_id
      CROSS JOIN LATERAL (SELECT coalesce(sum(c.pay_minor), 0) AS minor FROM charge c WHERE c.timesheet_id = s.id) paid
      CROSS JOIN LATERAL (
        SELECT sum(extract(epoch FROM t.ends_at - t.starts_at)) AS seconds FROM time_entry t
        WHERE t.timesheet_id = s.id AND t.state <> 'VOIDED') logged
      WHERE s.state = 'CHARGED' AND s.week_start >= ${since} AND ${where}
      GROUP BY 1, 2, 3)
    SELECT key::text AS key, currency, count(*)::int AS people,
      round(percentile_cont(0.5) WITHIN GROUP (ORDER BY rate))::bigint AS "medianMinor"
    FROM person WHERE rate IS NOT NULL GROUP BY key, currency HAVING count(*) >= ${FEWEST_PEOPLE} ORDER BY 1, 2`;
}

/** Realised rates by rung, of one kind of work or of all. */
export async function realisedByRung(db: Db, since: Date, taskFamily?: string): Promise<RealisedRow[]> {
  const where = taskFamily === undefined ? Prisma.sql`true` : Prisma.sql`p.task_family = ${taskFamily}`;
  return realised(db, Prisma.sql`o.rung`, where, since);
}

/** Realised rates by opening. */
export async function realisedByOpening(db: Db, since: Date, ids: readonly string[]): Promise<RealisedRow[]> {
  if (ids.length === 0) return [];
  return realised(db, Prisma.sql`o.id`, Prisma.sql`o.id = ANY(${[...ids]}::uuid[])`, since);
}

/** Sums of what was charged in a span, over all labs, the currency with most lines first. */
export async function chargedBetween(db: Db, from: Date, to: Date): Promise<ChargedRow[]> {
  return db.$queryRaw<ChargedRow[]>`
    SELECT currency, count(*)::int AS lines, ${SUMS} FROM charge
    WHERE charged_at >= ${from} AND charged_at < ${to} GROUP BY currency ORDER BY 2 DESC, 1`;
}

/** The same by UTC month, newest first; months of fewer lines than may be shown are left out. */
export async function chargedByMonth(db: Db, since: Date): Promise<ChargedMonthRow[]> {
  return db.$queryRaw<ChargedMonthRow[]>`
    SELECT to_char(charged_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, currency, count(*)::int AS lines, ${SUMS} FROM charge
    WHERE charged_at >= ${since} GROUP BY 1, 2 HAVING count(*) >= ${FEWEST_PEOPLE} ORDER BY 1 DESC, 2`;
}

const SUMS = Prisma.sql`sum(agreed_minor)::bigint AS "agreedMinor", sum(price_minor)::bigint AS "priceMinor",
  sum(pay_minor)::bigint AS "payMinor", sum(fee_minor)::bigint AS "feeMinor"`;
