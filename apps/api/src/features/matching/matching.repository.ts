import type { Averages, Fit, Removed } from '@tallystick/matching';
import { Prisma, type Db } from '../../platform/prisma/database';
import type { CountedGate } from './engine/search-rows';
import { ranked } from './fit-rows';

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
  readonly gateCounts: (Omit<CountedGate, 'wouldPass'> & Partial<CountedGate>)[] | null;
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
/** Says that scoring was asked for; the page shows that it waits. */
export async function askShortlist(db: Db, openingId: string, labId: string, askedAt: Date): Promise<void> {
  await db.shortlist.upsert({
    where: { openingId },
    create: { openingId, labId, state: 'WAITING', askedAt },
    update: { state: 'WAITING', askedAt },
  });
}

/**
 * Only one writes the list of an expert or of an opening at a time; held until the transaction ends, taken in one order. Without it
 * the second deletes what was there before the first, and both write the same rows.
 */
export async function lockLists(db: Db, ids: readonly string[]): Promise<void> {
  await db.$queryRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(id, 5030))::text
    FROM (SELECT unnest(${[...ids]}::text[]) AS id ORDER BY 1) list`;
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
  await lockLists(db, [openingId]);
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

/** Ids of the openings that are open. */
export async function openOpeningIds(db: Db, labId?: string): Promise<string[]> {
  const where = { state: 'OPEN', ...(labId !== undefined && { labId }) };
  return (await db.opening.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } })).map(
    ({ id }) => id,
  );
}

/** Ids of the open openings whose shortlist another model scored. */
export async function outdatedOpeningIds(db: Db, modelHash: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM opening o JOIN shortlist s ON s.opening_id = o.id
    WHERE o.state = 'OPEN' AND s.model_hash IS DISTINCT FROM ${modelHash} ORDER BY o.id`;
  return rows.map(({ id }) => id);
}
