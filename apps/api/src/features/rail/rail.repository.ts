import type { Db } from '../../platform/prisma/database';

export interface RailEventRecord {
  readonly id: string;
  readonly route: string;
  readonly type: string;
  readonly railAccountId: string | null;
  readonly objectId: string | null;
  readonly receivedAt: Date;
}

/** Keeps an event once. Returns false where it was here already. */
export async function insertEvent(db: Db, row: RailEventRecord): Promise<boolean> {
  const { count } = await db.railEvent.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}

/** An event by its id. */
export async function findEvent(
  db: Db,
  id: string,
): Promise<(RailEventRecord & { handledAt: Date | null }) | null> {
  return db.railEvent.findUnique({ where: { id } });
}

/** Events that nothing came of yet, oldest first. */
export async function listUnhandled(db: Db, before: Date, limit: number): Promise<RailEventRecord[]> {
  return db.railEvent.findMany({
    where: { handledAt: null, receivedAt: { lt: before } },
    orderBy: { receivedAt: 'asc' },
    take: limit,
  });
}

/** Notes once that an event was handled, and what came of it. */
export async function markHandled(db: Db, id: string, handledAt: Date, outcome: string): Promise<void> {
  await db.railEvent.updateMany({ where: { id, handledAt: null }, data: { handledAt, outcome } });
}

/** The rail's id of a lab; null where the rail does not know it yet. */
export async function findCustomer(db: Db, labId: string): Promise<string | null> {
  const row = await db.railCustomer.findUnique({ where: { labId }, select: { customerId: true } });
  return row?.customerId ?? null;
}

/** Keeps the rail's id of a lab; the first stays. */
export async function insertCustomer(
  db: Db,
  row: { labId: string; customerId: string; createdAt: Date },
): Promise<void> {
  await db.railCustomer.createMany({ data: [row], skipDuplicates: true });
}
