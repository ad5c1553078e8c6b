import type { KeptPolicy, TakeRateFacts, TakeRatePolicy } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';
import { jsonColumn } from '../../platform/prisma/json-column';

/** A take-rate policy with who made it and why. */
export interface PolicyRecord extends TakeRatePolicy {
  readonly reason: string;
  readonly createdById: string | null;
  readonly createdAt: Date;
  /** What another person approved, where it begins in the past or lowers what was published. */
  readonly approvalRequestId?: string | null;
  /** When its end was set into the past. */
  readonly closedAt?: Date | null;
  /** Name of who made it, where it was read. */
  readonly createdByName?: string | null;
}

export interface PolicyFilter {
  readonly labId?: string;
  readonly scope?: string;
  /** Only those in force at this instant. */
  readonly inForceAt?: Date;
}

/** Every policy in force at an instant that may concern some labs, projects and experts: theirs, and those for everybody. */
export async function policiesFor(
  db: Db,
  facts: readonly TakeRateFacts[],
  at: Date,
): Promise<TakeRatePolicy[]> {
  const oneOf = (pick: (each: TakeRateFacts) => string | undefined) => ({
    in: [...new Set(facts.flatMap((each) => pick(each) ?? []))],
  });
  const rows = await db.takeRatePolicy.findMany({
    where: {
      effectiveFrom: { lte: at },
      AND: [
        { OR: [{ labId: oneOf(({ labId }) => labId) }, { labId: null }] },
        { OR: [{ projectId: null }, { projectId: oneOf(({ projectId }) => projectId) }] },
        { OR: [{ expertId: null }, { expertId: oneOf(({ expertId }) => expertId) }] },
        { OR: [{ effectiveTo: null }, { effectiveTo: { gt: at } }] },
      ],
    },
    orderBy: { id: 'asc' },
  });
  return rows as unknown as TakeRatePolicy[];
}

/** Every policy that ever concerned some labs: theirs, and those for everybody. */
export async function policiesEverFor(db: Db, labIds: readonly string[]): Promise<KeptPolicy[]> {
  const rows = await db.takeRatePolicy.findMany({
    where: { OR: [{ labId: { in: [...labIds] } }, { labId: null }] },
    orderBy: { id: 'asc' },
  });
  return rows as unknown as KeptPolicy[];
}

/** Policies, the latest to begin first, after a key of (effectiveFrom, id). */
export async function listPolicies(
  db: Db,
  filter: PolicyFilter,
  limit: number,
  after?: readonly string[],
): Promise<PolicyRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ effectiveFrom: { lt: new Date(at) } }, { effectiveFrom: new Date(at), id: { lt: id } }] };
  const rows = await db.takeRatePolicy.findMany({
    where: { AND: [whereOf(filter), older] },
    orderBy: [{ effectiveFrom: 'desc' }, { id: 'desc' }],
    take: limit,
  });
  return rows as unknown as PolicyRecord[];
}

/** Names of the people who made policies, by their account. */
export async function makersOf(db: Db, policies: readonly PolicyRecord[]): Promise<Map<string, string>> {
  const ids = policies.flatMap(({ createdById }) => createdById ?? []);
  const rows = await db.account.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** How many policies a filter finds. */
export async function countPolicies(db: Db, filter: PolicyFilter): Promise<number> {
  return db.takeRatePolicy.count({ where: whereOf(filter) });
}

/** A policy by its id. */
export async function findPolicy(db: Db, id: string): Promise<PolicyRecord | null> {
  return (await db.takeRatePolicy.findUnique({ where: { id } })) as unknown as PolicyRecord | null;
}

/** Policies by their ids. */
export async function policiesByIds(db: Db, ids: readonly string[]): Promise<PolicyRecord[]> {
  const rows = await db.takeRatePolicy.findMany({ where: { id: { in: [...ids] } } });
  return rows as unknown as PolicyRecord[];
}

/** Stores a policy. */
export async function insertPolicy(db: Db, row: PolicyRecord): Promise<void> {
  const { createdByName: _name, ...own } = row;
  await db.takeRatePolicy.create({ data: { ...own, feeParts: jsonColumn(row.feeParts) } });
}

/** For whom a policy is. */
export type PolicyWhom = Required<Pick<PolicyRecord, 'scope' | 'labId' | 'projectId' | 'expertId'>>;

/** The policy for the same people that runs beyond an instant and began before it. */
export async function policyRunningAt(db: Db, whom: PolicyWhom, at: Date): Promise<PolicyRecord | null> {
  return (await db.takeRatePolicy.findFirst({
    where: { ...whom, effectiveFrom: { lt: at }, OR: [{ effectiveTo: null }, { effectiveTo: { gt: at } }] },
  })) as unknown as PolicyRecord | null;
}

/** The first policy for the same people that begins within a time; one without an end has none. */
export async function policyWithin(
  db: Db,
  whom: PolicyWhom,
  from: Date,
  to: Date | null | undefined,
): Promise<PolicyRecord | null> {
  return (await db.takeRatePolicy.findFirst({
    where: { ...whom, effectiveFrom: { gte: from, ...(to && { lt: to }) } },
    orderBy: { effectiveFrom: 'asc' },
  })) as unknown as PolicyRecord | null;
}

/** What a policy of a lab may be for. */
export interface PolicySubjects {
  readonly projects: { readonly id: string; readonly name: string }[];
  readonly experts: { readonly id: string; readonly name: string }[];
}

/** A lab's newest projects, and the experts who last applied to it; at most 200 of each. */
export async function subjectsOf(db: Db, labId: string): Promise<PolicySubjects> {
  const projects = await db.$queryRaw<PolicySubjects['projects']>`
    SELECT id, title AS name FROM project WHERE lab_id = ${labId}::uuid ORDER BY created_at DESC LIMIT 200`;
  const experts = await db.$queryRaw<PolicySubjects['experts']>`
    SELECT e.id, e.display_name AS name FROM (
      SELECT expert_id, max(created_at) AS at FROM application WHERE lab_id = ${labId}::uuid GROUP BY expert_id ORDER BY 2 DESC LIMIT 200) a
    JOIN expert e ON e.id = a.expert_id ORDER BY e.display_name, e.id`;
  return { projects, experts };
}

/** The lab of a project, or undefined where there is no such project. */
export async function labOfProject(db: Db, projectId: string): Promise<string | undefined> {
  const [row] = await db.$queryRaw<{ labId: string }[]>`
    SELECT lab_id AS "labId" FROM project WHERE id = ${projectId}::uuid`;
  return row?.labId;
}

/** Ends a policy that had no end, or a later one; an end in the past is kept with when it was set. Its terms are never edited. */
export async function closePolicy(
  db: Db,
  { id, effectiveTo = null }: PolicyRecord,
  at: Date,
  now: Date,
): Promise<boolean> {
  const { count } = await db.takeRatePolicy.updateMany({
    where: { id, OR: [{ effectiveTo: null }, { effectiveTo: { gt: at } }] },
    data: { effectiveTo: at, ...(at < now && { closedAt: now, plannedTo: effectiveTo }) },
  });
  return count === 1;
}

function whereOf({ labId, scope, inForceAt }: PolicyFilter) {
  return {
    ...(labId && { labId }),
    ...(scope && { scope }),
    ...(inForceAt && {
      effectiveFrom: { lte: inForceAt },
      OR: [{ effectiveTo: null }, { effectiveTo: { gt: inForceAt } }],
    }),
  };
}
