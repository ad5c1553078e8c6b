import type { Db } from '../../platform/prisma/database';

/** A time in which the work of an engagement waits, because a gate is not passed. */
export interface WaitRecord {
  readonly id: string;
  readonly engagementId: string;
  readonly labId: string;
  readonly expertId: string;
  readonly gate: string;
  readonly forLab: string;
  readonly forExpert: string;
  readonly beganAt: Date;
  readonly endedAt: Date | null;
}

/** Waits of engagements that are not over, one an engagement at most. */
export async function openWaits(db: Db, engagementIds: readonly string[]): Promise<WaitRecord[]> {
  return db.engagementWait.findMany({ where: { engagementId: { in: [...engagementIds] }, endedAt: null } });
}

/** The times within a span in which an engagement waits, the first one first. */
export async function waitsWithin(
  db: Db,
  engagementId: string,
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
): Promise<WaitRecord[]> {
  return db.engagementWait.findMany({
    where: {
      engagementId,
      beganAt: { lt: endsAt },
      OR: [{ endedAt: null }, { endedAt: { gt: startsAt } }],
    },
    orderBy: { beganAt: 'asc' },
    take: 100,
  });
}

/** Stores a wait. */
export async function insertWait(db: Db, row: Omit<WaitRecord, 'endedAt'>): Promise<void> {
  await db.engagementWait.create({ data: row });
}

/** Changes a wait that is not over. */
export async function updateWait(
  db: Db,
  id: string,
  changes: Partial<Pick<WaitRecord, 'gate' | 'forLab' | 'forExpert' | 'beganAt' | 'endedAt'>>,
): Promise<void> {
  const { count } = await db.engagementWait.updateMany({ where: { id, endedAt: null }, data: changes });
  if (count !== 1) throw new Error('the wait ended meanwhile');
}

/** Notes that work can begin. */
export async function noteBegun(db: Db, engagementId: string, begunAt: Date): Promise<void> {
  await db.engagement.updateMany({ where: { id: engagementId, begunAt: null }, data: { begunAt } });
}

/** Engagements whose gates are to be asked: whose first day has come before they began, and whose work waits. */
export async function listToAsk(db: Db, now: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM engagement WHERE begun_at IS NULL AND state <> 'ENDED' AND starts_on <= ${now}::timestamptz AT TIME ZONE 'UTC'
    UNION SELECT engagement_id FROM engagement_wait WHERE ended_at IS NULL
    ORDER BY id LIMIT 2000`;
  return rows.map(({ id }) => id);
}

/** Engagements of an expert that go on. */
export async function goingOnOf(db: Db, expertId: string): Promise<string[]> {
  const rows = await db.engagement.findMany({
    where: { expertId, state: { in: ['ACTIVE', 'BLOCKED_FUNDING', 'NOTICE'] } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id }) => id);
}
