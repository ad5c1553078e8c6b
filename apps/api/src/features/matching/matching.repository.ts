import type { Averages, Fit, Removed } from '@tallystick/matching';
import { Prisma, type Db } from '../../platform/prisma/database';

export interface ShortlistRecord {
  readonly openingId: string;
  readonly labId: string;
  readonly state: string;
  readonly askedAt: Date;
  readonly scoredAt: Date | null;
  readonly snapshotId: string | null;
  readonly modelId: string | null;
  /** Null where it was scored before models were kept. */
  readonly modelHash: string | null;
  readonly candidateCount: number;
  readonly eligibleCount: number;
  /** What each gate does; shortlists scored before that was known lack `wouldPass`. */
  readonly gateCounts: (Omit<Removed, 'wouldPass'> & Partial<Removed>)[] | null;
  /** Null where it was scored before averages were kept. */
  readonly averages: Averages | null;
}

/** A fit as it is stored, for either side. */
export interface StoredFit {
  readonly openingId: string;
  readonly expertId: string;
  readonly rank: number;
  readonly score: number;
  readonly isEligible: boolean;
  /** Null where it was scored before steps were kept. */
  readonly steps: Fit['steps'] | null;
  readonly gates: Fit['gates'];
  readonly parts: Fit['parts'];
  readonly reasons: Fit['reasons'];
}

const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
/** Fits with their ranks as one text of JSON: the database takes 200 rows apart faster than 1,600 parameters. */
const ranked = (fits: readonly Fit[]) =>
  JSON.stringify(
    fits.map((fit, index) => ({
      opening_id: fit.openingId,
      expert_id: fit.expertId,
      is_eligible: fit.isEligible,
      rank: index + 1,
      score: fit.score,
      steps: fit.steps,
      gates: fit.gates,
      parts: fit.parts,
      reasons: fit.reasons,
      lapses_at: fit.lapsesAt ?? null,
    })),
  );

/** Says that scoring was asked for; the page shows that it waits. */
export async function askShortlist(db: Db, openingId: string, labId: string, askedAt: Date): Promise<void> {
  await db.shortlist.upsert({
    where: { openingId },
    create: { openingId, labId, state: 'WAITING', askedAt },
    update: { state: 'WAITING', askedAt },
  });
}

/**
 * Only one replaces the list of an expert or of an opening at a time; held until the transaction ends. Without it the
 * second deletes what was there before the first, and both write the same rows.
 */
