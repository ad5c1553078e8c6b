import type { Fit } from '@tallystick/matching';
import type { Db, Prisma } from '../../platform/prisma/database';

export interface ShortlistRecord {
  readonly openingId: string;
  readonly labId: string;
  readonly state: string;
  readonly askedAt: Date;
  readonly scoredAt: Date | null;
  readonly candidateCount: number;
  readonly eligibleCount: number;
  readonly gateCounts: { code: string; count: number }[] | null;
}

/** A fit as it is stored, for either side. */
export interface StoredFit {
  readonly openingId: string;
  readonly expertId: string;
  readonly rank: number;
  readonly score: number;
  readonly isEligible: boolean;
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
      gates: fit.gates,
      parts: fit.parts,
      reasons: fit.reasons,
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

/** Replaces the shortlist of an opening. */
export async function replaceFits(
  db: Db,
  opening: { id: string; labId: string },
  fits: readonly Fit[],
  facts: {
    snapshotId: string;
    modelId: string;
    candidateCount: number;
    eligibleCount: number;
    gateCounts: { code: string; count: number }[];
    scoredAt: Date;
  },
): Promise<void> {
  const { id: openingId, labId } = opening;
  await db.fit.deleteMany({ where: { openingId } });
  await db.$executeRaw`
    INSERT INTO fit (opening_id, lab_id, expert_id, rank, score, gates, parts, reasons)
    SELECT ${openingId}::uuid, ${labId}::uuid, expert_id, rank, score, gates, parts, reasons
    FROM jsonb_populate_recordset(NULL::fit, ${ranked(fits)}::jsonb)`;
  const row = { ...facts, gateCounts: json(facts.gateCounts), state: 'READY' };
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

/** A page of a shortlist, best first, after a rank; of some experts only, where they are named. */
export async function listFits(
  db: Db,
  openingId: string,
  limit: number,
  after?: readonly string[],
  expertIds?: readonly string[],
): Promise<StoredFit[]> {
  const rows = await db.fit.findMany({
    where: {
      openingId,
      ...(after && { rank: { gt: Number(after[0]) } }),
      ...(expertIds && { expertId: { in: [...expertIds] } }),
    },
    orderBy: { rank: 'asc' },
    take: limit,
  });
  return rows.map((row) => ({ ...row, isEligible: true })) as unknown as StoredFit[];
}

/** Replaces the openings of an expert. */
export async function replaceRecommendations(
  db: Db,
  expertId: string,
  fits: readonly Fit[],
  snapshotId: string,
  scoredAt: Date,
): Promise<void> {
  await db.recommendation.deleteMany({ where: { expertId } });
  await db.$executeRaw`
    INSERT INTO recommendation (expert_id, opening_id, rank, score, is_eligible, gates, parts, reasons)
    SELECT ${expertId}::uuid, opening_id, rank, score, is_eligible, gates, parts, reasons
    FROM jsonb_populate_recordset(NULL::recommendation, ${ranked(fits)}::jsonb)`;
  const row = { state: 'READY', scoredAt, snapshotId };
  await db.recommendationState.upsert({
    where: { expertId },
    create: { expertId, askedAt: scoredAt, ...row },
    update: row,
  });
}

/** Which of an expert's openings are wanted. */
export interface RecommendationFilter {
  readonly expertId: string;
  /** Only those that can be taken, or only those with something missing. */
  readonly isEligible?: boolean;
  /** Only these openings. */
  readonly openingIds?: readonly string[];
}

const recommendationWhere = ({ openingIds, ...rest }: RecommendationFilter) => ({
  ...rest,
  ...(openingIds && { openingId: { in: [...openingIds] } }),
});

/** A page of an expert's openings, best first, after a rank. */
export async function listRecommendations(
  db: Db,
  filter: RecommendationFilter,
  limit: number,
  after?: readonly string[],
): Promise<StoredFit[]> {
  const rows = await db.recommendation.findMany({
    where: { ...recommendationWhere(filter), ...(after && { rank: { gt: Number(after[0]) } }) },
    orderBy: { rank: 'asc' },
    take: limit,
  });
  return rows as unknown as StoredFit[];
}

/** When an expert's openings were scored, and when what they are scored by was last changed. */
export async function recommendationState(
  db: Db,
  expertId: string,
): Promise<{ scoredAt: Date | null; changedAt: Date | null }> {
  const state = await db.recommendationState.findUnique({ where: { expertId } });
  const expert = await db.expert.findUnique({ where: { id: expertId }, select: { updatedAt: true } });
  return { scoredAt: state?.scoredAt ?? null, changedAt: expert?.updatedAt ?? null };
}

/** How many of an expert's openings a filter finds. */
export async function countRecommendations(db: Db, filter: RecommendationFilter): Promise<number> {
  return db.recommendation.count({ where: recommendationWhere(filter) });
}

/** How one opening fits an expert. */
export async function findRecommendation(
  db: Db,
  expertId: string,
  openingId: string,
): Promise<StoredFit | null> {
  return (await db.recommendation.findUnique({
    where: { expertId_openingId: { expertId, openingId } },
  })) as unknown as StoredFit | null;
}

/** Ids of the openings that are open. */
export async function openOpeningIds(db: Db): Promise<string[]> {
  return (
    await db.opening.findMany({ where: { state: 'OPEN' }, select: { id: true }, orderBy: { id: 'asc' } })
  ).map(({ id }) => id);
}
