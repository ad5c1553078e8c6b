import { Prisma, type Db } from '../../platform/prisma/database';

export interface ProjectRecord {
  readonly id: string;
  readonly labId: string;
  readonly title: string;
  readonly summary: string;
  readonly taskFamily: string;
  readonly scarcity: string;
  readonly sensitivity: string;
  readonly control: string;
  readonly channel: string;
  readonly unpaidParts: string;
  readonly monitoring: string;
  readonly contentWarning: string;
  readonly state: string;
  readonly createdAt: Date;
  readonly publishedAt: Date | null;
  readonly version: number;
}

export interface OpeningRecord {
  readonly id: string;
  readonly projectId: string;
  readonly labId: string;
  readonly title: string;
  readonly description: string;
  readonly rung: string;
  readonly currency: string;
  readonly rateMinMinor: bigint;
  readonly rateMaxMinor: bigint;
  readonly seats: number;
  readonly seatsFilled: number;
  readonly hoursPerWeek: number;
  readonly weeks: number;
  readonly startsOn: Date;
  readonly countries: string[];
  /** True where the work stays in the country of the lab, whatever countries are named. */
  readonly isOnshore: boolean;
  readonly needsAuthorisation: boolean;
  readonly isExclusive: boolean;
  /** Hours a week of overlap with a window of every working day; 0 where none are asked for. */
  readonly overlapHours: number;
  readonly overlapZone: string;
  readonly overlapFromMinute: number;
  readonly overlapToMinute: number;
  /** Titles or DOIs. */
  readonly evaluatedWorks: string[];
  readonly state: string;
  readonly publishedAt: Date | null;
  readonly version: number;
}

export interface Requirements {
  readonly skills: { label: string; conceptId: string | null; isRequired: boolean }[];
  readonly credentials: { type: string; jurisdiction: string | null; issuers: string[] }[];
  readonly languages: { language: string; level: string }[];
}

export type OpeningWithRequirements = OpeningRecord & Requirements;

/** A project by its id. */
export async function findProject(db: Db, id: string): Promise<ProjectRecord | null> {
  return db.project.findUnique({ where: { id } });
}

/** Projects by their ids. */
export async function findProjects(db: Db, ids: readonly string[]): Promise<ProjectRecord[]> {
  return db.project.findMany({ where: { id: { in: [...ids] } } });
}

/** Stores a draft, or writes it anew. */
export async function putProject(
  db: Db,
  row: Omit<ProjectRecord, 'publishedAt' | 'version'> & { createdById: string },
): Promise<void> {
  const {
    id,
    title,
    summary,
    taskFamily,
    scarcity,
    sensitivity,
    control,
    channel,
    unpaidParts,
    monitoring,
    contentWarning,
  } = row;
  const own = {
    title,
    summary,
    taskFamily,
    scarcity,
    sensitivity,
    control,
    channel,
    unpaidParts,
    monitoring,
    contentWarning,
  };
  await db.project.upsert({ where: { id }, create: row, update: { ...own, version: { increment: 1 } } });
}

