import { Prisma, type Db } from '../../platform/prisma/database';
import { conditionOf, type MoneyFilter, type Period } from './money-filter.repository';

/** By what take rates are told apart. */
export type KeptBy = 'LAB' | 'EXPERT' | 'PROJECT' | 'POLICY';

/** What the platform kept of the charges of a period, of one lab (expert, project, policy) and currency. */
export interface TakeRatePeriodRecord {
  /** Where the period begins, UTC. */
  readonly at: Date;
  readonly key: string;
  readonly name: string;
  readonly currency: string;
  readonly lines: number;
  readonly priceMinor: bigint;
  readonly agreedMinor: bigint;
  readonly feeMinor: bigint;
  /** Of the lines, parts per million of agreed pay. */
  readonly medianPpm: number;
  readonly p95Ppm: number;
  readonly policyIds: string[];
}

const COLUMNS = {
  lab: Prisma.sql`c.lab_id`,
  expert: Prisma.sql`c.expert_id`,
  currency: Prisma.sql`c.currency`,
  at: Prisma.sql`c.charged_at`,
};

/** The column of each key and where its name stands. */
const KEYS: Readonly<Record<KeptBy, { column: Prisma.Sql; name: Prisma.Sql }>> = {
  LAB: { column: Prisma.sql`c.lab_id`, name: Prisma.sql`(SELECT n.name FROM lab n WHERE n.id = g.key)` },
  EXPERT: {
    column: Prisma.sql`c.expert_id`,
    name: Prisma.sql`(SELECT n.display_name FROM expert n WHERE n.id = g.key)`,
  },
  PROJECT: {
    column: Prisma.sql`c.project_id`,
    name: Prisma.sql`(SELECT n.title FROM project n WHERE n.id = g.key)`,
  },
  POLICY: {
    column: Prisma.sql`c.take_rate_policy_id`,
    name: Prisma.sql`(SELECT n.scope FROM take_rate_policy n WHERE n.id = g.key)`,
  },
};

const RATE = Prisma.sql`CASE WHEN c.agreed_minor = 0 THEN NULL ELSE (c.fee_minor * 1000000 / c.agreed_minor)::int END`;

function grouped(filter: MoneyFilter, period: Period, by: KeptBy): Prisma.Sql {
  return Prisma.sql`
    SELECT date_trunc(${period}, c.charged_at, 'UTC') AS at, ${KEYS[by].column} AS key, c.currency, count(*)::int AS lines,
      sum(c.price_minor)::bigint AS price, sum(c.agreed_minor)::bigint AS agreed, sum(c.fee_minor)::bigint AS fee,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY ${RATE}) AS median, percentile_disc(0.95) WITHIN GROUP (ORDER BY ${RATE}) AS p95,
      array_agg(DISTINCT c.take_rate_policy_id) AS policies
    FROM charge c WHERE ${conditionOf(filter, COLUMNS)} GROUP BY 1, 2, 3`;
}

/** What was kept, by period and key, newest period first, after a key of (at, key, currency). */
export async function listTakeRatePeriods(
  db: Db,
  filter: MoneyFilter,
  { period, by }: { readonly period: Period; readonly by: KeptBy },
  limit: number,
  after?: readonly string[],
): Promise<TakeRatePeriodRecord[]> {
  const [at, key, currency] = after ?? [];
  const rest =
    at === undefined
      ? Prisma.empty
      : Prisma.sql`WHERE g.at < ${new Date(at)} OR (g.at = ${new Date(at)} AND (g.key, g.currency) > (${key}::uuid, ${currency}))`;
  return db.$queryRaw<TakeRatePeriodRecord[]>`
    SELECT g.at, g.key, coalesce(${KEYS[by].name}, '') AS name, g.currency, g.lines, g.price AS "priceMinor", g.agreed AS "agreedMinor",
      g.fee AS "feeMinor", coalesce(g.median, 0) AS "medianPpm", coalesce(g.p95, 0) AS "p95Ppm", g.policies AS "policyIds"
    FROM (${grouped(filter, period, by)}) g ${rest} ORDER BY g.at DESC, g.key, g.currency LIMIT ${limit}`;
}

/** How many rows there are. */
export async function countTakeRatePeriods(
  db: Db,
  filter: MoneyFilter,
  { period, by }: { readonly period: Period; readonly by: KeptBy },
): Promise<number> {
  const [row] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (SELECT DISTINCT date_trunc(${period}, c.charged_at, 'UTC'), ${KEYS[by].column}, c.currency
      FROM charge c WHERE ${conditionOf(filter, COLUMNS)}) found`;
  return row?.n ?? 0;
}

/** The keys of most agreed pay in the filter's time, for a picture: at most so many. */
export async function largestKeys(db: Db, filter: MoneyFilter, by: KeptBy, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ key: string }[]>`
    SELECT ${KEYS[by].column} AS key FROM charge c WHERE ${conditionOf(filter, COLUMNS)}
    GROUP BY 1 ORDER BY sum(c.agreed_minor) DESC, 1 LIMIT ${limit}`;
  return rows.map(({ key }) => key);
}

/** Periods of a few keys, oldest first, for a picture; the newest 520. */
export async function periodsOf(
  db: Db,
  filter: MoneyFilter,
  { period, by }: { readonly period: Period; readonly by: KeptBy },
  keys: readonly string[],
): Promise<TakeRatePeriodRecord[]> {
  const rows = await db.$queryRaw<TakeRatePeriodRecord[]>`
    SELECT g.at, g.key, coalesce(${KEYS[by].name}, '') AS name, g.currency, g.lines, g.price AS "priceMinor", g.agreed AS "agreedMinor",
      g.fee AS "feeMinor", coalesce(g.median, 0) AS "medianPpm", coalesce(g.p95, 0) AS "p95Ppm", g.policies AS "policyIds"
    FROM (${grouped(filter, period, by)}) g WHERE g.key = ANY(${[...keys]}::uuid[]) ORDER BY g.at DESC LIMIT 520`;
  return rows.reverse();
}
