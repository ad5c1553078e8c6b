import type { ChargeKind, FeeParts } from '@tallystick/domain';
import { Prisma, type Db } from '../../platform/prisma/database';
import { jsonColumn } from '../../platform/prisma/json-column';

export interface ChargeRecord {
  readonly id: string;
  readonly kind: ChargeKind;
  /** Of a line of time, with its sheet; null of every other line. */
  readonly timeEntryId: string | null;
  readonly timesheetId: string | null;
  /** Of a line that is not time: the week in which it was charged, Monday 00:00 UTC. */
  readonly weekStart: Date | null;
  readonly bonusId: string | null;
  readonly reversesChargeId: string | null;
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
  /** Amounts and tiers beside the percentages; none in a policy of percentages. */
  readonly feeParts?: FeeParts | null;
  readonly takeRatePolicyId: string;
  readonly ledgerTransactionId: string;
  readonly chargedAt: Date;
}

/** Whose charges, and which of them. */
export interface ChargeFilter {
  readonly labId?: string;
  readonly expertId?: string;
  readonly engagementId?: string;
  readonly projectId?: string;
  /** Charged at or after. */
  readonly from?: Date;
  /** Charged before. */
  readonly to?: Date;
}

export interface ChargeSum {
  readonly currency: string;
  readonly lines: number;
  readonly seconds: number;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
}

