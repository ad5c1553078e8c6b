import type { Db } from '../../platform/prisma/database';

/** Somebody whose morning has come. */
export interface DueDigest {
  readonly accountId: string;
  readonly email: string;
  readonly name: string;
  /** The day in their own time, YYYY-MM-DD. */
  readonly day: string;
  readonly isDigestOn: boolean;
  /** Whether what daily searches found is mailed. */
  readonly isAlertOn: boolean;
  /** Null where they are no active expert. */
  readonly expertId: string | null;
  /** Null where they read no shortlists for a lab. */
  readonly labId: string | null;
}

/**
 * Active people whose own day has come to the hour of their daily mail and who were not looked at on that day, with something
 * that may be mailed.
 */
export async function dueDigests(db: Db, now: Date, limit: number): Promise<DueDigest[]> {
  return db.$queryRaw<DueDigest[]>`
    SELECT a.id AS "accountId", a.email, a.name, to_char(a.local, 'YYYY-MM-DD') AS day, a.is_digest_on AS "isDigestOn", a.is_alert_on AS "isAlertOn",
      (SELECT e.id FROM expert e WHERE e.account_id = a.id AND e.state = 'ACTIVE') AS "expertId",
      (SELECT m.lab_id FROM lab_member m WHERE m.account_id = a.id AND m.removed_at IS NULL
        AND m.role IN ('OWNER', 'MANAGER', 'REVIEWER') LIMIT 1) AS "labId"
    FROM (
      SELECT account.*, coalesce(m.is_digest_on, false) AS is_digest_on, coalesce(m.digest_hour, 7) AS digest_hour,
        coalesce(m.is_alert_on, true) AS is_alert_on,
        ${now}::timestamptz AT TIME ZONE account.time_zone AS local
      FROM account LEFT JOIN mail_setting m ON m.account_id = account.id
      WHERE account.state = 'ACTIVE' AND (m.is_digest_on OR coalesce(m.is_alert_on, true) AND EXISTS (
        SELECT 1 FROM saved_search s JOIN saved_find f ON f.search_id = s.id AND f.told_at IS NULL AND f.found_at IS NOT NULL
        WHERE s.account_id = account.id AND s.how_often = 'DAILY'))
    ) a
    WHERE extract(hour FROM a.local) >= a.digest_hour
      AND NOT EXISTS (SELECT 1 FROM digest_day d WHERE d.account_id = a.id AND d.day = a.local::date)
    ORDER BY a.id LIMIT ${limit}`;
}

/** Takes the day of somebody for this run. Returns false where another run has it. */
export async function takeDay(db: Db, accountId: string, day: string): Promise<boolean> {
  return (
    (await db.$executeRaw`
      INSERT INTO digest_day (account_id, day, is_sent) VALUES (${accountId}::uuid, ${day}::date, false) ON CONFLICT DO NOTHING`) >
    0
  );
}

/** States that there was something to mail on that day. */
export async function noteSent(db: Db, accountId: string, day: string): Promise<void> {
  await db.$executeRaw`UPDATE digest_day SET is_sent = true WHERE account_id = ${accountId}::uuid AND day = ${day}::date`;
}

/** Takes note of pairs of opening and expert that somebody is told of. Returns those that they were not told of before. */
export async function takeNews(
  db: Db,
  accountId: string,
  pairs: readonly { readonly openingId: string; readonly expertId: string }[],
): Promise<Set<string>> {
  const rows = JSON.stringify(pairs.map(({ openingId, expertId }) => ({ o: openingId, e: expertId })));
  const fresh = await db.$queryRaw<{ openingId: string; expertId: string }[]>`
    INSERT INTO digest_told (account_id, opening_id, expert_id)
    SELECT ${accountId}::uuid, o, e FROM jsonb_to_recordset(${rows}::jsonb) AS own (o uuid, e uuid)
    ON CONFLICT DO NOTHING RETURNING opening_id AS "openingId", expert_id AS "expertId"`;
  return new Set(fresh.map(({ openingId, expertId }) => `${openingId} ${expertId}`));
}

/** Open openings of a lab, the newest first. */
export async function openOpeningsOf(
  db: Db,
  labId: string,
  limit: number,
): Promise<{ id: string; title: string }[]> {
  return db.opening.findMany({
    where: { labId, state: 'OPEN' },
    orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: { id: true, title: true },
  });
}
