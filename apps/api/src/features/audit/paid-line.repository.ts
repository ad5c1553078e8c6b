import { Prisma, type Db } from '../../platform/prisma/database';
import { conditionOf, type MoneyFilter, type Period } from './money-filter.repository';

/** A charged line that a payout has paid whole, and how long that took. */
export interface PaidLineRecord {
  readonly chargeId: string;
  readonly payoutId: string;
  readonly labId: string;
  readonly labName: string;
  readonly expertId: string;
  readonly expertName: string;
  readonly currency: string;
  readonly payMinor: bigint;
  readonly chargedAt: Date;
  readonly paidAt: Date;
  readonly seconds: number;
  readonly chargeTransactionId: string;
  readonly payoutTransactionId: string | null;
}

/** How long payment took in a period. */
export interface TimeToPaidRecord {
  /** Where the period of payment begins, UTC. */
  readonly at: Date;
  readonly currency: string;
  readonly lines: number;
  readonly medianSeconds: number;
  readonly p90Seconds: number;
  readonly mostSeconds: number;
}

/**
 * Which charged lines each payout of a time pays, and how much of each, by the rule of the product: what was earned
 * first is paid first, in the order in which payouts were asked for. Minor units; what the rail took is in the currency in
 * which it took it, as in the ledger, and converted nowhere.
 */
export function coverage({ expertId, currency, from, to }: MoneyFilter): Prisma.Sql {
  const paid = Prisma.sql`state = 'PAID' AND ${conditionOf(
    { expertId, currency, from, to },
    { expert: Prisma.sql`expert_id`, currency: Prisma.sql`currency`, at: Prisma.sql`paid_at` },
  )}`;
  return Prisma.sql`
    SELECT s.id AS payout_id, s.paid_at, s.amount_minor AS amount, s.rail_fee, s.fee_currency, s.ledger_transaction_id AS payout_transaction_id,
      e.id AS charge_id, e.lab_id, s.expert_id, s.currency, e.pay_minor, e.charged_at, e.ledger_transaction_id AS charge_transaction_id,
      least(e.upto, s.upto) - greatest(e.upto - e.pay_minor, s.upto - s.amount_minor) AS covered, e.upto <= s.upto AS is_whole
    FROM (
      SELECT p.*, sum(p.amount_minor) OVER (PARTITION BY p.expert_id, p.currency ORDER BY p.requested_at, p.id) AS upto,
        CASE WHEN p.fee_borne_by = 'PLATFORM' THEN coalesce(p.rail_fee_minor, 0) ELSE 0 END AS rail_fee,
        coalesce(p.rail_fee_currency, p.currency) AS fee_currency
      FROM payout p
      WHERE p.expert_id IN (SELECT expert_id FROM payout WHERE ${paid})
        AND p.requested_at IS NOT NULL AND p.state IN ('REQUESTED', 'UNKNOWN', 'IN_TRANSIT', 'PAID', 'RETURNED')) s
    JOIN (
      SELECT c.*, sum(c.pay_minor) OVER (PARTITION BY c.expert_id, c.currency ORDER BY c.charged_at, c.id) AS upto
      FROM charge c WHERE c.expert_id IN (SELECT expert_id FROM payout WHERE ${paid})) e
      ON e.expert_id = s.expert_id AND e.currency = s.currency AND e.pay_minor > 0
      AND e.upto > s.upto - s.amount_minor AND e.upto - e.pay_minor < s.upto
    WHERE s.id IN (SELECT id FROM payout WHERE ${paid})`;
}

/** Lines that were paid whole, with how long it took in seconds. */
function paidLines(filter: MoneyFilter): Prisma.Sql {
  const lab = filter.labId ? Prisma.sql`AND v.lab_id = ${filter.labId}::uuid` : Prisma.empty;
  return Prisma.sql`
    SELECT v.*, greatest(0, extract(epoch FROM v.paid_at - v.charged_at))::int AS seconds
    FROM (${coverage(filter)}) v WHERE v.is_whole ${lab}`;
}

/** How long it took from approval to payment, by period of payment, oldest first; the newest 520. */
export async function timeToPaid(db: Db, filter: MoneyFilter, period: Period): Promise<TimeToPaidRecord[]> {
  const rows = await db.$queryRaw<TimeToPaidRecord[]>`
    SELECT date_trunc(${period}, w.paid_at, 'UTC') AS at, w.currency, count(*)::int AS lines,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY w.seconds) AS "medianSeconds",
      percentile_disc(0.9) WITHIN GROUP (ORDER BY w.seconds) AS "p90Seconds", max(w.seconds) AS "mostSeconds"
    FROM (${paidLines(filter)}) w GROUP BY 1, 2 ORDER BY 1 DESC, 2 LIMIT 520`;
  return rows.reverse();
}

/** Lines by how long their payment took, the slowest first, after a key of (seconds, chargeId). */
export async function listPaidLines(
  db: Db,
  filter: MoneyFilter,
  limit: number,
  after?: readonly string[],
): Promise<PaidLineRecord[]> {
  const [seconds, id] = after ?? [];
  const rest =
    seconds === undefined
      ? Prisma.empty
      : Prisma.sql`WHERE (w.seconds, w.charge_id) < (${Number(seconds)}::int, ${id}::uuid)`;
  return db.$queryRaw<PaidLineRecord[]>`
    SELECT w.charge_id AS "chargeId", w.payout_id AS "payoutId", w.lab_id AS "labId", l.name AS "labName", w.expert_id AS "expertId",
      x.display_name AS "expertName", w.currency, w.pay_minor AS "payMinor", w.charged_at AS "chargedAt", w.paid_at AS "paidAt",
      w.seconds, w.charge_transaction_id AS "chargeTransactionId", w.payout_transaction_id AS "payoutTransactionId"
    FROM (${paidLines(filter)}) w JOIN lab l ON l.id = w.lab_id JOIN expert x ON x.id = w.expert_id
    ${rest} ORDER BY w.seconds DESC, w.charge_id DESC LIMIT ${limit}`;
}

/** How many lines were paid whole. */
export async function countPaidLines(db: Db, filter: MoneyFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM (${paidLines(filter)}) w`;
  return row?.n ?? 0;
}