/** Stores charges; they are never changed. */
export async function insertCharges(db: Db, rows: readonly ChargeRecord[]): Promise<void> {
  await db.charge.createMany({ data: rows.map((row) => ({ ...row, feeParts: jsonColumn(row.feeParts) })) });
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
  return (await db.charge.findMany({
    where: { AND: [whereOf(filter), older] },
    orderBy: [{ chargedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })) as unknown as ChargeRecord[];
}

/** The next charges after an id, in the order of ids. */
export async function chargesAfter(
  db: Db,
  after: string | undefined,
  limit: number,
): Promise<ChargeRecord[]> {
  const where = after === undefined ? {} : { id: { gt: after } };
  const rows = await db.charge.findMany({ where, orderBy: { id: 'asc' }, take: limit });
  return rows as unknown as ChargeRecord[];
}

/** How many charges a filter finds. */
export async function countCharges(db: Db, filter: ChargeFilter): Promise<number> {
  return db.charge.count({ where: whereOf(filter) });
}

/**
 * An expert's charges of a currency whose pay lies between two points of all that was ever earned in it, in the order of
 * approval, with what was taken back among them; minor units, at most 500.
 */
export async function chargesBetween(
  db: Db,
  earner: { readonly expertId: string; readonly currency: string; readonly upTo: Date },
  fromMinor: bigint,
  toMinor: bigint,
): Promise<ChargeRecord[]> {
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT id, charged_at, pay_minor, sum(pay_minor) OVER (ORDER BY charged_at, id) AS upto FROM charge
      WHERE expert_id = ${earner.expertId}::uuid AND currency = ${earner.currency} AND charged_at <= ${earner.upTo}
    ) earned
    WHERE (pay_minor > 0 AND upto > ${fromMinor} AND upto - pay_minor < ${toMinor})
      OR (pay_minor < 0 AND upto - pay_minor >= ${fromMinor} AND upto < ${toMinor})
    ORDER BY charged_at, id LIMIT 500`;
  return (await db.charge.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    orderBy: [{ chargedAt: 'asc' }, { id: 'asc' }],
  })) as unknown as ChargeRecord[];
}

/** Charges of time entries. */
export async function chargesOfEntries(db: Db, timeEntryIds: readonly string[]): Promise<ChargeRecord[]> {
  const where = { timeEntryId: { in: [...timeEntryIds] } };
  return (await db.charge.findMany({ where })) as unknown as ChargeRecord[];
}

/** What the lines of a sheet came to, without what was taken back since; minor units. */
export async function sumOfSheet(
  db: Db,
  timesheetId: string,
): Promise<{ agreedMinor: bigint; priceMinor: bigint; payMinor: bigint }> {
  const { _sum } = await db.charge.aggregate({
    where: { timesheetId, kind: 'TIME' },
    _sum: { agreedMinor: true, priceMinor: true, payMinor: true },
  });
  const { agreedMinor, priceMinor, payMinor } = _sum;
  return { agreedMinor: agreedMinor ?? 0n, priceMinor: priceMinor ?? 0n, payMinor: payMinor ?? 0n };
}

/** Sums of charges, one a currency. */
export async function sumCharges(db: Db, filter: ChargeFilter): Promise<ChargeSum[]> {
  const rows = await db.charge.groupBy({
    by: ['currency'],
    where: whereOf(filter),
    _count: true,
    _sum: { seconds: true, priceMinor: true, payMinor: true, feeMinor: true },
    orderBy: { currency: 'asc' },
  });
  return rows.map(({ currency, _sum, _count }) => ({
    currency,
    lines: _count,
    seconds: _sum.seconds ?? 0,
    priceMinor: _sum.priceMinor ?? 0n,
    payMinor: _sum.payMinor ?? 0n,
    feeMinor: _sum.feeMinor ?? 0n,
  }));
}

/** When a lab first paid an expert, in any currency, and the fees that the platform kept of it in one, minor units. */
export async function keptOfPair(
  db: Db,
  {
    labId,
    expertId,
    currency,
  }: { readonly labId: string; readonly expertId: string; readonly currency: string },
): Promise<{ firstPaidAt?: Date; keptMinor: bigint }> {
  const first = await db.charge.aggregate({ where: { labId, expertId }, _min: { chargedAt: true } });
  const kept = await db.charge.aggregate({ where: { labId, expertId, currency }, _sum: { feeMinor: true } });
  const { chargedAt } = first._min;
  return { keptMinor: kept._sum.feeMinor ?? 0n, ...(chargedAt && { firstPaidAt: chargedAt }) };
}

/** What was charged in a week, one a week and currency, oldest first. */
export interface ChargedWeek {
  /** Monday 00:00 UTC. */
  readonly weekStart: Date;
  readonly currency: string;
  readonly agreedMinor: bigint;
  readonly feeMinor: bigint;
}

/** Ten years of weeks. */
const MOST_WEEKS = 520;

/** Agreed pay and fee by week of charging, oldest first; the newest 520 rows. */
export async function chargedWeeks(
  db: Db,
  { labId, from, to }: Pick<ChargeFilter, 'labId' | 'from' | 'to'>,
): Promise<ChargedWeek[]> {
  const which = [
    Prisma.sql`true`,
    ...(labId ? [Prisma.sql`lab_id = ${labId}::uuid`] : []),
    ...(from ? [Prisma.sql`charged_at >= ${from}`] : []),
    ...(to ? [Prisma.sql`charged_at < ${to}`] : []),
  ];
  return db.$queryRaw<ChargedWeek[]>`
    SELECT * FROM (
      SELECT date_trunc('week', charged_at, 'UTC') AS "weekStart", currency, sum(agreed_minor)::bigint AS "agreedMinor", sum(fee_minor)::bigint AS "feeMinor"
      FROM charge WHERE ${Prisma.join(which, ' AND ')} GROUP BY 1, 2 ORDER BY 1 DESC, 2 LIMIT ${MOST_WEEKS}) AS newest
    ORDER BY 1, 2`;
}

/** What is left of the pay of experts' charges in a currency that are younger than an instant, after what was taken back of each, minor units. */
export async function payChargedSince(
  db: Db,
  expertIds: readonly string[],
  currency: string,
  since: Date,
): Promise<{ expertId: string; payMinor: bigint; chargedAt: Date }[]> {
  return db.$queryRaw`
    SELECT expert_id AS "expertId", charged_at AS "chargedAt",
      (pay_minor + coalesce((SELECT sum(back.pay_minor) FROM charge back WHERE back.reverses_charge_id = charge.id), 0))::bigint AS "payMinor"
    FROM charge
    WHERE expert_id = ANY(${[...expertIds]}::uuid[]) AND currency = ${currency} AND charged_at > ${since} AND kind <> 'REVERSAL'`;
}

function whereOf({ from, to, ...own }: ChargeFilter) {
  return {
    ...own,
    ...((from || to) && { chargedAt: { ...(from && { gte: from }), ...(to && { lt: to }) } }),
  };
}
