// Payouts whose money lies in experts' accounts at the rail: taken there and not sent on, or returned by a bank.
import { Prisma, type Db } from '../../platform/prisma/database';
import type { PayoutRecord } from './payout.repository';

/** True where a payout's money lies in its expert's account at the rail. */
export function liesAtRail({ state, railPayoutId }: PayoutRecord): boolean {
  return state === 'RETURNED' || (state === 'IN_TRANSIT' && railPayoutId === null);
}

/** The same in SQL of a payout p, as the index payout_at_rail has it. */
const LIES = Prisma.sql`(p.state = 'RETURNED' OR (p.state = 'IN_TRANSIT' AND p.rail_payout_id IS NULL))`;

/** Payouts whose money lies at the rail since before an instant, in the order of their ids, after one of them. */
export async function listAtRail(
  db: Db,
  { before, after, limit }: { readonly before: Date; readonly after?: string; readonly limit: number },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM payout p WHERE ${LIES} AND p.transferred_at < ${before} AND (${after ?? null}::uuid IS NULL OR p.id > ${after ?? null}::uuid)
    ORDER BY p.id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** Keeps, before the calls, that the rail is asked to send payouts on, and to which bank accounts. Throws where somebody was faster. */
export async function keepAskedBanks(
  db: Db,
  asked: readonly Pick<PayoutRecord, 'id' | 'version' | 'bankAttempt' | 'railBankId'>[],
  now: Date,
): Promise<void> {
  if (asked.length === 0) return;
  const kept = await db.$executeRaw`
    UPDATE payout p SET bank_attempt = a."bankAttempt", bank_asked_at = ${now}, bank_refused_at = NULL, rail_bank_id = a."railBankId",
      version = p.version + 1
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS a (id uuid, version integer, "bankAttempt" integer, "railBankId" text)
    WHERE p.id = a.id AND p.version = a.version`;
  if (kept !== asked.length) throw new Error('a payout moved meanwhile');
}

/** What of an expert lies at the rail in a currency and an account, minor units. */
export interface LyingSum {
  readonly railAccountId: string;
  /** Sent there and not sent on. */
  readonly sentMinor: bigint;
  /** Returned by a bank. */
  readonly returnedMinor: bigint;
  /** When the oldest of it came back; null where nothing did. */
  readonly returnedAt: Date | null;
  /** Why the rail refused last to send part of it on, and when; null where it did not. */
  readonly refusal: string | null;
  readonly refusedAt: Date | null;
}

/** What of an expert lies at the rail in a currency, by account. */
export async function lyingSums(db: Db, expertId: string, currency: string): Promise<LyingSum[]> {
  return db.$queryRaw<LyingSum[]>`
    SELECT coalesce(p.rail_account_id, a.rail_account_id) AS "railAccountId",
      coalesce(sum(p.amount_minor) FILTER (WHERE p.state = 'IN_TRANSIT'), 0)::bigint AS "sentMinor",
      coalesce(sum(p.amount_minor) FILTER (WHERE p.state = 'RETURNED'), 0)::bigint AS "returnedMinor",
      min((SELECT r.returned_at FROM payout_return r WHERE r.payout_id = p.id AND r.sent_again_at IS NULL)) AS "returnedAt",
      max(p.bank_refused_at) AS "refusedAt",
      (array_agg(p.failure_reason ORDER BY p.bank_refused_at DESC) FILTER (WHERE p.bank_refused_at IS NOT NULL))[1] AS refusal
    FROM payout p JOIN payout_account a USING (expert_id)
    WHERE p.expert_id = ${expertId}::uuid AND p.currency = ${currency} AND ${LIES}
    GROUP BY 1 ORDER BY 1`;
}
