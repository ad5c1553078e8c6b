import { Prisma, type Db } from '../../platform/prisma/database';
import { conditionOf, type MoneyFilter } from './money-filter.repository';

/** What was taken back of a charged line, and what became of what had been paid out: recovered + written off + open = paid out. Amounts above zero, minor units. */
export interface TakenBackRecord {
  /** The charge of kind REVERSAL. */
  readonly chargeId: string;
  /** The charge that it takes back. */
  readonly ofChargeId: string;
  readonly at: Date;
  readonly labId: string;
  readonly labName: string;
  readonly expertId: string;
  readonly expertName: string;
  readonly askedByName: string;
  readonly reason: string;
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
  /** What of the pay had been paid out before. */
  readonly paidOutMinor: bigint;
  /** What of that later earnings have given back: the oldest first. */
  readonly recoveredMinor: bigint;
  /** What of that the platform bears since. */
  readonly writtenOffMinor: bigint;
  /** All that the expert still owes in the currency. */
  readonly owedMinor: bigint;
  readonly approvalRequestId: string | null;
  readonly ledgerTransactionId: string;
}

const wanted = (filter: MoneyFilter) =>
  conditionOf(filter, {
    lab: Prisma.sql`c.lab_id`,
    expert: Prisma.sql`c.expert_id`,
    currency: Prisma.sql`c.currency`,
    at: Prisma.sql`r.taken_back_at`,
  });

/** What was taken back, newest first, after a key of (at, chargeId). */
export async function listTakenBack(
  db: Db,
  filter: MoneyFilter,
  limit: number,
  after?: readonly string[],
): Promise<TakenBackRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? Prisma.empty
      : Prisma.sql`AND (r.taken_back_at, r.charge_id) < (${new Date(at)}, ${id}::uuid)`;
  // What was carried lies on a line, one piece after the other, and what settles it in its own order: the oldest goes first,
  // so that a piece is settled by whatever lies where it does.
  return db.$queryRaw<TakenBackRecord[]>`
    SELECT r.charge_id AS "chargeId", c.reverses_charge_id AS "ofChargeId", r.taken_back_at AS at, c.lab_id AS "labId", l.name AS "labName",
      c.expert_id AS "expertId", x.display_name AS "expertName", asker.name AS "askedByName", r.reason, c.currency, -c.price_minor AS "priceMinor",
      -c.pay_minor AS "payMinor", -c.fee_minor AS "feeMinor", r.paid_out_minor AS "paidOutMinor", r.approval_request_id AS "approvalRequestId",
      c.ledger_transaction_id AS "ledgerTransactionId", coalesce(b.debits_posted - b.credits_posted, 0)::bigint AS "owedMinor",
      (r.paid_out_minor - least(r.paid_out_minor, greatest(0, coalesce(b.debits_posted - b.credits_posted, 0) - newer.minor)) - lost.minor)::bigint AS "recoveredMinor",
      lost.minor::bigint AS "writtenOffMinor"
    FROM reversal r JOIN charge c ON c.id = r.charge_id JOIN lab l ON l.id = r.lab_id JOIN expert x ON x.id = r.expert_id
    JOIN account asker ON asker.id = r.asked_by_id
    LEFT JOIN ledger.account a ON a.code = 'expert_receivable:' || r.expert_id || ':' || c.currency
    LEFT JOIN ledger.balance b ON b.account_id = a.id
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(n.paid_out_minor), 0) AS minor FROM reversal n JOIN charge m ON m.id = n.charge_id
      WHERE n.expert_id = r.expert_id AND m.currency = c.currency AND (n.taken_back_at, n.charge_id) > (r.taken_back_at, r.charge_id)) newer
    CROSS JOIN LATERAL (SELECT coalesce(b.debits_posted, 0) - newer.minor AS upto) piece
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(greatest(0, least(piece.upto, w.upto) - greatest(piece.upto - r.paid_out_minor, w.upto - w.amount))), 0) AS minor
      FROM (SELECT p.amount, d.kind, sum(p.amount) OVER (ORDER BY p.id) AS upto FROM ledger.posting p JOIN ledger.account d ON d.id = p.debit_account
            WHERE p.credit_account = a.id AND p.phase IN ('S', 'C')) w
      WHERE w.kind = 'reversal_loss') lost
    WHERE ${wanted(filter)} ${older} ORDER BY r.taken_back_at DESC, r.charge_id DESC LIMIT ${limit}`;
}

/** How many parts of lines were taken back. */
export async function countTakenBack(db: Db, filter: MoneyFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM reversal r JOIN charge c ON c.id = r.charge_id WHERE ${wanted(filter)}`;
  return row?.n ?? 0;
}
