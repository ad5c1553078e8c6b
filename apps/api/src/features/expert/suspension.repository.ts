import type { Db } from '../../platform/prisma/database';

export interface SuspensionRecord {
  readonly id: string;
  readonly expertId: string;
  /** Code of SUSPENSION_RULES. */
  readonly rule: string;
  readonly reason: string;
  readonly state: string;
  readonly decidedById: string;
  readonly decidedAt: Date;
  readonly takesEffectAt: Date;
  readonly appeal: string | null;
  readonly appealedAt: Date | null;
  readonly upheldById: string | null;
  readonly upheldAt: Date | null;
  readonly upholdReason: string | null;
  readonly liftedById: string | null;
  readonly liftedAt: Date | null;
  readonly liftReason: string | null;
  readonly version: number;
}

/** Everything that can be changed of a suspension once it is decided. */
export type SuspensionChanges = Partial<
  Pick<
    SuspensionRecord,
    | 'state'
    | 'appeal'
    | 'appealedAt'
    | 'upheldById'
    | 'upheldAt'
    | 'upholdReason'
    | 'liftedById'
    | 'liftedAt'
    | 'liftReason'
  >
>;

/** Which suspensions a list shows. */
export interface SuspensionFilter {
  readonly expertId?: string;
  readonly state?: string;
  /** Only those whose appeal waits for a decision. */
  readonly isAppealed?: boolean;
}

/** A suspension, held until the transaction ends. */
export async function lockSuspension(db: Db, id: string): Promise<SuspensionRecord | null> {
  await db.$queryRaw`SELECT 1 FROM expert_suspension WHERE id = ${id}::uuid FOR UPDATE`;
  return db.expertSuspension.findUnique({ where: { id } });
}

/** The suspension of an expert that is announced or in force. */
export async function openSuspension(db: Db, expertId: string): Promise<SuspensionRecord | null> {
  return db.expertSuspension.findFirst({ where: { expertId, state: { not: 'LIFTED' } } });
}

/** The newest suspension of an expert, also one that was lifted. */
export async function newestSuspension(db: Db, expertId: string): Promise<SuspensionRecord | null> {
  return db.expertSuspension.findFirst({
    where: { expertId },
    orderBy: [{ decidedAt: 'desc' }, { id: 'desc' }],
  });
}

/** Stores a decision. */
export async function insertSuspension(
  db: Db,
  row: Pick<
    SuspensionRecord,
    'id' | 'expertId' | 'rule' | 'reason' | 'state' | 'decidedById' | 'decidedAt' | 'takesEffectAt'
  >,
): Promise<void> {
  await db.expertSuspension.create({ data: row });
}

/** Changes a suspension as it was seen. Returns false where somebody was faster. */
export async function moveSuspension(
  db: Db,
  seen: SuspensionRecord,
  changes: SuspensionChanges,
): Promise<boolean> {
  const { count } = await db.expertSuspension.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

/** Suspensions, the newest decision first, after a key of (decidedAt, id). */
export async function listSuspensions(
  db: Db,
  filter: SuspensionFilter,
  limit: number,
  after?: readonly string[],
): Promise<SuspensionRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ decidedAt: { lt: new Date(at) } }, { decidedAt: new Date(at), id: { lt: id } }] };
  return db.expertSuspension.findMany({
    where: { AND: [whereOf(filter), older] },
    orderBy: [{ decidedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** How many suspensions a filter finds. */
export async function countSuspensions(db: Db, filter: SuspensionFilter): Promise<number> {
  return db.expertSuspension.count({ where: whereOf(filter) });
}

function whereOf({ expertId, state, isAppealed }: SuspensionFilter) {
  return {
    ...(expertId && { expertId }),
    ...(state && { state }),
    ...(isAppealed && { appealedAt: { not: null }, upheldAt: null, liftedAt: null }),
  };
}

/** What time brings about: suspensions whose notice is over, and appeals made before an instant that nobody decided on. */
export async function listDue(db: Db, days: { now: Date; appealedBefore: Date }): Promise<string[]> {
  const rows = await db.expertSuspension.findMany({
    where: {
      OR: [
        { state: 'ANNOUNCED', takesEffectAt: { lte: days.now } },
        { state: { not: 'LIFTED' }, upheldAt: null, appealedAt: { lt: days.appealedBefore } },
      ],
    },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: 500,
  });
  return rows.map(({ id }) => id);
}

/** Names of people of the staff, by the ids of their accounts. */
export async function staffNames(db: Db, accountIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.account.findMany({
    where: { id: { in: [...accountIds] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
