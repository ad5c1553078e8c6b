import { exposureAt, type OutcomeKind } from '@tallystick/domain';
import type { Averages, Part } from '@tallystick/matching';
import type { Db, Prisma } from '../../platform/prisma/database';

/** How a fit was scored, as far as it takes to compute it again. */
export interface ScoredFit {
  /** Its place on the shortlist; null where it is not on it. */
  readonly rank: number | null;
  readonly score: number;
  readonly parts: readonly Part[];
  /** Null where they were not kept yet. */
  readonly averages: Averages | null;
  readonly interest: number | null;
  readonly snapshotId: string | null;
  readonly modelId: string;
  readonly modelHash: string;
}

/** What came of a fit. */
export interface OutcomeRecord {
  readonly openingId: string;
  readonly expertId: string;
  readonly kind: OutcomeKind;
  readonly labId: string;
  readonly at: Date;
  /** How probable it was to be shown at that place, above 0 and up to 1. */
  readonly propensity: number;
  /** Null where it was not scored. */
  readonly fit: ScoredFit | null;
}

/** Keeps what came of fits, each kind once: what is kept already stands. */
export async function insertOutcomes(db: Db, outcomes: readonly OutcomeRecord[]): Promise<void> {
  await db.fitOutcome.createMany({
    data: outcomes.map(({ fit, ...row }) => ({ ...row, ...(fit && storedFit(fit)) })),
    skipDuplicates: true,
  });
}

function storedFit({ averages, parts, ...fit }: ScoredFit) {
  return { ...fit, parts: stored(parts), ...(averages && { averages: { ...averages } }) };
}

/** What a contribution is follows from value and weight. */
function stored(parts: readonly Part[]): Prisma.InputJsonValue {
  return parts.map(({ name, value, weight }) => ({ name, value, weight }));
}

/** How a pair is scored now: on the shortlist or, beyond it, among the expert's openings. Null where it is not scored. */
export async function scoredFit(db: Db, openingId: string, expertId: string): Promise<ScoredFit | null> {
  const [row] = await db.$queryRaw<ScoredFit[]>`
    SELECT f.rank, f.score, f.parts, s.averages, (f.steps->>'interest')::float8 AS interest, s.snapshot_id AS "snapshotId", s.model_id AS "modelId", s.model_hash AS "modelHash"
    FROM fit f JOIN shortlist s ON s.opening_id = f.opening_id
    WHERE f.opening_id = ${openingId}::uuid AND f.expert_id = ${expertId}::uuid AND s.model_hash IS NOT NULL
    UNION ALL
    SELECT NULL, r.score, r.parts, l.averages, (r.steps->>'interest')::float8, s.snapshot_id, s.model_id, s.model_hash
    FROM recommendation r JOIN recommendation_state s ON s.expert_id = r.expert_id
    LEFT JOIN shortlist l ON l.opening_id = r.opening_id
    WHERE r.opening_id = ${openingId}::uuid AND r.expert_id = ${expertId}::uuid AND s.model_hash IS NOT NULL
    LIMIT 1`;
  return row ?? null;
}

/** All that came of one fit, with its parts as they were first scored. */
export interface PairOutcomes {
  readonly openingId: string;
  readonly at: Date;
  readonly kinds: readonly string[];
  readonly parts: readonly Pick<Part, 'name' | 'value' | 'weight'>[];
  readonly propensity: number;
  readonly averages: Averages | null;
}

/** Ids of the openings that something came of since an instant, in the order of when it began. */
export async function openingsWithOutcomes(db: Db, since: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT opening_id AS id FROM fit_outcome GROUP BY opening_id HAVING min(at) >= ${since} ORDER BY min(at), opening_id`;
  return rows.map(({ id }) => id);
}

/** What came of the scored fits of some openings, best score first. */
export async function outcomesOf(db: Db, openingIds: readonly string[]): Promise<PairOutcomes[]> {
  return db.$queryRaw<PairOutcomes[]>`
    SELECT opening_id AS "openingId", min(at) AS at, array_agg(kind ORDER BY kind) AS kinds,
      (array_agg(parts ORDER BY at, kind DESC) FILTER (WHERE parts IS NOT NULL))[1] AS parts,
      (array_agg(averages ORDER BY at, kind DESC) FILTER (WHERE averages IS NOT NULL))[1] AS averages,
      (array_agg(propensity ORDER BY at, kind DESC) FILTER (WHERE parts IS NOT NULL))[1] AS propensity
    FROM fit_outcome WHERE opening_id = ANY(${[...openingIds]}::uuid[])
    GROUP BY opening_id, expert_id HAVING count(parts) > 0
    ORDER BY opening_id, max(score) DESC, expert_id`;
}

/** How much each expert was shown since an instant. */
export async function exposuresSince(db: Db, since: Date): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ expertId: string; rank: number; times: number }[]>`
    SELECT expert_id AS "expertId", rank, count(*)::int AS times
    FROM fit_outcome WHERE kind = 'SHOWN' AND at >= ${since} GROUP BY expert_id, rank`;
  const exposures = new Map<string, number>();
  for (const { expertId, rank, times } of rows)
    exposures.set(expertId, (exposures.get(expertId) ?? 0) + times * exposureAt(rank));
  return exposures;
}

/** How many experts may be shown to labs. */
export async function countShowable(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM expert WHERE state = 'ACTIVE' AND is_visible_to_labs`;
  return row?.count ?? 0;
}
