import type { Fit } from '@tallystick/matching';
import { Prisma, type Db } from '../../platform/prisma/database';
import { ranked } from './fit-rows';
import { lockLists, type StoredFit } from './matching.repository';

/** The order of an expert's openings: those that can be taken first, then those with something missing; each best first. */
const BEST_FIRST = Prisma.sql`is_eligible DESC, score DESC, opening_id`;

/** By what a list was scored. */
interface ScoredBy {
  readonly snapshotId: string;
  readonly modelId: string;
  readonly modelHash: string;
  readonly scoredAt: Date;
}

const written = (fits: readonly Fit[]) => Prisma.sql`
  INSERT INTO recommendation (expert_id, opening_id, score, is_eligible, steps, gates, parts, reasons, lapses_at)
  SELECT own.expert_id, own.opening_id, own.score, own.is_eligible, own.steps, own.gates, own.parts, own.reasons, own.lapses_at
  FROM jsonb_populate_recordset(NULL::recommendation, ${ranked(fits)}::jsonb) own
  JOIN opening o ON o.id = own.opening_id AND o.state = 'OPEN'`;

/**
 * Replaces what an expert was told of some openings. Two who do so at once come one after the other; the later one's stay, and so do
 * openings that the later one had not heard of yet.
 * @param openingIds all that were looked at
 * @param fits the best of them
 */
export async function replaceRecommendations(
  db: Db,
  expertId: string,
  openingIds: readonly string[],
  fits: readonly Fit[],
  facts: ScoredBy,
): Promise<void> {
  await lockLists(db, [expertId]);
  await db.recommendation.deleteMany({ where: { expertId, openingId: { in: [...openingIds] } } });
  await db.$executeRaw(written(fits));
  const row = { state: 'READY', changedAt: facts.scoredAt, ...facts };
  await db.recommendationState.upsert({
    where: { expertId },
    create: { expertId, askedAt: facts.scoredAt, ...row },
    update: row,
  });
}

/**
 * Adds one opening to the lists of some experts, or says it anew, and touches nothing else of them. A list that another model scored
 * is left alone: it is scored anew as a whole.
 * @param fits one for each expert
 * @param at when the lists changed by that
 * @param most how many openings a list has at most; the last ones leave it
 */
export async function addRecommendations(
  db: Db,
  fits: readonly Fit[],
  { modelHash, at, most }: { readonly modelHash: string; readonly at: Date; readonly most: number },
): Promise<void> {
  const experts = fits.map(({ expertId }) => expertId);
  await lockLists(db, experts);
  await db.$executeRaw`
    ${written(fits)}
    LEFT JOIN recommendation_state s ON s.expert_id = own.expert_id WHERE coalesce(s.model_hash, ${modelHash}) = ${modelHash}
    ON CONFLICT (expert_id, opening_id) DO UPDATE SET score = EXCLUDED.score, is_eligible = EXCLUDED.is_eligible, steps = EXCLUDED.steps,
      gates = EXCLUDED.gates, parts = EXCLUDED.parts, reasons = EXCLUDED.reasons, lapses_at = EXCLUDED.lapses_at`;
  await db.$executeRaw`
    DELETE FROM recommendation r USING (
      SELECT expert_id, opening_id, row_number() OVER (PARTITION BY expert_id ORDER BY ${BEST_FIRST}) AS rank
      FROM recommendation WHERE expert_id = ANY(${experts}::uuid[])) own
    WHERE own.rank > ${most} AND (r.expert_id, r.opening_id) = (own.expert_id, own.opening_id)`;
  await db.recommendationState.updateMany({
    where: { expertId: { in: experts }, modelHash },
    data: { changedAt: at },
  });
}

/** The halves of an expert's openings, in the order in which they are read. */
export const PLACES = { canBeTaken: 0, appliedTo: 1, missesSomething: 2 } as const;
export type Place = (typeof PLACES)[keyof typeof PLACES];

