import { REFUND_KEPT } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

/** What is approved by four eyes: an amount back to a lab. */
export const SEND_REFUND = 'refund.send';

const DAY_MS = 86_400_000;

export interface RefundRecord {
  readonly id: string;
  readonly labId: string;
  readonly fundingId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly state: string;
  readonly railRefundId: string | null;
  readonly failureReason: string | null;
  readonly requestedAt: Date;
  readonly version: number;
}

/** Stores a refund. */
export async function insertRefund(
  db: Db,
  row: {
    id: string;
    labId: string;
    fundingId: string;
    currency: string;
    amountMinor: bigint;
    state: string;
    requestedById: string;
    requestedAt: Date;
    approvalRequestId: string | null;
  },
): Promise<void> {
  await db.labRefund.create({ data: row });
}

/** What went back to a lab in a currency by its own word alone within the 24 hours before now, failed and withdrawn ones left out; minor units. */
export async function refundedAlone(db: Db, labId: string, currency: string, now: Date): Promise<bigint> {
  const found = await db.labRefund.aggregate({
    where: {
      labId,
      currency,
      requestedAt: { gte: new Date(now.getTime() - DAY_MS) },
      approvalRequestId: null,
      state: { notIn: [...REFUND_KEPT] },
    },
    _sum: { amountMinor: true },
  });
  return found._sum.amountMinor ?? 0n;
}

/** A refund by its id. */
export async function findRefund(db: Db, id: string): Promise<RefundRecord | null> {
  return db.labRefund.findUnique({ where: { id } });
}

/** A refund by its id, locked until the transaction ends. */
export async function lockRefund(db: Db, id: string): Promise<RefundRecord | null> {
  await db.$queryRaw`SELECT 1 FROM lab_refund WHERE id = ${id}::uuid FOR UPDATE`;
  return findRefund(db, id);
}

/** Moves a refund on from the state and version that were seen. Returns false where somebody was faster. */
export async function moveRefund(
  db: Db,
  seen: RefundRecord,
  changes: {
    state: string;
    railRefundId?: string;
    failureReason?: string | null;
    ledgerTransactionId?: string;
  },
): Promise<boolean> {
  const { count } = await db.labRefund.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

/** A refund by the rail's id of it. */
export async function findRefundByRail(db: Db, railRefundId: string): Promise<RefundRecord | null> {
  return db.labRefund.findUnique({ where: { railRefundId } });
}

/** Refunds by their ids, in the order of their making. */
export async function refundsByIds(db: Db, ids: readonly string[]): Promise<RefundRecord[]> {
  return db.labRefund.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } });
}

/** Refunds whose answer, or whose end, is not known yet. */
export async function listOpenRefunds(db: Db, before: Date, limit: number): Promise<RefundRecord[]> {
  return db.labRefund.findMany({
    where: { state: { in: ['REQUESTED', 'WAITING', 'SENT'] }, requestedAt: { lt: before } },
    orderBy: { requestedAt: 'asc' },
    take: limit,
  });
}

/** Refunds of a lab, newest first, after a key of (requestedAt, id). */
export async function listRefunds(
  db: Db,
  labId: string,
  limit: number,
  after?: readonly string[],
): Promise<RefundRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ requestedAt: { lt: new Date(at) } }, { requestedAt: new Date(at), id: { lt: id } }] };
  return db.labRefund.findMany({
    where: { labId, ...older },
    orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** How many refunds a lab has. */
export async function countRefunds(db: Db, labId: string): Promise<number> {
  return db.labRefund.count({ where: { labId } });
}
