import type { Db } from '../../platform/prisma/database';

export interface PayoutRunRecord {
  readonly id: string;
  readonly trigger: string;
  readonly startedById: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly payoutCount: number;
  readonly blockedCount: number;
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

/** Runs, newest first, after a key of (startedAt, id). */
export async function listRuns(db: Db, limit: number, after?: readonly string[]): Promise<PayoutRunRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ startedAt: { lt: new Date(at) } }, { startedAt: new Date(at), id: { lt: id } }] };
  return db.payoutRun.findMany({
    where: older,
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** How many runs there were. */
export async function countRuns(db: Db): Promise<number> {
  return db.payoutRun.count();
}
