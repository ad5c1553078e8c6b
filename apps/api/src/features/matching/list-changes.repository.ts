import type { Fit } from '@tallystick/matching';
import type { Db } from '../../platform/prisma/database';

/**
 * Ids of the openings whose shortlist an expert is on, or belongs on: those that are not full, and those on which somebody fits less.
 * @param fitting how they fit openings whose gates they pass
 * @param most how many a shortlist has at most
 */
export async function affectedOpeningIds(
  db: Db,
  expertId: string,
  fitting: readonly Pick<Fit, 'openingId' | 'score'>[],
  most: number,
): Promise<string[]> {
  const scores = JSON.stringify(fitting.map(({ openingId, score }) => ({ opening_id: openingId, score })));
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT opening_id AS id FROM fit WHERE expert_id = ${expertId}::uuid
    UNION
    SELECT own.opening_id FROM jsonb_to_recordset(${scores}::jsonb) AS own (opening_id uuid, score float8)
    WHERE own.score >= coalesce(
      (SELECT f.score FROM fit f WHERE f.opening_id = own.opening_id AND f.rank >= ${most} ORDER BY f.rank LIMIT 1), 0)
    ORDER BY id`;
  return rows.map(({ id }) => id);
}

/** Ids of the openings that an expert is listed for: on a shortlist, or among those that they can take. */
export async function openingIdsListing(db: Db, expertId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT opening_id AS id FROM fit WHERE expert_id = ${expertId}::uuid
    UNION SELECT opening_id FROM recommendation WHERE expert_id = ${expertId}::uuid AND is_eligible ORDER BY id`;
  return rows.map(({ id }) => id);
}

/** Takes an expert off lists at once, without waiting for them to be scored. Returns the shortlists that changed. */
export async function takeOff(
  db: Db,
  expertId: string,
  openingIds: readonly string[],
): Promise<{ openingId: string; labId: string }[]> {
  const ids = [...openingIds];
  await db.recommendation.deleteMany({ where: { expertId, openingId: { in: ids } } });
  return db.$queryRaw`
    DELETE FROM fit WHERE expert_id = ${expertId}::uuid AND opening_id = ANY(${ids}::uuid[])
    RETURNING opening_id AS "openingId", lab_id AS "labId"`;
}

/** Open openings and active experts on whose lists something has lapsed by an instant; at most `limit` of each. */
export async function lapsedBy(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ openingIds: string[]; expertIds: string[] }> {
  const openings = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT f.opening_id AS id FROM fit f WHERE f.lapses_at <= ${now} ORDER BY id LIMIT ${limit}`;
  const experts = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT r.expert_id AS id FROM recommendation r WHERE r.lapses_at <= ${now} ORDER BY id LIMIT ${limit}`;
  return { openingIds: openings.map(({ id }) => id), expertIds: experts.map(({ id }) => id) };
}

/** Shortlists of open openings that were scored longest ago, before an instant; at most `limit`. Their counts of who passes age. */
export async function agedOpeningIds(db: Db, before: Date, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM opening o JOIN shortlist s ON s.opening_id = o.id
    WHERE o.state = 'OPEN' AND s.scored_at < ${before} ORDER BY s.scored_at LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
