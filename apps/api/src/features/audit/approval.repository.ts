import { DECIDING_ROLES } from '../../platform/access/permissions';
import { Prisma, type Db } from '../../platform/prisma/database';

export interface ApprovalRecord {
  readonly id: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly summary: string;
  /** Canonical JSON. */
  readonly payload: string;
  readonly payloadSha256: string;
  readonly requestedById: string | null;
  readonly reason: string;
  readonly expertId: string | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly approvalsNeeded: number;
  readonly state: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly promisedBy: Date | null;
  readonly decidedAt: Date | null;
  readonly executedAt: Date | null;
  readonly outcome: string | null;
}

export interface DecisionRecord {
  readonly requestId: string;
  readonly approverId: string;
  readonly approverName: string;
  readonly decision: string;
  readonly reason: string;
  readonly at: Date;
}

/** By whom, and when, somebody was given a staff role that decides on requests. */
export interface GrantRecord {
  readonly grantedById: string;
  readonly at: Date;
}

/** Stores a request. */
export async function insertApproval(
  db: Db,
  row: Omit<ApprovalRecord, 'state' | 'decidedAt' | 'executedAt' | 'outcome'>,
): Promise<void> {
  await db.approvalRequest.create({ data: row });
}

/** A request by its id, locked until the transaction ends. */
export async function lockApproval(db: Db, id: string): Promise<ApprovalRecord | null> {
  await db.$queryRaw`SELECT 1 FROM approval_request WHERE id = ${id}::uuid FOR UPDATE`;
  return db.approvalRequest.findUnique({ where: { id } });
}

/** What the journal has of a request since it was asked for; null where it knows of none. */
export async function askedFor(db: Db, id: string): Promise<{ readonly payloadSha256: string } | null> {
  const [row] = await db.$queryRaw<{ payloadSha256: string }[]>`
    SELECT facts->>'payloadSha256' AS "payloadSha256" FROM journal_entry
    WHERE subject_type = 'approval-request' AND subject_id = ${id}::uuid AND from_state IS NULL ORDER BY id LIMIT 1`;
  return row ?? null;
}

/** By whom, and when, an account was given a role that decides on requests, as the journal has it. */
export async function grantsTo(db: Db, accountId: string): Promise<GrantRecord[]> {
  return db.$queryRaw<GrantRecord[]>`
    SELECT facts->>'grantedById' AS "grantedById", at FROM journal_entry
    WHERE subject_type = 'account' AND subject_id = ${accountId}::uuid AND jsonb_exists(facts, 'grantedById')
      AND facts->>'staffRole' = ANY(${[...DECIDING_ROLES]})`;
}

/** Only one asks for an action on a subject at a time; held until the transaction ends. */
export async function lockAsking(db: Db, action: string, subjectId: string): Promise<void> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${action} ${subjectId}`}, 5039))::text`;
}

/** The request for an action on a subject in a currency (null: without an amount) that waits, locked until the transaction ends. */
export async function lockPending(
  db: Db,
  action: string,
  subjectId: string,
  currency: string | null,
): Promise<ApprovalRecord | null> {
  await db.$queryRaw`
    SELECT 1 FROM approval_request WHERE action = ${action} AND subject_id = ${subjectId}::uuid AND state = 'PENDING'
      AND coalesce(currency, '') = ${currency ?? ''} FOR UPDATE`;
  return db.approvalRequest.findFirst({ where: { action, subjectId, currency, state: 'PENDING' } });
}

