import type { Db } from '../../platform/prisma/database';

/** An account of the book with its sums, minor units. */
export interface AccountRow {
  readonly id: bigint;
  readonly code: string;
  readonly kind: string;
  readonly ownerId: string | null;
  readonly currency: string;
  readonly openedAt: Date;
  /** In the account's own direction: credits less debits for what is owed, debits less credits for what is had. */
  readonly postedMinor: bigint;
  /** Outflow that holds reserve. */
  readonly heldMinor: bigint;
}

export interface AccountFilter {
  readonly kind?: string;
  readonly ownerId?: string;
  readonly currency?: string;
}

/** A posting with the names of its accounts and of the fact that it belongs to. */
export interface PostingRow {
  readonly id: bigint;
  readonly transactionId: string;
  readonly line: number;
  readonly debit: string;
  readonly credit: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly phase: string;
  readonly pendingId: bigint | null;
  readonly kind: string;
  readonly effectiveAt: Date;
}

export interface TransactionRow {
  readonly id: string;
  readonly idempotencyKey: string;
  readonly kind: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly reversesId: string | null;
  readonly reversedById: string | null;
  readonly effectiveAt: Date;
  readonly actor: string;
}

/** Accounts in the order of their codes, after a code. Accounts without a running balance are summed from their postings. */
export async function listAccounts(
  db: Db,
  filter: AccountFilter,
  limit: number,
  after?: string,
): Promise<AccountRow[]> {
  return db.$queryRaw<AccountRow[]>`
    SELECT a.id, a.code, a.kind, a.owner_id AS "ownerId", a.currency, a.opened_at AS "openedAt",
      CASE k.normal WHEN 'C' THEN s.credits_posted - s.debits_posted ELSE s.debits_posted - s.credits_posted END AS "postedMinor",
      CASE k.normal WHEN 'C' THEN s.debits_pending ELSE s.credits_pending END AS "heldMinor"
    FROM (SELECT * FROM ledger.account
          WHERE (${filter.kind ?? null}::text IS NULL OR kind = ${filter.kind ?? null})
            AND (${filter.ownerId ?? null}::uuid IS NULL OR owner_id = ${filter.ownerId ?? null}::uuid)
            AND (${filter.currency ?? null}::text IS NULL OR currency = ${filter.currency ?? null})
            AND (${after ?? null}::text IS NULL OR code > ${after ?? null})
          ORDER BY code LIMIT ${limit}) a
    JOIN ledger.account_kind k ON k.kind = a.kind
    LEFT JOIN ledger.balance b ON b.account_id = a.id
    CROSS JOIN LATERAL (SELECT b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending WHERE b.account_id IS NOT NULL
                        UNION ALL SELECT w.* FROM ledger.lazy_sums(a.id) w WHERE b.account_id IS NULL) s
    ORDER BY a.code`;
}

/** How many accounts a filter finds. */
export async function countAccounts(db: Db, filter: AccountFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM ledger.account
    WHERE (${filter.kind ?? null}::text IS NULL OR kind = ${filter.kind ?? null})
      AND (${filter.ownerId ?? null}::uuid IS NULL OR owner_id = ${filter.ownerId ?? null}::uuid)
      AND (${filter.currency ?? null}::text IS NULL OR currency = ${filter.currency ?? null})`;
  return Number(row?.count ?? 0n);
}

/** One account by its code, as it is, or as it was at an instant: then summed from its postings until then. */
export async function findAccount(db: Db, code: string, at?: Date): Promise<AccountRow | null> {
  const [row] = await db.$queryRaw<AccountRow[]>`
    SELECT a.id, a.code, a.kind, a.owner_id AS "ownerId", a.currency, a.opened_at AS "openedAt",
      CASE k.normal WHEN 'C' THEN s.credits_posted - s.debits_posted ELSE s.debits_posted - s.credits_posted END AS "postedMinor",
      CASE k.normal WHEN 'C' THEN s.debits_pending ELSE s.credits_pending END AS "heldMinor"
    FROM ledger.account a JOIN ledger.account_kind k ON k.kind = a.kind
    LEFT JOIN ledger.balance b ON b.account_id = a.id AND ${at ?? null}::timestamptz IS NULL
    CROSS JOIN LATERAL (
      SELECT b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending WHERE b.account_id IS NOT NULL
      UNION ALL SELECT l.* FROM ledger.lazy_sums(a.id) l WHERE b.account_id IS NULL AND ${at ?? null}::timestamptz IS NULL
      UNION ALL SELECT p.* FROM ledger.balance_at(a.id, ${at ?? null}::timestamptz) p WHERE ${at ?? null}::timestamptz IS NOT NULL) s
    WHERE a.code = ${code}`;
  return row ?? null;
}

/** Postings on an account, newest first, before a posting's id. */
export async function postingsOnAccount(
  db: Db,
  accountId: bigint,
  limit: number,
  before?: bigint,
): Promise<PostingRow[]> {
  return db.$queryRaw<PostingRow[]>`
    SELECT p.id, p.transaction_id AS "transactionId", p.line, d.code AS debit, c.code AS credit, p.currency,
      p.amount AS "amountMinor", p.phase, p.pending_id AS "pendingId", t.kind, t.effective_at AS "effectiveAt"
    FROM ledger.posting p JOIN ledger.ledger_transaction t ON t.id = p.transaction_id
    JOIN ledger.account d ON d.id = p.debit_account JOIN ledger.account c ON c.id = p.credit_account
    WHERE (p.debit_account = ${accountId} OR p.credit_account = ${accountId}) AND (${before ?? null}::bigint IS NULL OR p.id < ${before ?? null})
    ORDER BY p.id DESC LIMIT ${limit}`;
}

/** How many postings an account has, counted up to 10000. */
export async function countPostings(db: Db, accountId: bigint): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (SELECT 1 FROM ledger.posting
      WHERE debit_account = ${accountId} OR credit_account = ${accountId} LIMIT 10000) found`;
  return Number(row?.count ?? 0n);
}

/** Ledger transactions by their ids. */
export async function findTransactions(db: Db, ids: readonly string[]): Promise<TransactionRow[]> {
  return db.$queryRaw<TransactionRow[]>`
    SELECT t.id, t.idempotency_key AS "idempotencyKey", t.kind, t.subject_type AS "subjectType", t.subject_id AS "subjectId",
      t.reverses_id AS "reversesId", r.id AS "reversedById", t.effective_at AS "effectiveAt", t.actor
    FROM ledger.ledger_transaction t LEFT JOIN ledger.ledger_transaction r ON r.reverses_id = t.id
    WHERE t.id = ANY(${[...ids]}::uuid[])`;
}

/** The postings of a ledger transaction in their order. */
export async function postingsOfTransaction(db: Db, id: string): Promise<PostingRow[]> {
  return db.$queryRaw<PostingRow[]>`
    SELECT p.id, p.transaction_id AS "transactionId", p.line, d.code AS debit, c.code AS credit, p.currency,
      p.amount AS "amountMinor", p.phase, p.pending_id AS "pendingId", t.kind, t.effective_at AS "effectiveAt"
    FROM ledger.posting p JOIN ledger.ledger_transaction t ON t.id = p.transaction_id
    JOIN ledger.account d ON d.id = p.debit_account JOIN ledger.account c ON c.id = p.credit_account
    WHERE p.transaction_id = ${id}::uuid ORDER BY p.line`;
}
