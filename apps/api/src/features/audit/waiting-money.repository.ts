import { Prisma, type Db } from '../../platform/prisma/database';

/** Which waiting money is asked for. */
export interface WaitingFilter {
  /** A kind of account, or payout_on_its_way. */
  readonly kind?: string;
  /** The lab or expert that the account is of. */
  readonly ownerId?: string;
  readonly currency?: string;
  /** Waiting for at least so many days. */
  readonly fromDays?: number;
}

/** Money that came to an account that should empty itself, and has not left it. */
export interface WaitingItemRecord {
  readonly id: string;
  readonly kind: string;
  /** Null for a payout on its way: it has left the books. */
  readonly accountCode: string | null;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly since: Date;
  readonly days: number;
  readonly ledgerTransactionId: string | null;
}

/** Waiting money of one kind, currency and age. */
export interface WaitingMoneyRecord {
  readonly kind: string;
  readonly currency: string;
  readonly fromDays: number;
  readonly toDays: number | null;
  readonly count: number;
  readonly amountMinor: bigint;
  /** The oldest of it. */
  readonly since: Date;
  readonly accountCode: string | null;
  readonly ledgerTransactionId: string | null;
}

/** Accounts that should empty themselves: what is on them is on its way to somewhere. */
const PASSING_KINDS = [
  ...(['rail_pending', 'refund_clearing', 'dispute_clearing', 'suspense', 'unapplied_cash'] as const),
  ...(['lab_receivable', 'expert_receivable', 'expert_payable'] as const),
];
const PASSING = Prisma.sql`(${Prisma.join(PASSING_KINDS)})`;

/** All kinds of waiting money: of those accounts, of holds and of payouts that have left the books. */
export const WAITING_KINDS = [...PASSING_KINDS, 'work_reserve', 'payout_on_its_way'] as const;

/**
 * What waits, item by item. What came first leaves first, so what is left of an account is its newest inflows: they are
 * walked backwards from the newest, by index, until they make up the balance. Holds that were not resolved and payouts on
 * their way are items of their own.
 */
function items({ kind, ownerId, currency, fromDays }: WaitingFilter, now: Date): Prisma.Sql {
  const which = Prisma.sql`(${kind ?? null}::text IS NULL OR kind = ${kind ?? null}) AND (${currency ?? null}::text IS NULL OR currency = ${currency ?? null})
    AND (${ownerId ?? null}::uuid IS NULL OR owner_id = ${ownerId ?? null}::uuid)`;
  return Prisma.sql`
    WITH RECURSIVE account AS (
      SELECT a.id, a.code, a.kind, a.owner_id, a.currency, abs(b.debits_posted - b.credits_posted) AS balance, b.debits_posted > b.credits_posted AS is_debit
      FROM ledger.account a JOIN ledger.balance b ON b.account_id = a.id
      WHERE a.kind IN ${PASSING} AND b.debits_posted <> b.credits_posted),
    walk AS (
      SELECT id, code, kind, owner_id, currency, is_debit, balance AS rest, 0::bigint AS part, NULL::bigint AS posting, NULL::uuid AS transaction_id
      FROM account WHERE ${which}
      UNION ALL
      SELECT w.id, w.code, w.kind, w.owner_id, w.currency, w.is_debit, w.rest - least(w.rest, p.amount), least(w.rest, p.amount), p.id, p.transaction_id
      FROM walk w CROSS JOIN LATERAL (
        SELECT * FROM (
          (SELECT i.id, i.amount, i.transaction_id FROM ledger.posting i
           WHERE w.is_debit AND i.debit_account = w.id AND i.phase IN ('S', 'C') AND (w.posting IS NULL OR i.id < w.posting) ORDER BY i.id DESC LIMIT 1)
          UNION ALL
          (SELECT i.id, i.amount, i.transaction_id FROM ledger.posting i
           WHERE NOT w.is_debit AND i.credit_account = w.id AND i.phase IN ('S', 'C') AND (w.posting IS NULL OR i.id < w.posting) ORDER BY i.id DESC LIMIT 1)) one) p
      WHERE w.rest > 0),
    found AS (
      SELECT w.posting::text AS id, w.kind, w.code, w.owner_id, w.currency::text AS currency, w.part AS amount, t.effective_at AS since, w.transaction_id
      FROM walk w JOIN ledger.ledger_transaction t ON t.id = w.transaction_id WHERE w.part > 0
      UNION ALL
      SELECT p.id::text, h.kind, h.code, h.owner_id, h.currency, p.amount, t.effective_at, p.transaction_id
      FROM (SELECT * FROM (SELECT a.id, 'work_reserve' AS kind, a.code, a.owner_id, a.currency::text AS currency FROM ledger.account a JOIN ledger.balance b ON b.account_id = a.id
            WHERE a.kind = 'lab_prepaid' AND b.debits_pending > 0) held WHERE ${which}) h
      JOIN ledger.posting p ON p.debit_account = h.id AND p.phase IN ('P', 'R')
      JOIN ledger.ledger_transaction t ON t.id = p.transaction_id
      WHERE NOT EXISTS (SELECT 1 FROM ledger.posting r WHERE r.pending_id = p.id AND r.phase IN ('C', 'V'))
      UNION ALL
      SELECT o.* FROM (
        SELECT p.id::text, 'payout_on_its_way' AS kind, NULL::text, p.expert_id AS owner_id, p.currency, p.amount_minor, coalesce(p.transferred_at, p.requested_at, p.created_at), p.ledger_transaction_id
        FROM payout p WHERE p.state = 'IN_TRANSIT') o WHERE ${which})
    SELECT f.*, greatest(0, extract(day FROM ${now}::timestamptz - f.since))::int AS days FROM found f
    WHERE greatest(0, extract(day FROM ${now}::timestamptz - f.since)) >= ${fromDays ?? 0}::int`;
}