/** The requests for an action on a subject (absent: on any) that wait, one a currency, oldest first. */
export async function pendingOn(
  db: Db,
  action: string,
  subjectId: string | undefined,
  now: Date,
): Promise<ApprovalRecord[]> {
  return db.approvalRequest.findMany({
    where: {
      action,
      ...(subjectId !== undefined && { subjectId }),
      state: 'PENDING',
      expiresAt: { gt: now },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
}

/** The newest request for an action on each subject. */
export async function newestApprovals(
  db: Db,
  action: string,
  subjectIds: readonly string[],
): Promise<Map<string, ApprovalRecord>> {
  const rows = await db.approvalRequest.findMany({
    where: { action, subjectId: { in: [...subjectIds] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return new Map(rows.map((row) => [row.subjectId, row]));
}

/** The requests for an action about experts in a currency that wait, oldest first; one a subject. */
export async function pendingOfExperts(
  db: Db,
  action: string,
  about: { readonly expertIds: readonly string[]; readonly currency: string },
  now: Date,
): Promise<ApprovalRecord[]> {
  const { expertIds, currency } = about;
  return db.approvalRequest.findMany({
    where: { action, expertId: { in: [...expertIds] }, currency, state: 'PENDING', expiresAt: { gt: now } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
}

/** The newest request for an action about each expert in a currency. */
export async function newestOfExperts(
  db: Db,
  action: string,
  expertIds: readonly string[],
  currency: string,
): Promise<Map<string, ApprovalRecord>> {
  const rows = await db.approvalRequest.findMany({
    where: { action, expertId: { in: [...expertIds] }, currency },
    distinct: ['expertId'],
    orderBy: [{ expertId: 'asc' }, { createdAt: 'desc' }, { id: 'desc' }],
  });
  return new Map(rows.flatMap((row) => (row.expertId === null ? [] : [[row.expertId, row] as const])));
}

/** Moves a request on from the state that was seen. Throws where somebody was faster. */
export async function moveApproval(
  db: Db,
  seen: ApprovalRecord,
  to: { state: string; decidedAt?: Date; executedAt?: Date; outcome?: string },
): Promise<void> {
  const { count } = await db.approvalRequest.updateMany({
    where: { id: seen.id, state: seen.state },
    data: to,
  });
  if (count !== 1) throw new Error('the request for approval moved meanwhile');
}

/** Keeps one person's decision; the database refuses it where it is their own request, other than they read, or late. */
export async function insertDecision(
  db: Db,
  row: {
    requestId: string;
    approverId: string;
    decision: string;
    reason: string;
    payloadSha256: string;
    at: Date;
  },
): Promise<void> {
  await db.approvalDecision.create({ data: row });
}

/** The decisions on requests, oldest first. */
export async function decisionsOn(db: Db, requestIds: readonly string[]): Promise<DecisionRecord[]> {
  return db.$queryRaw<DecisionRecord[]>`
    SELECT d.request_id AS "requestId", d.approver_id AS "approverId", a.name AS "approverName", d.decision, d.reason, d.at
    FROM approval_decision d JOIN account a ON a.id = d.approver_id
    WHERE d.request_id = ANY(${[...requestIds]}::uuid[]) ORDER BY d.at, d.approver_id`;
}

/** Names of accounts by their ids. */
export async function accountNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.account.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Requests, newest first, after a key of (createdAt, id). */
export async function listApprovals(
  db: Db,
  filter: { state?: string },
  limit: number,
  after?: readonly string[],
): Promise<ApprovalRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ createdAt: { lt: new Date(at) } }, { createdAt: new Date(at), id: { lt: id } }] };
  return db.approvalRequest.findMany({
    where: { ...filter, ...older },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** How many requests a filter finds. */
export async function countApprovals(db: Db, filter: { state?: string }): Promise<number> {
  return db.approvalRequest.count({ where: filter });
}

/** Requests that wait and whose time is over, oldest first. */
export async function overdueApprovals(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db.approvalRequest.findMany({
    where: { state: 'PENDING', expiresAt: { lte: now } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
    take: limit,
  });
  return rows.map(({ id }) => id);
}

/** Requests that wait for a decision and on which a person has not decided yet, oldest first, after one of them. */
export async function undecidedBy(
  db: Db,
  accountId: string,
  now: Date,
  { limit, after }: { readonly limit: number; readonly after?: ApprovalRecord | undefined },
): Promise<ApprovalRecord[]> {
  const newer = after
    ? Prisma.sql`AND (r.created_at, r.id) > (${after.createdAt}, ${after.id}::uuid)`
    : Prisma.empty;
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM approval_request r
    WHERE r.state = 'PENDING' AND r.expires_at > ${now} ${newer}
      AND NOT EXISTS (SELECT 1 FROM approval_decision d WHERE d.request_id = r.id AND d.approver_id = ${accountId}::uuid)
    ORDER BY r.created_at, r.id LIMIT ${limit}`;
  return db.approvalRequest.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
}
