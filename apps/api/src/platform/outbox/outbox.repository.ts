import type { Db } from '../prisma/database';
import type { Json, OutboxJob } from '../prisma/transaction';

/** A job on its way from the outbox to the queue. */
export interface OutboxRow {
  readonly id: bigint;
  readonly queue: string;
  readonly name: string;
  readonly payload: { [key: string]: Json };
  readonly availableAt: Date;
}

/** The channel on which relays hear, at the commit, that the outbox has something new. */
export const OUTBOX_CHANNEL = 'tallystick_outbox';

/** Writes jobs beside the rows that caused them, and wakes the relays when they are committed. */
export async function appendToOutbox(db: Db, now: Date, jobs: readonly OutboxJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const rows = jobs.map(({ queue, name, payload, availableAt = now }) => ({
    queue,
    name,
    payload,
    availableAt,
  }));
  await db.$executeRaw`
    WITH added AS (
      INSERT INTO outbox_message (queue, name, payload, available_at, created_at)
      SELECT queue, name, payload, "availableAt", ${now}
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS job (queue text, name text, payload jsonb, "availableAt" timestamptz)
      RETURNING id)
    SELECT pg_notify(${OUTBOX_CHANNEL}, '') FROM (SELECT count(*) FROM added) counted`;
}

/** Takes the next unsent jobs; other relays skip what this one holds. */
export async function takeUnsent(db: Db, limit: number): Promise<OutboxRow[]> {
  return db.$queryRaw<OutboxRow[]>`
    SELECT id, queue, name, payload, available_at AS "availableAt" FROM outbox_message
    WHERE sent_at IS NULL ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
}

/** Marks jobs as handed over. */
export async function markSent(db: Db, ids: readonly bigint[], now: Date): Promise<void> {
  await db.outboxMessage.updateMany({ where: { id: { in: [...ids] } }, data: { sentAt: now } });
}

/** Takes every unsent job whose time has come and marks it as handed over, oldest first. */
export async function takeAllUnsent(db: Db, now: Date): Promise<OutboxRow[]> {
  const rows = await db.$queryRaw<OutboxRow[]>`
    UPDATE outbox_message SET sent_at = ${now} WHERE sent_at IS NULL AND available_at <= ${now}
    RETURNING id, queue, name, payload, available_at AS "availableAt"`;
  return rows.sort((a, b) => Number(a.id - b.id));
}
