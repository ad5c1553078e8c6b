import type { Db } from '../../platform/prisma/database';

export interface HoldRecord {
  readonly id: string;
  readonly expertId: string;
  readonly kind: string;
  readonly place: string | null;
  readonly reason: string;
  readonly placedById: string | null;
  readonly placedAt: Date;
  readonly reviewOn: Date;
  readonly releasedAt: Date | null;
  readonly releasedById: string | null;
  readonly releaseReason: string | null;
}

/** Every hold of experts, standing or released, oldest first: a place that a person cleared is cleared. */
export async function holdsOf(db: Db, expertIds: readonly string[]): Promise<HoldRecord[]> {
  return db.payoutHold.findMany({
    where: { expertId: { in: [...expertIds] } },
    orderBy: [{ placedAt: 'asc' }, { id: 'asc' }],
  });
}

/** Places holds; one that stands already for the same place is left as it is. */
export async function insertHolds(
  db: Db,
  rows: readonly Pick<
    HoldRecord,
    'id' | 'expertId' | 'kind' | 'place' | 'reason' | 'placedById' | 'placedAt' | 'reviewOn'
  >[],
): Promise<void> {
  if (rows.length > 0) await db.payoutHold.createMany({ data: [...rows], skipDuplicates: true });
}

/** A hold by its id. */
export async function findHold(db: Db, id: string): Promise<HoldRecord | null> {
  return db.payoutHold.findUnique({ where: { id } });
}

/** A hold by its id, locked until the transaction ends. */
export async function lockHold(db: Db, id: string): Promise<HoldRecord | null> {
  await db.$queryRaw`SELECT 1 FROM payout_hold WHERE id = ${id}::uuid FOR UPDATE`;
  return findHold(db, id);
}

/** Releases a hold. */
export async function releaseHoldRow(
  db: Db,
  id: string,
  by: { releasedAt: Date; releasedById: string; releaseReason: string; approvalRequestId?: string },
): Promise<void> {
  await db.payoutHold.update({ where: { id }, data: by });
}

/** Standing holds, oldest first, after a key of (placedAt, id). */
export async function standingHolds(db: Db, limit: number, after?: readonly string[]): Promise<HoldRecord[]> {
  const [at, id] = after ?? [];
  const later =
    at === undefined
      ? {}
      : { OR: [{ placedAt: { gt: new Date(at) } }, { placedAt: new Date(at), id: { gt: id } }] };
  return db.payoutHold.findMany({
    where: { releasedAt: null, ...later },
    orderBy: [{ placedAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });
}

/** How many holds stand. */
export async function countStandingHolds(db: Db): Promise<number> {
  return db.payoutHold.count({ where: { releasedAt: null } });
}
