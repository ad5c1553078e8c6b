import { Prisma, type Db } from '../../platform/prisma/database';

/** How often somebody is told what a saved search finds. */
export type HowOften = 'AT_ONCE' | 'DAILY' | 'NEVER';

/** A search that somebody keeps: an expert's over their openings, or a lab's over the shortlist of an opening. */
export interface SavedSearchRecord {
  readonly id: string;
  readonly accountId: string;
  /** Null for a lab's. */
  readonly expertId: string | null;
  /** Null for an expert's, as the opening is. */
  readonly labId: string | null;
  readonly openingId: string | null;
  readonly name: string;
  readonly words: string;
  /** Only those that can be taken, or only those with something missing; null for both. */
  readonly isEligible: boolean | null;
  /** Points of 100. */
  readonly leastScore: number;
  readonly howOften: HowOften;
  readonly createdAt: Date;
  readonly lookedAt: Date;
  /** When the list was scored that was looked through last. */
  readonly checkedAt: Date;
}

/** A saved search as its owner's page shows it. */
export interface ListedSearch extends SavedSearchRecord {
  readonly openingTitle: string | null;
  /** What was found since its owner last looked and was not on the list before. */
  readonly newCount: number;
  /** What was found since its owner last looked and was on the list before, with a lower fit. */
  readonly risenCount: number;
}

/** One thing on the list of a search. */
export interface Listed {
  readonly openingId: string;
  readonly expertId: string;
  readonly score: number;
  /** Whether it fits as well as the search asks. */
  readonly isFound: boolean;
}

/** One thing that a search found for the first time. */
export interface Found extends Omit<Listed, 'isFound'> {
  /** Whether it was on the list before, with a lower fit: then it is not new. */
  readonly wasListed: boolean;
}

/** Somebody keeps at most so many. */
export const MOST_SEARCHES = 20;

/** The searches of an account, by name. */
export async function searchesOf(db: Db, accountId: string): Promise<ListedSearch[]> {
  return db.$queryRaw<ListedSearch[]>`
    SELECT s.id, s.account_id AS "accountId", s.expert_id AS "expertId", s.lab_id AS "labId", s.opening_id AS "openingId", s.name,
      s.words, s.is_eligible AS "isEligible", s.least_score AS "leastScore", s.how_often AS "howOften", s.created_at AS "createdAt",
      s.looked_at AS "lookedAt", s.checked_at AS "checkedAt", o.title AS "openingTitle",
      (SELECT count(*)::int FROM saved_find f WHERE f.search_id = s.id AND f.found_at > s.looked_at AND NOT f.was_listed) AS "newCount",
      (SELECT count(*)::int FROM saved_find f WHERE f.search_id = s.id AND f.found_at > s.looked_at AND f.was_listed) AS "risenCount"
    FROM saved_search s LEFT JOIN opening o ON o.id = s.opening_id
    WHERE s.account_id = ${accountId}::uuid ORDER BY lower(s.name) LIMIT ${MOST_SEARCHES}`;
}

/** One's own search. */
export async function findSearch(db: Db, accountId: string, id: string): Promise<SavedSearchRecord | null> {
  return (await db.savedSearch.findFirst({ where: { id, accountId } })) as SavedSearchRecord | null;
}

/** The search of a name, whatever its capitals. */
export async function findSearchByName(
  db: Db,
  accountId: string,
  name: string,
): Promise<SavedSearchRecord | null> {
  return (await db.savedSearch.findFirst({
    where: { accountId, name: { equals: name, mode: 'insensitive' } },
  })) as SavedSearchRecord | null;
}

