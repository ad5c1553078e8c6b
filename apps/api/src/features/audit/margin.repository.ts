import { Prisma, type Db } from '../../platform/prisma/database';
import { conditionOf, type MoneyFilter } from './money-filter.repository';
import { coverage } from './paid-line.repository';

/** What the platform kept of a lab's money in a month, and what the rail took of that; minor units. */
export interface MarginRecord {
  /** The first of the month, UTC. */
  readonly month: Date;
  /** Null for what belongs to no one lab. */
  readonly labId: string | null;
  readonly labName: string | null;
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly feeMinor: bigint;
  /** Taken by the rail of money that came in, of disputes, and what names no payout: that belongs to no lab. */
  readonly railInMinor: bigint;
  /** Taken by the rail of payouts, where the platform bears it. */
  readonly railOutMinor: bigint;
}

const VALUE = {
  price: Prisma.sql`CASE WHEN d.kind = 'lab_prepaid' AND k.kind IN ('expert_payable', 'platform_fee') THEN p.amount
    WHEN k.kind = 'lab_prepaid' AND d.kind IN ('expert_payable', 'platform_fee') THEN -p.amount ELSE 0 END`,
  fee: Prisma.sql`CASE WHEN k.kind = 'platform_fee' THEN p.amount WHEN d.kind = 'platform_fee' THEN -p.amount ELSE 0 END`,
  // The fee of a payout is in what payouts cost.
  rail: Prisma.sql`CASE WHEN t.kind = 'payout-fee' THEN 0 WHEN d.kind = 'rail_fee_expense' THEN p.amount WHEN k.kind = 'rail_fee_expense' THEN -p.amount ELSE 0 END`,
};

/**
 * From the ledger: prices, fees and what the rail took of money that came in, by the lab that is on the same ledger
 * transaction, or whose payment or dispute it is about. From payouts: what the rail took, in the currency in which it took
 * it, divided among the labs whose lines they pay so that the parts are the whole; what pays no line belongs to no lab.
 */
function margins({ labId, currency, ...filter }: MoneyFilter): Prisma.Sql {
  const at = Prisma.sql`t.effective_at`;
  const moved = conditionOf({ ...filter, currency }, { currency: Prisma.sql`p.currency`, at });
  const asked = conditionOf(
    { labId, currency },
    { lab: Prisma.sql`m.lab_id`, currency: Prisma.sql`m.currency`, at },
  );
  return Prisma.sql`
    WITH covered AS (
      SELECT v.*, sum(v.covered) OVER (PARTITION BY v.payout_id ORDER BY v.charged_at, v.charge_id) AS so_far FROM (${coverage(filter)}) v),
    shared AS (
      SELECT payout_id, paid_at, fee_currency AS currency, lab_id, rail_fee, amount,
        round(rail_fee * so_far / amount) - round(rail_fee * (so_far - covered) / amount) AS part FROM covered),
    parts AS (
      SELECT date_trunc('month', t.effective_at, 'UTC') AS month,
        coalesce(max(CASE WHEN d.kind LIKE 'lab%' THEN d.owner_id WHEN k.kind LIKE 'lab%' THEN k.owner_id END::text)::uuid,
          max(f.lab_id::text)::uuid, max(x.lab_id::text)::uuid) AS lab_id,
        p.currency::text AS currency, sum(${VALUE.price}) AS price, sum(${VALUE.fee}) AS fee, sum(${VALUE.rail}) AS rail_in, 0::numeric AS rail_out
      FROM ledger.ledger_transaction t
      JOIN ledger.posting p ON p.transaction_id = t.id AND p.phase IN ('S', 'C')
      JOIN ledger.account d ON d.id = p.debit_account JOIN ledger.account k ON k.id = p.credit_account
      LEFT JOIN funding f ON f.id = t.subject_id LEFT JOIN lab_dispute x ON x.id = t.subject_id
      WHERE ${moved} GROUP BY t.id, t.effective_at, p.currency
      UNION ALL SELECT date_trunc('month', paid_at, 'UTC'), lab_id, currency, 0, 0, 0, part FROM shared
      UNION ALL SELECT date_trunc('month', paid_at, 'UTC'), NULL, currency, 0, 0, 0, max(rail_fee) - sum(part) FROM shared GROUP BY payout_id, paid_at, currency)
    SELECT m.month, m.lab_id, m.currency, sum(m.price)::bigint AS price, sum(m.fee)::bigint AS fee, sum(m.rail_in)::bigint AS rail_in,
      sum(m.rail_out)::bigint AS rail_out
    FROM parts m WHERE ${asked} GROUP BY 1, 2, 3
    HAVING bool_or(m.price <> 0 OR m.fee <> 0 OR m.rail_in <> 0 OR m.rail_out <> 0)`;
}

/** Margins by month, lab and currency, newest month first, after a key of (month, lab, currency). */
export async function listMargins(
  db: Db,
  filter: MoneyFilter,
  limit: number,
  after?: readonly string[],
): Promise<MarginRecord[]> {
  const [month, lab, currency] = after ?? [];
  const rest =
    month === undefined
      ? Prisma.empty
      : Prisma.sql`WHERE g.month < ${new Date(month)} OR (g.month = ${new Date(month)} AND (coalesce(g.lab_id::text, ''), g.currency) > (${lab}, ${currency}))`;
  return db.$queryRaw<MarginRecord[]>`
    SELECT g.month, g.lab_id AS "labId", (SELECT l.name FROM lab l WHERE l.id = g.lab_id) AS "labName", g.currency, g.price AS "priceMinor",
      g.fee AS "feeMinor", g.rail_in AS "railInMinor", g.rail_out AS "railOutMinor"
    FROM (${margins(filter)}) g ${rest} ORDER BY g.month DESC, coalesce(g.lab_id::text, ''), g.currency LIMIT ${limit}`;
}

/** How many rows there are. */
export async function countMargins(db: Db, filter: MoneyFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM (${margins(filter)}) g`;
  return row?.n ?? 0;
}