async function lockList(db: Db, id: string): Promise<void> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 5030))::text`;
}

/** Replaces the shortlist of an opening. Two who do so at once come one after the other; the later one's stays. */
export async function replaceFits(
  db: Db,
  opening: { id: string; labId: string },
  fits: readonly Fit[],
  facts: {
    snapshotId: string;
    modelId: string;
    modelHash: string;
    candidateCount: number;
    eligibleCount: number;
    gateCounts: readonly Removed[];
    averages: Averages;
    scoredAt: Date;
  },
): Promise<void> {
  const { id: openingId, labId } = opening;
  await lockList(db, openingId);
  await db.fit.deleteMany({ where: { openingId } });
  await db.$executeRaw`
    INSERT INTO fit (opening_id, lab_id, expert_id, rank, score, steps, gates, parts, reasons, lapses_at)
    SELECT ${openingId}::uuid, ${labId}::uuid, expert_id, rank, score, steps, gates, parts, reasons, lapses_at
    FROM jsonb_populate_recordset(NULL::fit, ${ranked(fits)}::jsonb)`;
  const row = {
    ...facts,
    gateCounts: json(facts.gateCounts),
    averages: json(facts.averages),
    state: 'READY',
  };
  await db.shortlist.upsert({
    where: { openingId },
    create: { openingId, labId, askedAt: facts.scoredAt, ...row },
    update: row,
  });
}

/** Takes the shortlist of an opening away. */
export async function clearFits(db: Db, openingId: string): Promise<void> {
  await db.fit.deleteMany({ where: { openingId } });
  await db.recommendation.deleteMany({ where: { openingId } });
}

/** The state of a shortlist. */
export async function findShortlist(db: Db, openingId: string): Promise<ShortlistRecord | null> {
  return (await db.shortlist.findUnique({ where: { openingId } })) as ShortlistRecord | null;
}

/** Which experts of a shortlist are wanted; all where nothing is said. */
export interface FitFilter {
  readonly openingId: string;
  readonly only?: readonly string[];
  readonly but?: readonly string[];
  /** Who has lapsed by then is not shown, whether or not a worker has come by. */
  readonly now: Date;
}

/** How one expert fits an opening, where they are on its shortlist. */
export async function findFit(db: Db, openingId: string, expertId: string): Promise<StoredFit | null> {
  const row = await db.fit.findUnique({ where: { openingId_expertId: { openingId, expertId } } });
  return row && ({ ...row, isEligible: true } as unknown as StoredFit);
}

/** How many of a shortlist a filter finds. */
export async function countFits(db: Db, filter: FitFilter): Promise<number> {
  return db.fit.count({ where: fitWhere(filter) });
}

function fitWhere({ openingId, only, but, now }: FitFilter) {
  return {
    openingId,
    OR: [{ lapsesAt: null }, { lapsesAt: { gt: now } }],
    ...((only || but) && { expertId: { ...(only && { in: [...only] }), ...(but && { notIn: [...but] }) } }),
  };
}

/** A page of a shortlist, best first, after a rank. */
export async function listFits(
  db: Db,
  filter: FitFilter,
  limit: number,
  after?: readonly string[],
): Promise<StoredFit[]> {
  const rows = await db.fit.findMany({
    where: { ...fitWhere(filter), ...(after && { rank: { gt: Number(after[0]) } }) },
    orderBy: { rank: 'asc' },
    take: limit,
  });
  return rows.map((row) => ({ ...row, isEligible: true })) as unknown as StoredFit[];
}

/** Replaces the openings of an expert. Two who do so at once come one after the other; the later one's stay. */
export async function replaceRecommendations(
  db: Db,
  expertId: string,
  fits: readonly Fit[],
  facts: { snapshotId: string; modelId: string; modelHash: string; scoredAt: Date },
): Promise<void> {
  await lockList(db, expertId);
  await db.recommendation.deleteMany({ where: { expertId } });
  await db.$executeRaw`
    INSERT INTO recommendation (expert_id, opening_id, rank, score, is_eligible, steps, gates, parts, reasons, lapses_at)
    SELECT ${expertId}::uuid, opening_id, rank, score, is_eligible, steps, gates, parts, reasons, lapses_at
    FROM jsonb_populate_recordset(NULL::recommendation, ${ranked(fits)}::jsonb)`;
  const row = { state: 'READY', ...facts };
  await db.recommendationState.upsert({
    where: { expertId },
    create: { expertId, askedAt: facts.scoredAt, ...row },
    update: row,
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
      SELECT r.*, CASE WHEN r.opening_id = ANY(${[...appliedTo]}::uuid[]) THEN ${PLACES.appliedTo}
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
  const where = { expertId_openingId: { expertId, openingId } };
  const row = await db.recommendation.findUnique({ where });
  if (!row) return null;
  const isEligible = row.isEligible && (row.lapsesAt === null || row.lapsesAt > now);
  return { ...row, isEligible } as unknown as StoredFit;
}

/** Ids of the openings that are open. */
export async function openOpeningIds(db: Db): Promise<string[]> {
  return (
    await db.opening.findMany({ where: { state: 'OPEN' }, select: { id: true }, orderBy: { id: 'asc' } })
  ).map(({ id }) => id);
}

/** Ids of the open openings whose shortlist another model scored. */
export async function outdatedOpeningIds(db: Db, modelHash: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM opening o JOIN shortlist s ON s.opening_id = o.id
    WHERE o.state = 'OPEN' AND s.model_hash IS DISTINCT FROM ${modelHash} ORDER BY o.id`;
  return rows.map(({ id }) => id);
}

/** Ids of the active experts whose openings another model scored. */
export async function outdatedExpertIds(db: Db, modelHash: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM expert e JOIN recommendation_state s ON s.expert_id = e.id
    WHERE e.state = 'ACTIVE' AND s.model_hash IS DISTINCT FROM ${modelHash} ORDER BY e.id`;
  return rows.map(({ id }) => id);
}
