import type { Db } from '../../platform/prisma/database';
import type { SignedWeekRecord } from '../billing/billing.public';

/** At most so many faults are read of one kind. */
const MOST = 20;

const SIGNED = { subjectType: 'signed-week', toState: 'SIGNED' } as const;

interface SignatureRow {
  readonly engagementId: string;
  readonly week: string;
  readonly version: string;
}

/**
 * Signatures of weeks beside what the sealed journal has of them: those that it does not know or knows otherwise, and
 * those by one of some keys that it knows and that are gone.
 */
export async function signaturesOffTheJournal(
  db: Db,
  keyIds: readonly string[],
): Promise<{ looked: number; faults: string[] }> {
  const unknown = await db.$queryRaw<SignatureRow[]>`
    SELECT w.engagement_id AS "engagementId", to_char(w.week_start AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS week, w.version::text AS version
    FROM signed_week w
    WHERE NOT EXISTS (
      SELECT 1 FROM journal_entry j WHERE j.subject_type = 'signed-week' AND j.subject_id = w.id AND j.to_state = 'SIGNED'
        AND j.expert_id = w.expert_id AND j.lab_id = w.lab_id
        AND (j.facts->>'engagementId', j.facts->>'week', j.facts->>'version', j.facts->>'number', j.facts->>'root', j.facts->>'keyId')
          = (w.engagement_id::text, to_char(w.week_start AT TIME ZONE 'UTC', 'YYYY-MM-DD'), w.version::text, w.number::text, w.root, w.key_id))
    ORDER BY w.engagement_id, w.number LIMIT ${MOST}`;
  const gone = await db.$queryRaw<SignatureRow[]>`
    SELECT j.facts->>'engagementId' AS "engagementId", j.facts->>'week' AS week, j.facts->>'version' AS version
    FROM journal_entry j
    WHERE j.subject_type = 'signed-week' AND j.to_state = 'SIGNED' AND j.facts->>'keyId' = ANY(${[...keyIds]})
      AND NOT EXISTS (SELECT 1 FROM signed_week w WHERE w.id = j.subject_id)
    ORDER BY j.id LIMIT ${MOST}`;
  const named = ({ engagementId, week, version }: SignatureRow) =>
    `the signature of engagement ${engagementId} for the week of ${week}, version ${version},`;
  return {
    // From both sides: the signatures that are there, and those that the journal knows.
    looked: (await db.signedWeek.count()) + (await db.journalEntry.count({ where: SIGNED })),
    faults: [
      ...unknown.map((row) => `${named(row)} is not one that the journal knows`),
      ...gone.map((row) => `${named(row)} is gone, though the journal knows it`),
    ],
  };
}

/** Weeks that were signed more than once, after one of them, in the order of engagement and week. */
export async function weeksSignedAgain(
  db: Db,
  after: { readonly engagementId: string; readonly weekStart: Date } | undefined,
  limit: number,
): Promise<{ engagementId: string; weekStart: Date }[]> {
  return db.$queryRaw<{ engagementId: string; weekStart: Date }[]>`
    SELECT engagement_id AS "engagementId", week_start AS "weekStart" FROM signed_week
    WHERE version = 2 AND (${after?.engagementId ?? null}::uuid IS NULL OR (engagement_id, week_start) > (${after?.engagementId ?? null}::uuid, ${after?.weekStart ?? null}::timestamptz))
    ORDER BY engagement_id, week_start LIMIT ${limit}`;
}

/** All versions of a signed week in their order. */
export async function versionsOf(db: Db, engagementId: string, weekStart: Date): Promise<SignedWeekRecord[]> {
  return db.signedWeek.findMany({ where: { engagementId, weekStart }, orderBy: { version: 'asc' } });
}