/** How many searches an account keeps; held until the transaction ends, so that two at once count each other. */
export async function countSearches(db: Db, accountId: string): Promise<number> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${accountId}, 5051))::text`;
  return db.savedSearch.count({ where: { accountId } });
}

/** Stores a search. */
export async function insertSearch(db: Db, row: SavedSearchRecord): Promise<void> {
  await db.savedSearch.create({ data: row });
}

/** Changes one's own search. */
export async function changeSearch(
  db: Db,
  { id, accountId }: Pick<SavedSearchRecord, 'id' | 'accountId'>,
  changes: Partial<Pick<SavedSearchRecord, 'name' | 'howOften' | 'lookedAt' | 'checkedAt'>>,
): Promise<void> {
  await db.savedSearch.updateMany({ where: { id, accountId }, data: changes });
}

/** Forgets one's own search and what it found. */
export async function deleteSearch(db: Db, { id, accountId }: SavedSearchRecord): Promise<void> {
  await db.savedSearch.deleteMany({ where: { id, accountId } });
}

/**
 * Keeps what is on the list of a search. Returns what was found now and not before, best first: what is new on the list, and what was
 * on it with a lower fit.
 */
export async function keepListed(
  db: Db,
  { id: searchId, accountId }: Pick<SavedSearchRecord, 'id' | 'accountId'>,
  listed: readonly Listed[],
  times: { readonly foundAt: Date; readonly toldAt: Date | null },
): Promise<Found[]> {
  if (listed.length === 0) return [];
  const rows = JSON.stringify(
    listed.map((each) => ({ o: each.openingId, e: each.expertId, s: each.score, f: each.isFound })),
  );
  const kept = await db.$queryRaw<(Found & { isFound: boolean })[]>`
    INSERT INTO saved_find AS own (search_id, account_id, opening_id, expert_id, score, found_at, told_at)
    SELECT ${searchId}::uuid, ${accountId}::uuid, o, e, s,
      CASE WHEN f THEN ${times.foundAt}::timestamptz END, CASE WHEN f THEN ${times.toldAt}::timestamptz END
    FROM jsonb_to_recordset(${rows}::jsonb) AS given (o uuid, e uuid, s float8, f boolean)
    ON CONFLICT (search_id, opening_id, expert_id) DO UPDATE
    SET score = excluded.score, found_at = excluded.found_at, told_at = excluded.told_at, was_listed = true
    WHERE own.found_at IS NULL AND excluded.found_at IS NOT NULL
    RETURNING opening_id AS "openingId", expert_id AS "expertId", score, was_listed AS "wasListed", found_at IS NOT NULL AS "isFound"`;
  const found = kept.filter(({ isFound }) => isFound);
  return found.sort(
    (a, b) => b.score - a.score || (a.openingId + a.expertId < b.openingId + b.expertId ? -1 : 1),
  );
}

/** Counts everything that a search found as told. */
export async function countAsTold(db: Db, searchIds: readonly string[], toldAt: Date): Promise<void> {
  await db.savedFind.updateMany({
    where: { searchId: { in: [...searchIds] }, toldAt: null },
    data: { toldAt },
  });
}

/** How many finds of an account's daily searches nobody was told of yet, by search: the new ones, and those that were listed before. */
export async function untoldDaily(
  db: Db,
  accountId: string,
): Promise<(Pick<SavedSearchRecord, 'id' | 'name' | 'openingId'> & { count: number; risen: number })[]> {
  return db.$queryRaw`
    SELECT s.id, s.name, s.opening_id AS "openingId",
      (count(*) FILTER (WHERE NOT f.was_listed))::int AS count, (count(*) FILTER (WHERE f.was_listed))::int AS risen
    FROM saved_search s JOIN saved_find f ON f.search_id = s.id AND f.told_at IS NULL AND f.found_at IS NOT NULL
    WHERE s.account_id = ${accountId}::uuid AND s.how_often = 'DAILY' AND ${maySee()}
    GROUP BY s.id ORDER BY lower(s.name)`;
}

/** Searches whose list changed since it was looked through, of people who may see it now; those that wait longest first. */
export async function searchesToLookThrough(
  db: Db,
  limit: number,
): Promise<(SavedSearchRecord & { scoredAt: Date })[]> {
  return db.$queryRaw`
    SELECT s.id, s.account_id AS "accountId", s.expert_id AS "expertId", s.lab_id AS "labId", s.opening_id AS "openingId", s.name,
      s.words, s.is_eligible AS "isEligible", s.least_score AS "leastScore", s.how_often AS "howOften", s.created_at AS "createdAt",
      s.looked_at AS "lookedAt", s.checked_at AS "checkedAt", coalesce(r.changed_at, l.scored_at) AS "scoredAt"
    FROM saved_search s
    LEFT JOIN recommendation_state r ON r.expert_id = s.expert_id
    LEFT JOIN shortlist l ON l.opening_id = s.opening_id
    WHERE coalesce(r.changed_at, l.scored_at) > s.checked_at AND ${maySee()}
    ORDER BY s.checked_at, s.id LIMIT ${limit}`;
}

/** Whether the owner of a search `s` may read its list now: active, and of a lab that still reads shortlists of an open opening. */
function maySee(): Prisma.Sql {
  return Prisma.sql`
    EXISTS (SELECT 1 FROM account a WHERE a.id = s.account_id AND a.state = 'ACTIVE')
    AND CASE WHEN s.opening_id IS NULL
      THEN EXISTS (SELECT 1 FROM expert e WHERE e.id = s.expert_id AND e.account_id = s.account_id AND e.state = 'ACTIVE')
      ELSE EXISTS (SELECT 1 FROM lab_member m JOIN opening o ON o.lab_id = m.lab_id AND o.state = 'OPEN'
        WHERE o.id = s.opening_id AND m.lab_id = s.lab_id AND m.account_id = s.account_id AND m.removed_at IS NULL
          AND m.role IN ('OWNER', 'MANAGER', 'REVIEWER')) END`;
}