/** A fit with the part of the list that it is in. */
export type PlacedFit = StoredFit & { readonly place: Place };

/** Which of an expert's openings are wanted. */
export interface RecommendationFilter {
  readonly expertId: string;
  /** Openings that the expert applied to: they come after those that can be taken. */
  readonly appliedTo: readonly string[];
  /** Only this part of the list. */
  readonly place?: Place;
  /** Only these openings. */
  readonly openingIds?: readonly string[];
  /** What has lapsed by then cannot be taken. */
  readonly now: Date;
}

/** A SELECT of the wanted openings, each with its place. */
function placed({ expertId, appliedTo, place, openingIds, now }: RecommendationFilter): Prisma.Sql {
  return Prisma.sql`
    SELECT * FROM (
      SELECT r.*, (row_number() OVER (ORDER BY ${BEST_FIRST}))::int AS rank, CASE WHEN r.opening_id = ANY(${[...appliedTo]}::uuid[]) THEN ${PLACES.appliedTo}
        WHEN r.is_eligible AND coalesce(r.lapses_at > ${now}, true) THEN ${PLACES.canBeTaken} ELSE ${PLACES.missesSomething} END::int AS place
      FROM recommendation r WHERE r.expert_id = ${expertId}::uuid
    ) own
    WHERE ${place === undefined ? Prisma.sql`true` : Prisma.sql`place = ${place}::int`}
      AND ${openingIds ? Prisma.sql`opening_id = ANY(${[...openingIds]}::uuid[])` : Prisma.sql`true`}`;
}

/** A page of an expert's openings, by place and then best first, after a key of (place, rank). */
export async function listRecommendations(
  db: Db,
  filter: RecommendationFilter,
  limit: number,
  after?: { readonly place: number; readonly rank: number },
): Promise<PlacedFit[]> {
  const beyond = after
    ? Prisma.sql`(place, rank) > (${after.place}::int, ${after.rank}::int)`
    : Prisma.sql`true`;
  return db.$queryRaw<PlacedFit[]>`
    SELECT opening_id AS "openingId", expert_id AS "expertId", rank, score, is_eligible AS "isEligible",
      steps, gates, parts, reasons, place
    FROM (${placed(filter)}) wanted WHERE ${beyond} ORDER BY place, rank LIMIT ${limit}`;
}

/** When an expert's openings were scored, and when what they are scored by was last changed. */
export async function recommendationState(
  db: Db,
  expertId: string,
): Promise<{ scoredAt: Date | null; snapshotId: string | null; changedAt: Date | null }> {
  const state = await db.recommendationState.findUnique({ where: { expertId } });
  const expert = await db.expert.findUnique({ where: { id: expertId }, select: { updatedAt: true } });
  const { scoredAt = null, snapshotId = null } = state ?? {};
  return { scoredAt, snapshotId, changedAt: expert?.updatedAt ?? null };
}

/** How many of an expert's openings a filter finds. */
export async function countRecommendations(db: Db, filter: RecommendationFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (${placed(filter)}) wanted`;
  return row?.count ?? 0;
}

/** How one opening fits an expert. @param now what has lapsed by then cannot be taken */
export async function findRecommendation(
  db: Db,
  expertId: string,
  openingId: string,
  now: Date,
): Promise<StoredFit | null> {
  const filter = { expertId, appliedTo: [], openingIds: [openingId], now };
  const [row] = await listRecommendations(db, filter, 1);
  return row ? { ...row, isEligible: row.place === PLACES.canBeTaken } : null;
}

/** Ids of the active experts whose openings another model scored. */
export async function outdatedExpertIds(db: Db, modelHash: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM expert e JOIN recommendation_state s ON s.expert_id = e.id
    WHERE e.state = 'ACTIVE' AND s.model_hash IS DISTINCT FROM ${modelHash} ORDER BY e.id`;
  return rows.map(({ id }) => id);
}