/** What waits, by kind, currency and age, the oldest first, each with its oldest item. */
export async function waitingByAge(db: Db, filter: WaitingFilter, now: Date): Promise<WaitingMoneyRecord[]> {
  return db.$queryRaw<WaitingMoneyRecord[]>`
    SELECT w.kind, w.currency, a."fromDays", a."toDays", count(*)::int AS count, sum(w.amount)::bigint AS "amountMinor", min(w.since) AS since,
      (array_agg(w.code ORDER BY w.since, w.id))[1] AS "accountCode", (array_agg(w.transaction_id ORDER BY w.since, w.id))[1] AS "ledgerTransactionId"
    FROM (${items(filter, now)}) w
    JOIN (VALUES (0, 3), (4, 7), (8, 14), (15, 30), (31, NULL)) a ("fromDays", "toDays")
      ON w.days >= a."fromDays" AND (a."toDays" IS NULL OR w.days <= a."toDays")
    GROUP BY 1, 2, 3, 4 ORDER BY 3 DESC, 1, 2`;
}

/** What waits, item by item, the oldest first, after a key of (since, id). */
export async function listWaitingItems(
  db: Db,
  filter: WaitingFilter,
  now: Date,
  limit: number,
  after?: readonly string[],
): Promise<WaitingItemRecord[]> {
  const [since, id] = after ?? [];
  const rest =
    since === undefined
      ? Prisma.empty
      : Prisma.sql`WHERE (w.since, w.id) > (${new Date(since)}, ${id}::text)`;
  return db.$queryRaw<WaitingItemRecord[]>`
    SELECT w.id, w.kind, w.code AS "accountCode", w.owner_id AS "ownerId",
      coalesce((SELECT l.name FROM lab l WHERE l.id = w.owner_id), (SELECT e.display_name FROM expert e WHERE e.id = w.owner_id)) AS "ownerName",
      w.currency, w.amount AS "amountMinor", w.since, w.days, w.transaction_id AS "ledgerTransactionId"
    FROM (SELECT i.id, i.kind, i.code, i.owner_id, i.currency, i.amount, date_trunc('milliseconds', i.since) AS since, i.days, i.transaction_id
      FROM (${items(filter, now)}) i) w
    ${rest} ORDER BY w.since, w.id LIMIT ${limit}`;
}

/** How many items wait. */
export async function countWaitingItems(db: Db, filter: WaitingFilter, now: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM (${items(filter, now)}) w`;
  return row?.n ?? 0;
}