/** Moves a project on from the state and version that were seen. */
export async function moveProject(
  db: Db,
  seen: ProjectRecord,
  changes: { state: string; publishedAt?: Date; closedAt?: Date },
): Promise<boolean> {
  const { count } = await db.project.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

/** Replaces the openings of a draft. */
export async function replaceOpenings(
  db: Db,
  projectId: string,
  openings: readonly (Omit<OpeningWithRequirements, 'seatsFilled' | 'publishedAt' | 'version'> & {
    createdAt: Date;
  })[],
  newId: () => string,
): Promise<void> {
  const old = await db.opening.findMany({ where: { projectId }, select: { id: true } });
  const openingId = { in: old.map(({ id }) => id) };
  await db.openingSkill.deleteMany({ where: { openingId } });
  await db.openingCredential.deleteMany({ where: { openingId } });
  await db.openingLanguage.deleteMany({ where: { openingId } });
  await db.opening.deleteMany({ where: { projectId } });
  for (const { skills, credentials, languages, ...own } of openings) {
    const rows = <T extends object>(items: readonly T[]) =>
      items.map((item) => ({ ...item, id: newId(), openingId: own.id }));
    await db.opening.create({ data: own });
    await db.openingSkill.createMany({ data: rows(skills), skipDuplicates: true });
    await db.openingCredential.createMany({ data: rows(credentials) });
    await db.openingLanguage.createMany({ data: rows(languages), skipDuplicates: true });
  }
}

/** An opening by its id, locked until the transaction ends. */
export async function lockOpening(db: Db, id: string): Promise<OpeningRecord | null> {
  await db.$queryRaw`SELECT 1 FROM opening WHERE id = ${id}::uuid FOR UPDATE`;
  return db.opening.findUnique({ where: { id } });
}

/** Moves an opening on. */
export async function moveOpening(
  db: Db,
  seen: OpeningRecord,
  changes: { state?: string; publishedAt?: Date; closedAt?: Date; seatsFilled?: number },
): Promise<boolean> {
  const { count } = await db.opening.updateMany({
    where: { id: seen.id, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

/** Openings by a filter of ids or project, with what they require. */
export async function openingsWith(
  db: Db,
  where: { ids?: readonly string[]; projectIds?: readonly string[]; isOpen?: boolean },
): Promise<OpeningWithRequirements[]> {
  const openings = await db.opening.findMany({
    where: {
      ...(where.ids && { id: { in: [...where.ids] } }),
      ...(where.projectIds && { projectId: { in: [...where.projectIds] } }),
      ...(where.isOpen && { state: 'OPEN' }),
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const openingId = { in: openings.map(({ id }) => id) };
  const skills = await db.openingSkill.findMany({
    where: { openingId },
    orderBy: [{ isRequired: 'desc' }, { label: 'asc' }],
  });
  const credentials = await db.openingCredential.findMany({ where: { openingId }, orderBy: { type: 'asc' } });
  const languages = await db.openingLanguage.findMany({ where: { openingId }, orderBy: { language: 'asc' } });
  return openings.map((opening) => {
    const own = <T extends { openingId: string }>(rows: T[]) =>
      rows.filter((row) => row.openingId === opening.id);
    return { ...opening, skills: own(skills), credentials: own(credentials), languages: own(languages) };
  });
}

/** Projects of a lab, newest first, after a key of (createdAt, id). */
export async function listProjects(
  db: Db,
  filter: ProjectFilter,
  limit: number,
  after?: readonly string[],
): Promise<ProjectRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ createdAt: { lt: new Date(at) } }, { createdAt: new Date(at), id: { lt: id } }] };
  return db.project.findMany({
    where: { ...projectWhere(filter), ...older },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** How many projects a filter finds. */
export async function countProjects(db: Db, filter: ProjectFilter): Promise<number> {
  return db.project.count({ where: projectWhere(filter) });
}

export interface ProjectFilter {
  readonly labId: string;
  readonly state?: string;
  readonly search?: string;
}

function projectWhere({ labId, state, search }: ProjectFilter) {
  return {
    labId,
    ...(state && { state }),
    ...(search && { title: { contains: search, mode: 'insensitive' as const } }),
  };
}

/** What a visitor looks for. */
export interface OpeningFilter {
  readonly rung?: string;
  readonly taskFamily?: string;
  /** A part of a title or skill. */
  readonly search?: string;
  /** ISO 3166 two letters: work that may be done from there. */
  readonly country?: string;
}

/** A place in the list: rows on one side of a key of (publishedAt, id). */
export interface ListCut {
  readonly side: 'OLDER' | 'NEWER';
  readonly publishedAt: Date;
  readonly id: string;
}

/** Ids of open openings that anybody may see, newest first; at most `limit`. */
export async function listPublicOpenings(
  db: Db,
  filter: OpeningFilter,
  limit: number,
): Promise<{ id: string; publishedAt: Date }[]> {
  return db.$queryRaw<{ id: string; publishedAt: Date }[]>`
    SELECT o.id, o.published_at AS "publishedAt" FROM (${publicPage(filter, limit)}) o
    ORDER BY o.published_at DESC, o.id DESC`;
}

/** A SELECT of the rows of one page of open openings: the newest, or those next to a cut on its side. */
export function publicPage(filter: OpeningFilter, limit: number, cut?: ListCut): Prisma.Sql {
  const key = cut && Prisma.sql`(${cut.publishedAt}::timestamptz, ${cut.id}::uuid)`;
  const isNewer = cut?.side === 'NEWER';
  const beyond = isNewer ? Prisma.sql`> ${key}` : Prisma.sql`< ${key}`;
  return Prisma.sql`
    SELECT o.* FROM opening o ${joined(filter)} WHERE o.state = 'OPEN' AND ${matches(filter)}
    ${key ? Prisma.sql`AND (o.published_at, o.id) ${beyond}` : Prisma.empty}
    ${isNewer ? Prisma.sql`ORDER BY o.published_at, o.id` : Prisma.sql`ORDER BY o.published_at DESC, o.id DESC`}
    LIMIT ${limit}`;
}

/** The join with the project, only where a filter looks at it: an open opening always has a published one. */
function joined({ taskFamily, search }: OpeningFilter): Prisma.Sql {
  return taskFamily === undefined && search === undefined
    ? Prisma.empty
    : Prisma.sql`JOIN project p ON p.id = o.project_id`;
}

/** Ids of open openings with a part of this text in their title, their project's or one of their skills; at most 1000. */
export async function openingIdsLike(db: Db, search: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM opening o JOIN project p ON p.id = o.project_id
    WHERE o.state = 'OPEN' AND ${isFound({ search })} ORDER BY o.id LIMIT 1000`;
  return rows.map(({ id }) => id);
}

/** How many open openings a filter finds, counted up to 10000. */
export async function countPublicOpenings(db: Db, filter: OpeningFilter = {}): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM opening o ${joined(filter)} WHERE o.state = 'OPEN' AND ${matches(filter)} LIMIT 10000) found`;
  return row?.count ?? 0;
}

/** Open openings counted by which parts of a filter they match. At most 16 rows. */
export async function countMatches(
  db: Db,
  filter: OpeningFilter,
): Promise<{ rung: boolean; taskFamily: boolean; search: boolean; country: boolean; count: number }[]> {
  return db.$queryRaw`
    SELECT ${isRung(filter)} AS rung, ${isFamily(filter)} AS "taskFamily", ${isFound(filter)} AS search,
      ${isFrom(filter)} AS country, count(*)::int AS count
    FROM opening o JOIN project p ON p.id = o.project_id WHERE o.state = 'OPEN' GROUP BY 1, 2, 3, 4`;
}

/** Open openings of each rung, of one kind of work or of all. */
export async function countByRung(db: Db, taskFamily?: string): Promise<{ rung: string; count: number }[]> {
  return db.$queryRaw`
    SELECT o.rung, count(*)::int AS count FROM opening o JOIN project p ON p.id = o.project_id
    WHERE o.state = 'OPEN' AND ${isFamily({ taskFamily })} GROUP BY o.rung`;
}

/** Countries that open openings name. */
export async function openCountries(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ country: string }[]>`
    SELECT DISTINCT unnest(countries) AS country FROM opening WHERE state = 'OPEN' ORDER BY 1 LIMIT 300`;
  return rows.map(({ country }) => country);
}

function matches(filter: OpeningFilter): Prisma.Sql {
  return Prisma.sql`${isRung(filter)} AND ${isFamily(filter)} AND ${isFound(filter)} AND ${isFrom(filter)}`;
}

function isRung({ rung }: OpeningFilter): Prisma.Sql {
  return rung === undefined ? Prisma.sql`true` : Prisma.sql`o.rung = ${rung}`;
}

function isFamily({ taskFamily }: OpeningFilter): Prisma.Sql {
  return taskFamily === undefined ? Prisma.sql`true` : Prisma.sql`p.task_family = ${taskFamily}`;
}

/** Work without named countries may be done from anywhere. */
function isFrom({ country }: OpeningFilter): Prisma.Sql {
  return country === undefined
    ? Prisma.sql`true`
    : Prisma.sql`(o.countries = '{}' OR o.countries @> ARRAY[${country}::text])`;
}

function isFound({ search }: OpeningFilter): Prisma.Sql {
  if (search === undefined) return Prisma.sql`true`;
  const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return Prisma.sql`(o.title ILIKE ${part} OR p.title ILIKE ${part}
    OR EXISTS (SELECT 1 FROM opening_skill s WHERE s.opening_id = o.id AND s.label ILIKE ${part}))`;
}
