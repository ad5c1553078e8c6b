import { Prisma, type Db } from '../../platform/prisma/database';

/** A charge whose fee a recompute found to be not what it should be, with whose it is. Amounts in minor units. */
export interface FeeDriftRecord {
  readonly runId: string;
  /** From 1, in the order in which it was found. */
  readonly place: number;
  readonly foundAt: Date;
  readonly chargeId: string;
  readonly kind: string;
  readonly sentence: string;
  readonly chargedAt: Date;
  readonly labId: string;
  readonly labName: string;
  readonly expertId: string;
  readonly expertName: string;
  readonly projectId: string;
  readonly currency: string;
  readonly agreedMinor: bigint;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
}

/** Which findings are asked for: of one run, the newest where none is named. */
export interface FeeDriftFilter {
  readonly runId?: string | null;
  readonly kind?: string | null;
  readonly labId?: string | null;
  readonly expertId?: string | null;
  /** Charged at or after, and before. */
  readonly from?: Date | null;
  readonly to?: Date | null;
}

/** The findings of a run in their order, after a place. */
export async function listFeeDrifts(
  db: Db,
  filter: FeeDriftFilter,
  limit: number,
  after?: number,
): Promise<FeeDriftRecord[]> {
  return db.$queryRaw<FeeDriftRecord[]>`
    SELECT f.run_id AS "runId", f.place, r.finished_at AS "foundAt", f.charge_id AS "chargeId", f.kind, f.sentence, c.charged_at AS "chargedAt",
      c.lab_id AS "labId", l.name AS "labName", c.expert_id AS "expertId", x.display_name AS "expertName", c.project_id AS "projectId", c.currency,
      c.agreed_minor AS "agreedMinor", c.price_minor AS "priceMinor", c.pay_minor AS "payMinor", c.fee_minor AS "feeMinor"
    FROM fee_drift f JOIN take_rate_run r ON r.id = f.run_id JOIN charge c ON c.id = f.charge_id
    JOIN lab l ON l.id = c.lab_id JOIN expert x ON x.id = c.expert_id
    WHERE ${wanted(filter)} AND f.place > ${after ?? 0} ORDER BY f.place LIMIT ${limit}`;
}

/** How many findings a filter finds. */
export async function countFeeDrifts(db: Db, filter: FeeDriftFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM fee_drift f JOIN charge c ON c.id = f.charge_id WHERE ${wanted(filter)}`;
  return row?.n ?? 0;
}

function wanted({ runId, kind, labId, expertId, from, to }: FeeDriftFilter): Prisma.Sql {
  const newest = Prisma.sql`(SELECT n.id FROM take_rate_run n ORDER BY n.finished_at DESC, n.id DESC LIMIT 1)`;
  return Prisma.join(
    [
      Prisma.sql`f.run_id = ${runId ? Prisma.sql`${runId}::uuid` : newest}`,
      ...(kind ? [Prisma.sql`f.kind = ${kind}`] : []),
      ...(labId ? [Prisma.sql`c.lab_id = ${labId}::uuid`] : []),
      ...(expertId ? [Prisma.sql`c.expert_id = ${expertId}::uuid`] : []),
      ...(from ? [Prisma.sql`c.charged_at >= ${from}`] : []),
      ...(to ? [Prisma.sql`c.charged_at < ${to}`] : []),
    ],
    ' AND ',
  );
}
