import type { Db } from '../../platform/prisma/database';

export interface PayoutRunRecord {
  readonly id: string;
  readonly trigger: string;
  readonly startedById: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly payoutCount: number;
  readonly blockedCount: number;
  readonly failedCount: number;
  readonly period: Date | null;
}

/** Where a run stands. */
export interface RunPlace {
  readonly id: string;
  readonly finishedAt: Date | null;
  readonly cursorCurrency: string;
  readonly cursorAccount: bigint;
  /** What the rail had and was not asked for, minor units as text, by currency. */
  readonly railLeft: Readonly<Record<string, string>>;
  readonly payoutCount: number;
  readonly blockedCount: number;
  readonly failedCount: number;
}

/** Begins a run; false where one of the same trigger and period is there already. */
export async function insertRun(
  db: Db,
  row: {
    id: string;
    trigger: string;
    startedById: string | null;
    startedAt: Date;
    period: string | null;
    railLeft: Readonly<Record<string, string>>;
  },
): Promise<boolean> {
  const made = await db.$executeRaw`
    INSERT INTO payout_run (id, trigger, started_by_id, started_at, period, rail_left)
    VALUES (${row.id}::uuid, ${row.trigger}, ${row.startedById}::uuid, ${row.startedAt}, ${row.period}::date, ${JSON.stringify(row.railLeft)}::jsonb)
    ON CONFLICT (trigger, period) WHERE period IS NOT NULL DO NOTHING`;
  return made === 1;
}

/** The run of a trigger and period. */
export async function runOfPeriod(
  db: Db,
  trigger: string,
  period: string,
): Promise<{ id: string; finishedAt: Date | null } | undefined> {
  const rows = await db.$queryRaw<{ id: string; finishedAt: Date | null }[]>`
    SELECT id, finished_at AS "finishedAt" FROM payout_run
    WHERE trigger = ${trigger} AND period = ${period}::date AND period IS NOT NULL`;
  return rows[0];
}

/** Runs that began and did not come to their end, oldest first. */
export async function unfinishedRuns(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM payout_run WHERE finished_at IS NULL ORDER BY started_at LIMIT 20`;
  return rows.map(({ id }) => id);
}

/** Where a run stands, locked until the transaction ends: whoever holds it takes the next page. */
export async function lockRun(db: Db, id: string): Promise<RunPlace | undefined> {
  const rows = await db.$queryRaw<RunPlace[]>`
    SELECT id, finished_at AS "finishedAt", cursor_currency AS "cursorCurrency", cursor_account AS "cursorAccount",
      rail_left AS "railLeft", payout_count AS "payoutCount", blocked_count AS "blockedCount", failed_count AS "failedCount"
    FROM payout_run WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0];
}

/** Moves a run on: its place, its counts, its end. */
export async function moveRun(db: Db, id: string, to: Partial<Omit<RunPlace, 'id'>>): Promise<void> {
  const { railLeft, ...rest } = to;
  await db.payoutRun.update({
    where: { id },
    data: { ...rest, ...(railLeft && { railLeft: { ...railLeft } }) },
  });
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
