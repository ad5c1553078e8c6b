import type { Counted, FeeAssessment, TakeRateTerms } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

/** An assessment as it is kept, with whose and of which charge it is. */
export interface AssessmentRecord extends FeeAssessment {
  readonly id: string;
  readonly chargeId: string;
  readonly labId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly takeRatePolicyId: string;
  readonly assessedAt: Date;
}

/** Whose line is charged, and by which policy. */
export interface CountedFor {
  readonly labId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly takeRatePolicyId: string;
}

/**
 * Counts what is agreed on a line, and reads what was counted before it. The rows stay locked until the transaction
 * ends, always in this order: the pair's billings, then the lab's month.
 */
export async function countLine(
  db: Db,
  who: CountedFor,
  { feeParts }: TakeRateTerms,
  agreedMinor: bigint,
  at: Date,
): Promise<Counted> {
  const [row] = await db.$queryRaw<{ total: bigint }[]>`
    SELECT count_billed(${who.labId}::uuid, ${who.expertId}::uuid, ${who.currency}, ${agreedMinor}::bigint) AS total`;
  const billedMinor = (row?.total ?? agreedMinor) - agreedMinor;
  const isCapped = feeParts?.lab?.monthlyCapMinor !== undefined;
  return { billedMinor, monthFeeMinor: isCapped ? await countMonthFee(db, who, at, 0n) : 0n };
}

/** Takes agreed pay off the lifetime billings of a pair, and returns what they were before; the row stays locked. */
export async function countBack(db: Db, who: CountedFor, agreedMinor: bigint): Promise<bigint> {
  const [row] = await db.$queryRaw<{ total: bigint }[]>`
    SELECT count_billed(${who.labId}::uuid, ${who.expertId}::uuid, ${who.currency}, ${-agreedMinor}::bigint) AS total`;
  return (row?.total ?? 0n) + agreedMinor;
}

/** Moves what a lab was charged in fees in the month of an instant (UTC) under a policy, and returns it; minor units. */
export async function countMonthFee(db: Db, who: CountedFor, at: Date, feeMinor: bigint): Promise<bigint> {
  const month = `${at.toISOString().slice(0, 7)}-01`;
  const [row] = await db.$queryRaw<{ total: bigint }[]>`
    SELECT count_month_fee(${who.labId}::uuid, ${who.takeRatePolicyId}::uuid, ${month}::date, ${who.currency}, ${feeMinor}::bigint) AS total`;
  return row?.total ?? feeMinor;
}

/** Stores assessments; they are never changed. */
export async function insertAssessments(db: Db, rows: readonly AssessmentRecord[]): Promise<void> {
  await db.feeAssessment.createMany({
    data: rows.map(({ inputs, ...row }) => ({ ...row, inputs: inputs as object })),
  });
}

/** Assessments of charges, the lab's before the expert's. */
export async function assessmentsOf(db: Db, chargeIds: readonly string[]): Promise<AssessmentRecord[]> {
  const rows = await db.feeAssessment.findMany({
    where: { chargeId: { in: [...chargeIds] } },
    orderBy: [{ chargeId: 'asc' }, { side: 'desc' }],
  });
  return rows as unknown as AssessmentRecord[];
}
