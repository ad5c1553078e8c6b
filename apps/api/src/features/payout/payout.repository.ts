import type { PayoutBlock } from '@tallystick/domain';
import type { Db, Prisma } from '../../platform/prisma/database';

export interface PayoutAccountRecord {
  readonly expertId: string;
  readonly railAccountId: string;
  readonly state: string;
  readonly country: string;
  readonly currency: string;
}

export interface PayoutRecord {
  readonly id: string;
  readonly runId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly state: string;
  readonly attempt: number;
  readonly blocks: PayoutBlock[];
  readonly railTransferId: string | null;
  readonly railPayoutId: string | null;
  readonly failureReason: string | null;
  readonly createdAt: Date;
  readonly requestedAt: Date | null;
  readonly paidAt: Date | null;
  readonly version: number;
}

const asRecord = (row: unknown) => row as PayoutRecord;

/** Where an expert is paid. */
export async function findAccount(db: Db, expertId: string): Promise<PayoutAccountRecord | null> {
  return db.payoutAccount.findUnique({ where: { expertId } });
}

/** The account of a rail's recipient. */
export async function findAccountByRail(db: Db, railAccountId: string): Promise<PayoutAccountRecord | null> {
  return db.payoutAccount.findUnique({ where: { railAccountId } });
}

/** Keeps what the rail says of a recipient. */
export async function putAccount(db: Db, row: PayoutAccountRecord, now: Date): Promise<void> {
  await db.payoutAccount.upsert({
    where: { expertId: row.expertId },
    create: { ...row, createdAt: now, updatedAt: now },
    update: { state: row.state, updatedAt: now },
  });
}

/** Begins a run. */
export async function insertRun(
  db: Db,
  row: { id: string; trigger: string; startedById: string | null; startedAt: Date },
): Promise<void> {
  await db.payoutRun.create({ data: row });
}

/** Ends a run with its counts. */
export async function finishRun(
  db: Db,
  id: string,
  counts: { payoutCount: number; blockedCount: number; finishedAt: Date },
): Promise<void> {
  await db.payoutRun.update({ where: { id }, data: counts });
}

/** Stores a payout. */
export async function insertPayout(
  db: Db,
  row: {
    id: string;
    runId: string;
    expertId: string;
    currency: string;
    amountMinor: bigint;
    state: string;
    blocks: PayoutBlock[];
    createdAt: Date;
    requestedAt: Date | null;
  },
): Promise<void> {
  await db.payout.create({ data: { ...row, blocks: row.blocks as unknown as Prisma.InputJsonValue } });
}

/** A payout by its id. */
export async function findPayout(db: Db, id: string): Promise<PayoutRecord | null> {
  const row = await db.payout.findUnique({ where: { id } });
  return row && asRecord(row);
}

/** Moves a payout on from the state and version that were seen. */
export async function movePayout(
  db: Db,
  seen: PayoutRecord,
  changes: {
    state: string;
    amountMinor?: bigint;
    blocks?: PayoutBlock[];
    attempt?: number;
    requestedAt?: Date;
    transferredAt?: Date;
    paidAt?: Date;
    railTransferId?: string;
    railPayoutId?: string;
    failureReason?: string;
    ledgerTransactionId?: string;
  },
): Promise<boolean> {
  const { blocks, ...rest } = changes;
  const { count } = await db.payout.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: {
      ...rest,
      ...(blocks && { blocks: blocks as unknown as Prisma.InputJsonValue }),
      version: { increment: 1 },
    },
  });
  return count === 1;
}

/** The payouts of experts that are not at their end, by expert and currency. */
export async function openPayouts(db: Db, expertId?: string): Promise<PayoutRecord[]> {
  const rows = await db.payout.findMany({
    where: { state: { in: ['GATED', 'REQUESTED', 'UNKNOWN', 'FAILED'] }, ...(expertId && { expertId }) },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(asRecord);
}

/** The oldest payout of an expert that is on its way with an amount, or the one that has this rail payout. */
export async function findInTransit(
  db: Db,
  expertId: string,
  railPayoutId: string,
  amountMinor: bigint,
  currency: string,
): Promise<PayoutRecord | null> {
  const known = await db.payout.findUnique({ where: { railPayoutId } });
  if (known) return asRecord(known);
  const row = await db.payout.findFirst({
    where: { expertId, state: 'IN_TRANSIT', amountMinor, currency, railPayoutId: null },
    orderBy: { createdAt: 'asc' },
  });
  return row && asRecord(row);
}

/** Payouts of an expert or of all, newest first, after a key of (createdAt, id). */
export async function listPayouts(
  db: Db,
  filter: { expertId?: string; state?: string },
  limit: number,
  after?: readonly string[],
): Promise<PayoutRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ createdAt: { lt: new Date(at) } }, { createdAt: new Date(at), id: { lt: id } }] };
  const rows = await db.payout.findMany({
    where: { ...filter, ...older },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
  return rows.map(asRecord);
}

/** How many payouts a filter finds. */
export async function countPayouts(db: Db, filter: { expertId?: string; state?: string }): Promise<number> {
  return db.payout.count({ where: filter });
}

/** One run at a time decides about an expert's money in a currency. */
export async function lockPayouts(db: Db, expertId: string, currency: string): Promise<void> {
  await db.$queryRaw`SELECT 1 AS locked FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`payout:${expertId}:${currency}`}, 0))) taken`;
}
