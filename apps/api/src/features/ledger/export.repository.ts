import type { PlainAccount, PlainDays, PlainPosting } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

/** A place in the order of ledger transactions; the instant as text, to the microsecond. */
export interface PlaceInBook {
  readonly at: string;
  readonly id: string;
}

/** Every account that was ever posted on, with debits less credits as the product keeps them. */
export async function bookAccounts(db: Db): Promise<PlainAccount[]> {
  return db.$queryRaw<PlainAccount[]>`
    SELECT a.code, a.currency, s.debits_posted - s.credits_posted AS "balanceMinor"
    FROM ledger.account a LEFT JOIN ledger.balance b ON b.account_id = a.id
    CROSS JOIN LATERAL (SELECT b.debits_posted, b.credits_posted WHERE b.account_id IS NOT NULL
                        UNION ALL SELECT w.debits_posted, w.credits_posted FROM ledger.lazy_sums(a.id) w WHERE b.account_id IS NULL) s
    ORDER BY a.code`;
}

/** The first and the last day of the book, UTC; undefined where nothing is in it. */
export async function bookDays(db: Db): Promise<PlainDays | undefined> {
  const [days] = await db.$queryRaw<{ first: string | null; last: string | null }[]>`
    SELECT to_char(min(effective_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS first,
      to_char(max(effective_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS last FROM ledger.ledger_transaction`;
  return days?.first && days.last ? { first: days.first, last: days.last } : undefined;
}

/** The postings that moved value of the next ledger transactions in the order of time, and the place after them. */
export async function bookPage(
  db: Db,
  limit: number,
  after?: PlaceInBook,
): Promise<{ readonly postings: PlainPosting[]; readonly last?: PlaceInBook }> {
  const rows = await db.$queryRaw<(PlainPosting & { at: string })[]>`
    SELECT t.id AS "transactionId", t.kind, t.effective_at::text AS at,
      to_char(t.effective_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,
      p.line, d.code AS debit, c.code AS credit, p.currency, p.amount AS "amountMinor"
    FROM (SELECT id, kind, effective_at FROM ledger.ledger_transaction
          WHERE (effective_at, id) > (${after?.at ?? '-infinity'}::timestamptz, ${after?.id ?? '00000000-0000-0000-0000-000000000000'}::uuid)
          ORDER BY effective_at, id LIMIT ${limit}) t
    LEFT JOIN ledger.posting p ON p.transaction_id = t.id AND p.phase IN ('S', 'C')
    LEFT JOIN ledger.account d ON d.id = p.debit_account LEFT JOIN ledger.account c ON c.id = p.credit_account
    ORDER BY t.effective_at, t.id, p.line`;
  const last = rows.at(-1);
  return {
    postings: rows.filter(({ line }) => line !== null),
    ...(last && { last: { at: last.at, id: last.transactionId } }),
  };
}

/** Which postings are asked for. */
export interface ExportedPostings {
  /** The code of an account on either side. */
  readonly account?: string;
  /** Effective at or after. */
  readonly from?: Date;
  /** Effective before. */
  readonly to?: Date;
}

interface ExportedPosting {
  readonly [column: string]: string | number | bigint | Date | null;
  readonly posting: bigint;
}

/** Postings in the order in which they were made, after one. */
export async function exportedPostings(
  db: Db,
  { account, from, to }: ExportedPostings,
  limit: number,
  after = '0',
): Promise<ExportedPosting[]> {
  return db.$queryRaw<ExportedPosting[]>`
    SELECT p.id AS posting, p.transaction_id AS "ledgerTransaction", p.line, t.kind, t.effective_at AS "effectiveAt",
      d.code AS debit, c.code AS credit, p.currency, p.amount AS "amountMinor", p.phase, p.pending_id AS hold
    FROM ledger.posting p JOIN ledger.ledger_transaction t ON t.id = p.transaction_id
    JOIN ledger.account d ON d.id = p.debit_account JOIN ledger.account c ON c.id = p.credit_account
    WHERE p.id > ${BigInt(after)}
      AND (${account ?? null}::text IS NULL OR d.code = ${account ?? null} OR c.code = ${account ?? null})
      AND (${from ?? null}::timestamptz IS NULL OR t.effective_at >= ${from ?? null}::timestamptz)
      AND (${to ?? null}::timestamptz IS NULL OR t.effective_at < ${to ?? null}::timestamptz)
    ORDER BY p.id LIMIT ${limit}`;
}
