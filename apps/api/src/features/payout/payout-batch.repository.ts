// Payouts of many experts in one statement each: what a run and the transfers of a batch read and write.
import type { DatedBlock } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';
import type { PayoutRecord } from './payout.repository';

/** A payout that has not left the books. */
export type OpenPayout = Pick<
  PayoutRecord,
  'id' | 'runId' | 'expertId' | 'amountMinor' | 'state' | 'attempt' | 'blocks' | 'version'
>;

/** One run at a time decides about an expert's money in a currency. Locks are taken in the order of the ids. */
export async function lockPayouts(db: Db, expertIds: readonly string[], currency: string): Promise<void> {
  const keys = [...expertIds].sort().map((expertId) => `payout:${expertId}:${currency}`);
  await db.$queryRaw`
    SELECT count(*) FROM (
      SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(${keys}::text[]) WITH ORDINALITY k (key, place) ORDER BY place
    ) taken`;
}

/** Payouts of experts in a currency that have not left the books, oldest first. */
export async function openPayouts(
  db: Db,
  expertIds: readonly string[],
  currency: string,
): Promise<OpenPayout[]> {
  return db.$queryRaw<OpenPayout[]>`
    SELECT id, run_id AS "runId", expert_id AS "expertId", amount_minor AS "amountMinor", state, attempt, blocks, version
    FROM payout
    WHERE expert_id = ANY(${[...expertIds]}::uuid[]) AND currency = ${currency}
      AND state IN ('GATED', 'REQUESTED', 'UNKNOWN', 'FAILED')
    ORDER BY created_at, id`;
}

/** Currencies in which something of an expert waits, at a gate or after a refusal of the rail, in their order. */
export async function gatedCurrencies(db: Db, expertId: string): Promise<string[]> {
  const rows = await db.payout.findMany({
    where: { expertId, state: { in: ['GATED', 'FAILED'] } },
    distinct: ['currency'],
    orderBy: { currency: 'asc' },
    select: { currency: true },
  });
  return rows.map(({ currency }) => currency);
}

/** A payout as it is stored first. */
export interface FreshPayout {
  readonly id: string;
  readonly runId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly state: string;
  readonly blocks: readonly DatedBlock[];
  readonly createdAt: Date;
  readonly requestedAt: Date | null;
  readonly promisedOn: Date | null;
}

/** Stores payouts. */
export async function insertPayouts(db: Db, rows: readonly FreshPayout[]): Promise<void> {
  if (rows.length === 0) return;
  const given = rows.map((row) => ({ ...row, amountMinor: row.amountMinor.toString() }));
  await db.$executeRaw`
    INSERT INTO payout (id, run_id, expert_id, currency, amount_minor, state, blocks, created_at, requested_at, promised_on)
    SELECT id, "runId", "expertId", currency, "amountMinor", state, blocks, "createdAt", "requestedAt", "promisedOn"
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS fresh (id uuid, "runId" uuid, "expertId" uuid, currency text,
      "amountMinor" bigint, state text, blocks jsonb, "createdAt" timestamptz, "requestedAt" timestamptz, "promisedOn" date)`;
}

/** How a payout moves on. What is absent stays as it is; `failureReason: null` takes it away. */
export interface PayoutChange {
  readonly state: string;
  readonly amountMinor?: bigint;
  readonly blocks?: readonly DatedBlock[];
  readonly attempt?: number;
  readonly runId?: string;
  readonly requestedAt?: Date;
  readonly askedAt?: Date | null;
  readonly promisedOn?: Date;
  readonly transferredAt?: Date;
  readonly railAccountId?: string;
  readonly railTransferId?: string;
  readonly failureReason?: string | null;
  readonly ledgerTransactionId?: string;
}

/** Moves payouts on from the states and versions that were seen. Throws where somebody was faster: nothing is written then. */
export async function movePayouts(
  db: Db,
  moves: readonly {
    readonly seen: Pick<PayoutRecord, 'id' | 'state' | 'version'>;
    readonly change: PayoutChange;
  }[],
): Promise<void> {
  if (moves.length === 0) return;
  const given = moves.map(({ seen, change }) => ({
    ...change,
    amountMinor: change.amountMinor?.toString(),
    id: seen.id,
    seenState: seen.state,
    seenVersion: seen.version,
    isReasonSet: change.failureReason !== undefined,
    isAskedSet: change.askedAt !== undefined,
  }));
  const moved = await db.$executeRaw`
    UPDATE payout p SET
      state = c.state, version = p.version + 1,
      amount_minor = coalesce(c."amountMinor", p.amount_minor), blocks = coalesce(c.blocks, p.blocks),
      attempt = coalesce(c.attempt, p.attempt), run_id = coalesce(c."runId", p.run_id),
      requested_at = coalesce(c."requestedAt", p.requested_at), promised_on = coalesce(c."promisedOn", p.promised_on),
      asked_at = CASE WHEN c."isAskedSet" THEN c."askedAt" ELSE p.asked_at END,
      transferred_at = coalesce(c."transferredAt", p.transferred_at),
      rail_account_id = coalesce(c."railAccountId", p.rail_account_id),
      rail_transfer_id = coalesce(c."railTransferId", p.rail_transfer_id),
      ledger_transaction_id = coalesce(c."ledgerTransactionId", p.ledger_transaction_id),
      failure_reason = CASE WHEN c."isReasonSet" THEN c."failureReason" ELSE p.failure_reason END
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS c (id uuid, "seenState" text, "seenVersion" integer, state text,
      "amountMinor" bigint, blocks jsonb, attempt integer, "runId" uuid, "requestedAt" timestamptz, "promisedOn" date,
      "askedAt" timestamptz, "isAskedSet" boolean, "transferredAt" timestamptz, "railTransferId" text, "railAccountId" text,
      "ledgerTransactionId" uuid, "failureReason" text, "isReasonSet" boolean)
    WHERE p.id = c.id AND p.state = c."seenState" AND p.version = c."seenVersion"`;
  if (moved !== moves.length) throw new Error('a payout moved meanwhile');
}

/** Payouts by their ids, in the order of the ids. */
export async function payoutsByIds(db: Db, ids: readonly string[]): Promise<PayoutRecord[]> {
  const rows = await db.payout.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } });
  return rows as unknown as PayoutRecord[];
}

/** Payouts by their ids, locked until the transaction ends. */
export async function lockByIds(db: Db, ids: readonly string[]): Promise<PayoutRecord[]> {
  await db.$queryRaw`SELECT 1 FROM payout WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`;
  return payoutsByIds(db, ids);
}
