import { accountCode, type YearSums } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

/** Value that moved on an account of what an expert is owed. */
export interface Movement {
  readonly id: bigint;
  readonly at: Date;
  readonly kind: string;
  readonly currency: string;
  /** Owed from now on; nothing where it was sent. */
  readonly inMinor: bigint;
  /** No longer owed. */
  readonly outMinor: bigint;
  /** True where the money went to the rail, or came from it: a payout, or one that came back. */
  readonly isRail: boolean;
  readonly transactionId: string;
}

/** What moved on what an expert is owed, in the order of posting, from an instant until before another. */
export async function movementsOwed(
  db: Db,
  expertId: string,
  { from, to }: { readonly from: Date; readonly to: Date },
  limit: number,
  after = 0n,
): Promise<Movement[]> {
  return db.$queryRaw<Movement[]>`
    SELECT m.id, t.effective_at AS at, t.kind, m.currency, m."inMinor", m."outMinor", o.kind LIKE 'rail%' AS "isRail", t.id AS "transactionId"
    FROM ledger.account a
    CROSS JOIN LATERAL (
      SELECT p.id, p.transaction_id, p.currency, p.amount AS "inMinor", 0::bigint AS "outMinor", p.debit_account AS other
      FROM ledger.posting p WHERE p.credit_account = a.id AND p.phase IN ('S', 'C') AND p.id > ${after}
      UNION ALL
      SELECT p.id, p.transaction_id, p.currency, 0::bigint, p.amount, p.credit_account
      FROM ledger.posting p WHERE p.debit_account = a.id AND p.phase IN ('S', 'C') AND p.id > ${after}) m
    JOIN ledger.ledger_transaction t ON t.id = m.transaction_id
    JOIN ledger.account o ON o.id = m.other
    WHERE a.owner_id = ${expertId}::uuid AND a.kind = 'expert_payable' AND t.effective_at >= ${from} AND t.effective_at < ${to}
    ORDER BY m.id LIMIT ${limit}`;
}

/** What an expert was owed just before an instant, one a currency, minor units. */
export async function owedBefore(db: Db, expertId: string, at: Date): Promise<Map<string, bigint>> {
  const rows = await db.$queryRaw<{ currency: string; minor: bigint }[]>`
    SELECT a.currency, s.credits_posted - s.debits_posted AS minor
    FROM ledger.account a CROSS JOIN LATERAL ledger.balance_at(a.id, ${new Date(at.getTime() - 1)}) s
    WHERE a.owner_id = ${expertId}::uuid AND a.kind = 'expert_payable'`;
  return new Map(rows.map(({ currency, minor }) => [currency, minor]));
}

/** As many of the newest earnings as are walked back to find the oldest that is left. */
const MOST_WALKED = 5_000;

/**
 * When the oldest part of what an expert is still owed was earned: what was earned first is sent first, so that what is
 * left is the newest. Undefined where nothing was earned. Minor units.
 */
export async function owedSince(
  db: Db,
  { expertId, currency }: { readonly expertId: string; readonly currency: string },
  owedMinor: bigint,
): Promise<Date | undefined> {
  const rows = await db.$queryRaw<{ since: Date | null }[]>`
    SELECT min(t.effective_at) AS since FROM (
      SELECT p.transaction_id, p.amount, sum(p.amount) OVER (ORDER BY p.id DESC) AS upto
      FROM (SELECT p.id, p.transaction_id, p.amount FROM ledger.account a JOIN ledger.posting p ON p.credit_account = a.id AND p.phase IN ('S', 'C')
            WHERE a.code = ${accountCode.expertPayable(expertId, currency)} ORDER BY p.id DESC LIMIT ${MOST_WALKED}) p) newest
    JOIN ledger.ledger_transaction t ON t.id = newest.transaction_id
    WHERE newest.upto - newest.amount < ${owedMinor}`;
  return rows[0]?.since ?? undefined;
}

/** What an expert owed and the platform bears since, minor units. */
export async function writtenOffOwed(
  db: Db,
  { expertId, currency }: { readonly expertId: string; readonly currency: string },
): Promise<bigint> {
  const rows = await db.$queryRaw<{ minor: bigint }[]>`
    SELECT coalesce(sum(p.amount), 0)::bigint AS minor
    FROM ledger.account a JOIN ledger.posting p ON p.credit_account = a.id AND p.phase IN ('S', 'C')
    JOIN ledger.account d ON d.id = p.debit_account AND d.kind = 'reversal_loss'
    WHERE a.code = ${accountCode.expertReceivable(expertId, currency)}`;
  return rows[0]?.minor ?? 0n;
}

/** What was sent to experts in each year, and what came back; of one expert or of all, after one, in the order of their ids. */
export async function sentByYear(
  db: Db,
  filter: { readonly expertId?: string; readonly year?: number; readonly afterExpert?: string },
  limit: number,
): Promise<(YearSums & { readonly expertId: string })[]> {
  const { expertId, year, afterExpert } = filter;
  return db.$queryRaw<(YearSums & { expertId: string })[]>`
    SELECT a.owner_id AS "expertId", a.currency, extract(year FROM t.effective_at AT TIME ZONE 'UTC')::int AS year,
      coalesce(sum(m.amount) FILTER (WHERE m.sent), 0)::bigint AS "paidMinor",
      coalesce(sum(m.amount) FILTER (WHERE NOT m.sent), 0)::bigint AS "reversedMinor",
      (count(*) FILTER (WHERE m.sent))::int AS payments
    FROM (SELECT id, owner_id, currency FROM ledger.account
          WHERE kind = 'expert_payable' AND owner_id = ANY(ARRAY(
            SELECT DISTINCT owner_id FROM ledger.account
            WHERE kind = 'expert_payable' AND owner_id > coalesce(${afterExpert ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
              AND (${expertId ?? null}::uuid IS NULL OR owner_id = ${expertId ?? null}::uuid)
            ORDER BY owner_id LIMIT ${limit}))) a
    CROSS JOIN LATERAL (
      SELECT p.transaction_id, p.amount, true AS sent, p.credit_account AS other FROM ledger.posting p
      WHERE p.debit_account = a.id AND p.phase IN ('S', 'C')
      UNION ALL
      SELECT p.transaction_id, p.amount, false, p.debit_account FROM ledger.posting p
      WHERE p.credit_account = a.id AND p.phase IN ('S', 'C')) m
    JOIN ledger.account o ON o.id = m.other AND o.kind LIKE 'rail%'
    JOIN ledger.ledger_transaction t ON t.id = m.transaction_id
    WHERE ${year ?? null}::int IS NULL OR extract(year FROM t.effective_at AT TIME ZONE 'UTC')::int = ${year ?? null}::int
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
}

/** Experts who have an account, after one, in the order of their ids. */
export async function lastOfExperts(db: Db, limit: number, after?: string): Promise<string | undefined> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT owner_id AS id FROM ledger.account
    WHERE kind = 'expert_payable' AND owner_id > coalesce(${after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
    ORDER BY owner_id LIMIT ${limit}`;
  return rows.at(-1)?.id;
}
