import type { Db } from '../../platform/prisma/database';

export interface DisputeRecord {
  readonly id: string;
  readonly labId: string;
  readonly fundingId: string;
  readonly railDisputeId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly state: string;
  readonly reason: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly settledAt: Date | null;
}

/** Stores a dispute; the first of its rail id stays. Returns false where it was here already. */
export async function insertDispute(db: Db, row: DisputeRecord): Promise<boolean> {
  const { count } = await db.labDispute.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}

/** A dispute by the rail's id of it, locked until the transaction ends. */
export async function lockDispute(db: Db, railDisputeId: string): Promise<DisputeRecord | null> {
  await db.$queryRaw`SELECT 1 FROM lab_dispute WHERE rail_dispute_id = ${railDisputeId} FOR UPDATE`;
  return db.labDispute.findUnique({ where: { railDisputeId } });
}

/** Moves a dispute on from the state that was seen. Returns false where somebody was faster. */
export async function moveDispute(
  db: Db,
  seen: DisputeRecord,
  changes: { state?: string; closedAt?: Date; settledAt?: Date },
): Promise<boolean> {
  const where = { id: seen.id, state: seen.state, settledAt: seen.settledAt };
  const { count } = await db.labDispute.updateMany({ where, data: changes });
  return count === 1;
}

/** What stops a lab from new commitments: open disputes, and lost ones that it has not paid. */
export async function listStopping(db: Db, labId: string): Promise<DisputeRecord[]> {
  return db.labDispute.findMany({
    where: { labId, settledAt: null, state: { in: ['OPEN', 'LOST'] } },
    orderBy: { openedAt: 'asc' },
  });
}
