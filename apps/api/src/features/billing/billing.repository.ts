import type { TakeRatePolicy } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

export interface FundingRecord {
  readonly id: string;
  readonly labId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly state: string;
  readonly railPaymentId: string | null;
  readonly failureReason: string | null;
  readonly requestedAt: Date;
  readonly clearedAt: Date | null;
  readonly version: number;
}

export interface ChargeRecord {
  readonly id: string;
  readonly timeEntryId: string;
  readonly timesheetId: string;
  readonly engagementId: string;
  readonly projectId: string;
  readonly labId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly rateMinorPerHour: bigint;
  readonly seconds: number;
  readonly agreedMinor: bigint;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
  readonly labFeePpm: number;
  readonly expertFeePpm: number;
  readonly rounding: string;
  readonly takeRatePolicyId: string;
  readonly ledgerTransactionId: string;
  readonly chargedAt: Date;
}

/** Every policy that may concern a lab. */
export async function policiesFor(db: Db, labId: string): Promise<TakeRatePolicy[]> {
  const rows = await db.takeRatePolicy.findMany({
    where: { OR: [{ labId }, { labId: null }] },
    orderBy: { id: 'asc' },
  });
  return rows as unknown as TakeRatePolicy[];
}

/** All policies, newest first. */
export async function listPolicies(db: Db): Promise<(TakeRatePolicy & { reason: string })[]> {
  const rows = await db.takeRatePolicy.findMany({
    orderBy: [{ effectiveFrom: 'desc' }, { id: 'desc' }],
    take: 200,
  });
  return rows as unknown as (TakeRatePolicy & { reason: string })[];
}

/** Stores a policy. */
export async function insertPolicy(
  db: Db,
  row: TakeRatePolicy & { reason: string; createdById: string; createdAt: Date },
): Promise<void> {
  await db.takeRatePolicy.create({ data: row });
}

/** Ends the policy of the same people that is in force at an instant. */
export async function closePolicy(
  db: Db,
  like: { scope: string; labId: string | null },
  at: Date,
): Promise<void> {
  await db.takeRatePolicy.updateMany({
    where: { ...like, effectiveFrom: { lt: at }, OR: [{ effectiveTo: null }, { effectiveTo: { gt: at } }] },
    data: { effectiveTo: at },
  });
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

/** Fundings of a lab, newest first, after a key of (requestedAt, id). */
export async function listFundings(
  db: Db,
  labId: string,
  limit: number,
  after?: readonly string[],
): Promise<FundingRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ requestedAt: { lt: new Date(at) } }, { requestedAt: new Date(at), id: { lt: id } }] };
  return db.funding.findMany({
    where: { labId, ...older },
    orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** How many fundings a lab has. */
export async function countFundings(db: Db, labId: string): Promise<number> {
  return db.funding.count({ where: { labId } });
}

/** Stores a charge; it is never changed. */
export async function insertCharge(db: Db, row: ChargeRecord): Promise<void> {
  await db.charge.create({ data: row });
}

export interface ChargeFilter {
  readonly labId?: string;
  readonly expertId?: string;
  readonly engagementId?: string;
}

/** Charges, newest first, after a key of (chargedAt, id). */
export async function listCharges(
  db: Db,
  filter: ChargeFilter,
  limit: number,
  after?: readonly string[],
): Promise<ChargeRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ chargedAt: { lt: new Date(at) } }, { chargedAt: new Date(at), id: { lt: id } }] };
  return db.charge.findMany({
    where: { ...filter, ...older },
    orderBy: [{ chargedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** How many charges a filter finds. */
export async function countCharges(db: Db, filter: ChargeFilter): Promise<number> {
  return db.charge.count({ where: { ...filter } });
}

/** Charges of time entries. */
export async function chargesOfEntries(db: Db, timeEntryIds: readonly string[]): Promise<ChargeRecord[]> {
  return db.charge.findMany({ where: { timeEntryId: { in: [...timeEntryIds] } } });
}

/** Sums of charges by currency. */
export async function sumCharges(
  db: Db,
  filter: ChargeFilter,
): Promise<{ currency: string; priceMinor: bigint; payMinor: bigint; feeMinor: bigint }[]> {
  const rows = await db.charge.groupBy({
    by: ['currency'],
    where: { ...filter },
    _sum: { priceMinor: true, payMinor: true, feeMinor: true },
    orderBy: { currency: 'asc' },
  });
  return rows.map(({ currency, _sum }) => ({
    currency,
    priceMinor: _sum.priceMinor ?? 0n,
    payMinor: _sum.payMinor ?? 0n,
    feeMinor: _sum.feeMinor ?? 0n,
  }));
}
