// What banks returned, and when it was sent to a bank again.
import type { YearSums } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

/** A payout's money that a bank returned. */
export interface PayoutReturnRecord {
  readonly id: string;
  readonly payoutId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly returnedAt: Date;
  readonly sentAgainAt: Date | null;
  /** The rail's number of the bank account that returned it; null where the rail did not tell. */
  readonly railBankId: string | null;
}

/** Keeps that a payout came back. */
export async function insertReturn(db: Db, row: Omit<PayoutReturnRecord, 'sentAgainAt'>): Promise<void> {
  await db.payoutReturn.create({ data: row });
}

/** Keeps that what came back of a payout was sent again; nothing where nothing of it lies at the rail. */
export async function endReturn(db: Db, payoutId: string, now: Date): Promise<void> {
  await db.payoutReturn.updateMany({ where: { payoutId, sentAgainAt: null }, data: { sentAgainAt: now } });
}

/** Since when the money of payouts lies at the rail, by payout; those that are under way or paid are left out. */
export async function returnedSince(db: Db, payoutIds: readonly string[]): Promise<Map<string, Date>> {
  if (payoutIds.length === 0) return new Map();
  const rows = await db.payoutReturn.findMany({
    where: { payoutId: { in: [...payoutIds] }, sentAgainAt: null },
    select: { payoutId: true, returnedAt: true },
  });
  return new Map(rows.map(({ payoutId, returnedAt }) => [payoutId, returnedAt]));
}

/** What lies at the rail because banks returned it, by currency, minor units. */
export async function returnedSums(db: Db, expertId: string): Promise<Map<string, bigint>> {
  const rows = await db.payoutReturn.groupBy({
    by: ['currency'],
    where: { expertId, sentAgainAt: null },
    _sum: { amountMinor: true },
  });
  return new Map(rows.map(({ currency, _sum }) => [currency, _sum.amountMinor ?? 0n]));
}

/** An expert's returns that touch a period: came back before its end, and were not sent again before it began. */
export async function returnsUntil(
  db: Db,
  expertId: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<(PayoutReturnRecord & { readonly ledgerTransactionId: string | null })[]> {
  return db.$queryRaw<(PayoutReturnRecord & { ledgerTransactionId: string | null })[]>`
    SELECT r.id, r.payout_id AS "payoutId", r.expert_id AS "expertId", r.currency, r.amount_minor AS "amountMinor",
      r.returned_at AS "returnedAt", r.sent_again_at AS "sentAgainAt", r.rail_bank_id AS "railBankId", p.ledger_transaction_id AS "ledgerTransactionId"
    FROM payout_return r JOIN payout p ON p.id = r.payout_id
    WHERE r.expert_id = ${expertId}::uuid AND r.returned_at < ${to} AND (r.sent_again_at IS NULL OR r.sent_again_at >= ${from})
    ORDER BY r.returned_at, r.id`;
}

/** Money that is on its way to a bank: with which ledger transaction it left the books, and when it was sent last. */
export interface OnItsWay {
  readonly ledgerTransactionId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly sentAt: Date;
  /** True where it had come back before and was sent again. */
  readonly isAgain: boolean;
}

/** An expert's payouts that left the books and are neither at a bank nor back: on their way, or waiting at the rail to be sent on. */
export async function onItsWayNow(db: Db, expertId: string): Promise<OnItsWay[]> {
  return db.$queryRaw<OnItsWay[]>`
    SELECT p.ledger_transaction_id AS "ledgerTransactionId", p.currency, p.amount_minor AS "amountMinor",
      coalesce(r.again, t.effective_at) AS "sentAt", r.again IS NOT NULL AS "isAgain"
    FROM payout p JOIN ledger.ledger_transaction t ON t.id = p.ledger_transaction_id
    CROSS JOIN LATERAL (SELECT max(sent_again_at) AS again FROM payout_return WHERE payout_id = p.id) r
    WHERE p.expert_id = ${expertId}::uuid AND p.state = 'IN_TRANSIT'`;
}

/** What came back and what was sent again, by expert, currency and year (UTC); of one expert, or of those after one up to another. */
export async function returnsByYear(
  db: Db,
  filter: {
    readonly expertId?: string;
    readonly year?: number;
    readonly after?: string;
    readonly upTo?: string;
  },
): Promise<(YearSums & { readonly expertId: string })[]> {
  const { expertId, year, after, upTo } = filter;
  return db.$queryRaw`
    SELECT r.expert_id AS "expertId", r.currency, extract(year FROM m.at AT TIME ZONE 'UTC')::int AS year,
      coalesce(sum(r.amount_minor) FILTER (WHERE m.sent), 0)::bigint AS "paidMinor",
      coalesce(sum(r.amount_minor) FILTER (WHERE NOT m.sent), 0)::bigint AS "reversedMinor",
      (count(*) FILTER (WHERE m.sent))::int AS payments
    FROM payout_return r
    CROSS JOIN LATERAL (VALUES (r.returned_at, false), (r.sent_again_at, true)) m (at, sent)
    WHERE m.at IS NOT NULL
      AND (${expertId ?? null}::uuid IS NULL OR r.expert_id = ${expertId ?? null}::uuid)
      AND (${after ?? null}::uuid IS NULL OR r.expert_id > ${after ?? null}::uuid)
      AND (${upTo ?? null}::uuid IS NULL OR r.expert_id <= ${upTo ?? null}::uuid)
      AND (${year ?? null}::int IS NULL OR extract(year FROM m.at AT TIME ZONE 'UTC')::int = ${year ?? null}::int)
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
}
