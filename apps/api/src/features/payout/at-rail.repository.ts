// Payouts whose money lies in experts' accounts at the rail: taken there and not sent on, or returned by a bank.
import { Prisma, type Db } from '../../platform/prisma/database';
import type { PayoutRecord } from './payout.repository';

/** True where a payout's money lies in its expert's account at the rail. */
export function liesAtRail({ state, railPayoutId }: PayoutRecord): boolean {
  return state === 'RETURNED' || (state === 'IN_TRANSIT' && railPayoutId === null);
}

/** The same in SQL, as the index payout_at_rail has it. */
const LIES = Prisma.sql`(state = 'RETURNED' OR (state = 'IN_TRANSIT' AND rail_payout_id IS NULL))`;

/** Payouts whose money lies at the rail since before an instant, in the order of their ids, after one of them. */
export async function listAtRail(
  db: Db,
  { before, after, limit }: { readonly before: Date; readonly after?: string; readonly limit: number },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM payout WHERE ${LIES} AND transferred_at < ${before} AND (${after ?? null}::uuid IS NULL OR id > ${after ?? null}::uuid)
    ORDER BY id LIMIT ${limit}`;
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

/** What of an expert was sent in a currency and lies at the rail. */
export interface LyingSum {
  /** Minor units. */
  readonly minor: bigint;
  /** Why the rail refused last to send part of it on, and when; null where it did not. */
  readonly refusal: string | null;
  readonly refusedAt: Date | null;
}

/** What of an expert was sent in a currency and lies at the rail; what a bank returned is not in it. */
export async function lyingSum(db: Db, expertId: string, currency: string): Promise<LyingSum> {
  const [row] = await db.$queryRaw<LyingSum[]>`
    SELECT coalesce(sum(amount_minor), 0)::bigint AS minor, max(bank_refused_at) AS "refusedAt",
      (array_agg(failure_reason ORDER BY bank_refused_at DESC) FILTER (WHERE bank_refused_at IS NOT NULL))[1] AS refusal
    FROM payout WHERE expert_id = ${expertId}::uuid AND currency = ${currency} AND state = 'IN_TRANSIT' AND rail_payout_id IS NULL`;
  return row ?? { minor: 0n, refusal: null, refusedAt: null };
}
