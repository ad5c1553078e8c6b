import type { Db } from '../../platform/prisma/database';

export interface ExpertRecord {
  readonly id: string;
  readonly accountId: string;
  readonly displayName: string;
  readonly headline: string;
  readonly bio: string;
  readonly country: string;
  readonly timeZone: string;
  /** Countries in which the expert declares the right to work; none where they have not said. */
  readonly authorisedIn: string[];
  /** Days of the week on which the expert works, 1 is Monday; none where they have not said. */
  readonly workDays: number[];
  /** Minutes from midnight in `timeZone`. */
  readonly workFromMinute: number;
  /** Minutes from midnight; before the begin where the work goes past it. */
  readonly workToMinute: number;
  readonly hoursPerWeek: number;
  readonly minimumRateMinor: bigint;
  readonly rateCurrency: string;
  readonly isVisibleToLabs: boolean;
  readonly state: string;
  readonly version: number;
}

export interface SkillRow {
  readonly label: string;
  readonly conceptId: string | null;
}
export interface LanguageRow {
  readonly language: string;
  readonly level: string;
}
export interface AffiliationRow {
  readonly organisation: string;
  readonly title: string;
  readonly startsOn: Date | null;
  readonly endsOn: Date | null;
}
export interface EvidenceRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
}

/** Everything that a profile lists. */
export interface ProfileLists {
  readonly skills: SkillRow[];
  readonly languages: LanguageRow[];
  readonly affiliations: AffiliationRow[];
  readonly evidence: EvidenceRow[];
}

/** An expert by id. */
export async function findExpert(db: Db, id: string): Promise<ExpertRecord | null> {
  return db.expert.findUnique({ where: { id } });
}

/** An expert by id, held until the transaction ends. */
export async function lockExpert(db: Db, id: string): Promise<ExpertRecord | null> {
  await db.$queryRaw`SELECT 1 FROM expert WHERE id = ${id}::uuid FOR UPDATE`;
  return findExpert(db, id);
}

/** Experts by their ids. */
export async function findExperts(db: Db, ids: readonly string[]): Promise<ExpertRecord[]> {
  return db.expert.findMany({ where: { id: { in: [...ids] } } });
}

/** Experts with a part of a name, by name; as many as are asked for. */
export async function expertsNamed(
  db: Db,
  part: string,
  limit: number,
): Promise<{ id: string; displayName: string; country: string }[]> {
  const like = `%${part.replace(/[\\%_]/g, '\\$&')}%`;
  return db.$queryRaw`
    SELECT e.id, e.display_name AS "displayName", e.country FROM app_experts_named(${like}, ${limit}::int) named
    JOIN expert e ON e.id = named.id ORDER BY e.display_name, e.id`;
}

/** Every expert that may be matched. */
export async function listActiveExperts(db: Db): Promise<ExpertRecord[]> {
  return db.expert.findMany({ where: { state: 'ACTIVE' }, orderBy: { id: 'asc' } });
}

/** Ids of everybody who is active, in their order. */
export async function activeExpertIds(db: Db): Promise<string[]> {
  const rows = await db.expert.findMany({
    where: { state: 'ACTIVE' },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id }) => id);
}

/** Ids of active experts in their order, after one; at most `limit`. */
export async function activeExpertIdsAfter(
  db: Db,
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  const rows = await db.expert.findMany({
    where: { state: 'ACTIVE', ...(after && { id: { gt: after } }) },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(({ id }) => id);
}

/** Those of some experts who are active, in the order of their ids. */
export async function findActiveExperts(db: Db, ids: readonly string[]): Promise<ExpertRecord[]> {
  return db.expert.findMany({ where: { id: { in: [...ids] }, state: 'ACTIVE' }, orderBy: { id: 'asc' } });
}

/** True where an account has a profile; nobody else makes one for it until the transaction ends. */
export async function hasExpert(db: Db, accountId: string): Promise<boolean> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('expert'), hashtext(${accountId}))::text`;
  return (await db.expert.count({ where: { accountId } })) > 0;
}

/** Stores a new profile. */
export async function insertExpert(
  db: Db,
  row: {
    id: string;
    accountId: string;
    displayName: string;
    country: string;
    timeZone: string;
    createdAt: Date;
  },
): Promise<void> {
  await db.expert.create({ data: { ...row, updatedAt: row.createdAt } });
}

/** Changes the own columns of a profile. */
export async function updateExpert(
  db: Db,
  id: string,
  changes: Partial<Omit<ExpertRecord, 'id' | 'accountId' | 'version'>>,
  now: Date,
): Promise<void> {
  await db.expert.update({ where: { id }, data: { ...changes, updatedAt: now, version: { increment: 1 } } });
}

/** Replaces the lists that are given, ids in their order; those that are left out stay. */
export async function replaceLists(
  db: Db,
  expertId: string,
  lists: Partial<ProfileLists>,
  newId: () => string,
): Promise<void> {
  const rows = <T extends object>(items: readonly T[]) => {
    const ids = items.map(newId).sort();
    return items.map((item, index) => ({ ...item, id: ids[index] ?? newId(), expertId }));
  };
  if (lists.skills) {
    await db.expertSkill.deleteMany({ where: { expertId } });
    await db.expertSkill.createMany({ data: rows(lists.skills), skipDuplicates: true });
  }
  if (lists.languages) {
    await db.expertLanguage.deleteMany({ where: { expertId } });
    await db.expertLanguage.createMany({ data: rows(lists.languages), skipDuplicates: true });
  }
  if (lists.affiliations) {
    await db.affiliation.deleteMany({ where: { expertId } });
    await db.affiliation.createMany({ data: rows(lists.affiliations) });
  }
  if (lists.evidence) {
    await db.evidenceItem.deleteMany({ where: { expertId } });
    await db.evidenceItem.createMany({ data: rows(lists.evidence) });
  }
}

/** The lists of several profiles, in four reads. */
export async function listsOf(db: Db, expertIds: readonly string[]): Promise<Map<string, ProfileLists>> {
  const where = { expertId: { in: [...expertIds] } };
  const skills = await db.expertSkill.findMany({ where, orderBy: { label: 'asc' } });
  const languages = await db.expertLanguage.findMany({ where, orderBy: { language: 'asc' } });
  const affiliations = await db.affiliation.findMany({
    where,
    orderBy: [{ endsOn: 'desc' }, { organisation: 'asc' }],
  });
  const evidence = await db.evidenceItem.findMany({ where, orderBy: { id: 'asc' } });
  const map = new Map<string, ProfileLists>(
    expertIds.map((id) => [id, { skills: [], languages: [], affiliations: [], evidence: [] }]),
  );
  for (const row of skills) map.get(row.expertId)?.skills.push(row);
  for (const row of languages) map.get(row.expertId)?.languages.push(row);
  for (const row of affiliations) map.get(row.expertId)?.affiliations.push(row);
  for (const row of evidence) map.get(row.expertId)?.evidence.push(row);
  return map;
}

/** Which of some skills at least one active expert whom labs may see lists, letter for letter. */
export async function skillsListedAmong(db: Db, labels: readonly string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ label: string }[]>`
    SELECT wanted.label FROM unnest(${[...labels]}::text[]) AS wanted(label)
    WHERE EXISTS (SELECT 1 FROM expert_skill s JOIN expert e ON e.id = s.expert_id
      WHERE s.label = wanted.label AND e.state = 'ACTIVE' AND e.is_visible_to_labs)`;
  return new Set(rows.map(({ label }) => label));
}
