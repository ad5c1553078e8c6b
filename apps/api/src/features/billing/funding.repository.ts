import { REFUND_KEPT } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

export interface FundingRecord {
  readonly id: string;
  readonly labId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly state: string;
  readonly railPaymentId: string | null;
  /** The invoice that it is for. */
  readonly invoiceId?: string | null;
  readonly failureReason: string | null;
  readonly requestedAt: Date;
  readonly clearedAt: Date | null;
  readonly holdPostingId: bigint | null;
  readonly isRailPending: boolean;
  readonly version: number;
}

export interface FundingFilter {
  readonly labId?: string;
  readonly state?: string;
}

/** Stores a funding. */
export async function insertFunding(
  db: Db,
  row: {
    id: string;
    labId: string;
    currency: string;
    amountMinor: bigint;
    state: string;
    invoiceId?: string;
    requestedById: string;
    requestedAt: Date;
  },
): Promise<void> {
  await db.funding.create({ data: row });
}

/** A funding by its id. */
export async function findFunding(db: Db, id: string): Promise<FundingRecord | null> {
  return db.funding.findUnique({ where: { id } });
}

/** A funding by its id, locked until the transaction ends. */
export async function lockFunding(db: Db, id: string): Promise<FundingRecord | null> {
  await db.$queryRaw`SELECT 1 FROM funding WHERE id = ${id}::uuid FOR UPDATE`;
  return findFunding(db, id);
}

/** A funding by the rail's id of its payment. */
export async function findFundingByPayment(db: Db, railPaymentId: string): Promise<FundingRecord | null> {
  return db.funding.findUnique({ where: { railPaymentId } });
}

/** Moves a funding on from the state and version that were seen. Returns false where somebody was faster. */
export async function moveFunding(
  db: Db,
  seen: FundingRecord,
  changes: {
    state: string;
    railPaymentId?: string;
    failureReason?: string;
    clearedAt?: Date;
    ledgerTransactionId?: string;
    holdPostingId?: bigint | null;
    isRailPending?: boolean;
  },
): Promise<boolean> {
  const { count } = await db.funding.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

/** Fundings that the rail may have moved on without our hearing of it. */
export async function listOpenFundings(db: Db, before: Date, limit: number): Promise<FundingRecord[]> {
  return db.funding.findMany({
    where: { state: { in: ['REQUESTED', 'PROCESSING'] }, requestedAt: { lt: before } },
    orderBy: { requestedAt: 'asc' },
    take: limit,
  });
}

/** Fundings that have arrived and that the rail did not have available yet, the oldest first. */
export async function listRailPending(db: Db, limit: number): Promise<FundingRecord[]> {
  return db.funding.findMany({
    where: { isRailPending: true },
    orderBy: { requestedAt: 'asc' },
    take: limit,
  });
}

/** Fundings, newest first, after a key of (requestedAt, id). */
export async function listFundings(
  db: Db,
  filter: FundingFilter,
  limit: number,
  after?: readonly string[],
): Promise<FundingRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ requestedAt: { lt: new Date(at) } }, { requestedAt: new Date(at), id: { lt: id } }] };
  return db.funding.findMany({
    where: { ...filter, ...older },
    orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** How many fundings a filter finds. */
export async function countFundings(db: Db, filter: FundingFilter): Promise<number> {
  return db.funding.count({ where: { ...filter } });
}

/** A cleared funding with what of it can still go back to where it came from, minor units. */
export interface RefundableFunding extends FundingRecord {
  readonly railPaymentId: string;
  readonly leftMinor: bigint;
}

/** The cleared fundings of a lab with something left to refund, the newest first, locked until the transaction ends. */
export async function lockRefundable(db: Db, labId: string, currency: string): Promise<RefundableFunding[]> {
  await db.$queryRaw`
    SELECT 1 FROM funding WHERE lab_id = ${labId}::uuid AND currency = ${currency} AND state = 'CLEARED' ORDER BY id FOR UPDATE`;
  const fundings = await db.funding.findMany({
    where: { labId, currency, state: 'CLEARED', railPaymentId: { not: null } },
    orderBy: [{ clearedAt: 'desc' }, { id: 'desc' }],
  });
  const refunds = await db.labRefund.groupBy({
    by: ['fundingId'],
    where: { labId, state: { notIn: [...REFUND_KEPT] } },
    _sum: { amountMinor: true },
  });
  // A payment that was taken back, or may be, is none that could be given back.
  const disputed = await db.labDispute.findMany({
    where: { labId, state: { in: ['OPEN', 'LOST'] } },
    select: { fundingId: true },
  });
  const isDisputed = new Set(disputed.map(({ fundingId }) => fundingId));
  const gone = new Map(refunds.map(({ fundingId, _sum }) => [fundingId, _sum.amountMinor ?? 0n]));
  return fundings.flatMap((funding) => {
    const leftMinor = funding.amountMinor - (gone.get(funding.id) ?? 0n);
    const { railPaymentId } = funding;
    return railPaymentId !== null && leftMinor > 0n && !isDisputed.has(funding.id)
      ? [{ ...funding, railPaymentId, leftMinor }]
      : [];
  });
}
