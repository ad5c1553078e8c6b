import type { LabRole, Person, StaffRole } from '../../platform/access/actor';
import { DECIDING_ROLES } from '../../platform/access/permissions';
import { Prisma, type Db } from '../../platform/prisma/database';

export interface AccountRecord {
  readonly id: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly name: string;
  readonly timeZone: string;
  readonly state: string;
}

/** An account by its address. */
export async function findByEmail(db: Db, email: string): Promise<AccountRecord | null> {
  return db.account.findUnique({ where: { email } });
}

/** An account by its id. */
export async function findById(db: Db, id: string): Promise<AccountRecord | null> {
  return db.account.findUnique({ where: { id } });
}

/** Stores a new account. */
export async function insertAccount(
  db: Db,
  row: Omit<AccountRecord, 'state'> & { createdAt: Date },
): Promise<void> {
  await db.account.create({ data: row });
}

/** Sets a new password hash. */
export async function setPasswordHash(db: Db, id: string, passwordHash: string): Promise<void> {
  await db.account.update({ where: { id }, data: { passwordHash, version: { increment: 1 } } });
}

/** Sets name and time zone. */
export async function setDetails(
  db: Db,
  id: string,
  details: { name: string; timeZone: string },
): Promise<void> {
  await db.account.update({ where: { id }, data: { ...details, version: { increment: 1 } } });
}

/** Gives staff a role. */
export async function insertStaffRole(
  db: Db,
  accountId: string,
  role: StaffRole,
  grantedAt: Date,
): Promise<void> {
  await db.staffRole.createMany({ data: [{ accountId, role, grantedAt }], skipDuplicates: true });
}

/** True where an account has a staff role already. */
export async function holdsRole(db: Db, accountId: string, role: StaffRole): Promise<boolean> {
  return (await db.staffRole.count({ where: { accountId, role } })) > 0;
}

/**
 * True where the owner of an account has read mail at its address: they set a password by a mailed link, or took a lab's mailed
 * invitation. An address never changes.
 */
export async function isAddressProven(db: Db, { id, email }: AccountRecord): Promise<boolean> {
  const [row] = await db.$queryRaw<object[]>`
    SELECT 1 FROM one_time_link WHERE account_id = ${id}::uuid AND purpose = 'RESET_PASSWORD' AND used_at IS NOT NULL
    UNION ALL SELECT 1 FROM lab_invitation WHERE email = ${email} AND accepted_at IS NOT NULL LIMIT 1`;
  return row !== undefined;
}

/**
 * True where somebody beside the one who gives a role and the one who gets it may decide on requests, or could until the
 * giver took their role, since an instant.
 */
export async function othersDecide(db: Db, giverId: string, getterId: string, since: Date): Promise<boolean> {
  const deciding = [...DECIDING_ROLES];
  const [row] = await db.$queryRaw<object[]>`
    SELECT 1 FROM staff_role r JOIN account a ON a.id = r.account_id AND a.state = 'ACTIVE'
    WHERE r.role = ANY(${deciding}) AND r.account_id <> ALL(ARRAY[${giverId}, ${getterId}]::uuid[])
    UNION ALL SELECT 1 FROM journal_entry
    WHERE command = 'revoke-staff-role' AND actor_id = ${giverId}::uuid AND at > ${since} AND facts->>'revoked' = ANY(${deciding})
      AND subject_id <> ALL(ARRAY[${giverId}, ${getterId}]::uuid[]) LIMIT 1`;
  return row !== undefined;
}

/** True where nobody has a staff role yet. */
export async function hasNoStaff(db: Db): Promise<boolean> {
  return (await db.staffRole.count()) === 0;
}

export interface SessionRow {
  readonly id: string;
  readonly tokenHash: Uint8Array<ArrayBuffer>;
  readonly accountId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Opens a session. */
export async function insertSession(db: Db, row: SessionRow): Promise<void> {
  await db.session.create({ data: { ...row, lastSeenAt: row.createdAt } });
}

/** Ends one session. */
export async function deleteSession(db: Db, id: string): Promise<void> {
  await db.session.deleteMany({ where: { id } });
}

/** Ends all sessions of an account. */
export async function deleteSessionsOf(db: Db, accountId: string): Promise<void> {
  await db.session.deleteMany({ where: { accountId } });
}

interface ActorRow {
  sessionId: string;
  accountId: string;
  name: string;
  email: string;
  timeZone: string;
  lastSeenAt: Date;
  labId: string | null;
  labRole: LabRole | null;
  expertId: string | null;
  staffRoles: StaffRole[];
}

const PERSONS_OF_SESSIONS = Prisma.sql`
  SELECT s.id AS "sessionId", a.id AS "accountId", a.name, a.email, a.time_zone AS "timeZone", s.last_seen_at AS "lastSeenAt",
         m.lab_id AS "labId", m.role AS "labRole", e.id AS "expertId",
         ARRAY(SELECT r.role FROM staff_role r WHERE r.account_id = a.id ORDER BY r.role) AS "staffRoles"
  FROM session s
  JOIN account a ON a.id = s.account_id AND a.state = 'ACTIVE'
  LEFT JOIN LATERAL (SELECT lab_id, role FROM lab_member WHERE account_id = a.id AND removed_at IS NULL ORDER BY created_at LIMIT 1) m ON true
  LEFT JOIN expert e ON e.account_id = a.id`;

/**
 * The person of a living session, with everything their roles follow from, in one read. Runs as the product itself:
 * nobody is signed in yet.
 */
export async function findPerson(
  db: Db,
  tokenHash: Uint8Array,
  now: Date,
  idleSeconds: number,
): Promise<{ person: Person; lastSeenAt: Date } | undefined> {
  const [row] = await db.$queryRaw<ActorRow[]>`${PERSONS_OF_SESSIONS}
    WHERE s.token_hash = ${tokenHash} AND s.expires_at > ${now} AND s.last_seen_at > ${usedSince(now, idleSeconds)}`;
  return row && { lastSeenAt: row.lastSeenAt, person: personOf(row) };
}

/** The persons of those of some sessions that live. */
export async function findPersonsOfSessions(
  db: Db,
  sessionIds: readonly string[],
  now: Date,
  idleSeconds: number,
): Promise<Person[]> {
  const rows = await db.$queryRaw<ActorRow[]>`${PERSONS_OF_SESSIONS}
    WHERE s.id = ANY(${[...sessionIds]}::uuid[]) AND s.expires_at > ${now} AND s.last_seen_at > ${usedSince(now, idleSeconds)}`;
  return rows.map(personOf);
}

function usedSince(now: Date, idleSeconds: number): Date {
  return new Date(now.getTime() - idleSeconds * 1000);
}

function personOf(row: ActorRow): Person {
  const { sessionId, accountId, name, email, timeZone, labId, labRole, expertId, staffRoles } = row;
  return {
    kind: 'PERSON',
    sessionId,
    accountId,
    name,
    email,
    timeZone,
    labId: labId ?? undefined,
    labRole: labRole ?? undefined,
    expertId: expertId ?? undefined,
    staffRoles,
  };
}

/** Notes that a session was used. */
export async function touchSession(db: Db, id: string, now: Date): Promise<void> {
  await db.session.updateMany({ where: { id }, data: { lastSeenAt: now } });
}

export interface OneTimeLinkRow {
  readonly id: string;
  readonly tokenHash: Uint8Array<ArrayBuffer>;
  readonly purpose: 'RESET_PASSWORD' | 'FIRST_ADMIN';
  readonly accountId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Stores a link that works once. */
export async function insertLink(db: Db, row: OneTimeLinkRow): Promise<void> {
  await db.oneTimeLink.create({ data: row });
}

/** Uses up a living link. Returns its account, or undefined where the link is unknown, used or too old. */
export async function useLink(
  db: Db,
  tokenHash: Uint8Array,
  purpose: OneTimeLinkRow['purpose'],
  now: Date,
): Promise<{ accountId: string | null } | undefined> {
  const [row] = await db.$queryRaw<{ accountId: string | null }[]>`
    UPDATE one_time_link SET used_at = ${now}
    WHERE token_hash = ${tokenHash} AND purpose = ${purpose} AND used_at IS NULL AND expires_at > ${now}
    RETURNING account_id AS "accountId"`;
  return row;
}

/** True where somebody has an account. */
export async function hasAccounts(db: Db): Promise<boolean> {
  return (await db.account.findFirst({ select: { id: true } })) !== null;
}

/** Ends all sessions of an account but one. */
export async function deleteOtherSessions(db: Db, accountId: string, kept: string): Promise<void> {
  await db.session.deleteMany({ where: { accountId, id: { not: kept } } });
}

/** The accounts that hold a staff role, locked until the transaction ends. */
export async function lockStaffRoles(db: Db, role: StaffRole): Promise<string[]> {
  const rows = await db.$queryRaw<{ accountId: string }[]>`
    SELECT account_id AS "accountId" FROM staff_role WHERE role = ${role} ORDER BY account_id FOR UPDATE`;
  return rows.map(({ accountId }) => accountId);
}

/** Takes a staff role away. */
export async function deleteStaffRole(db: Db, accountId: string, role: StaffRole): Promise<void> {
  await db.staffRole.deleteMany({ where: { accountId, role } });
}

/** One person in the list of accounts. */
export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly state: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  readonly labId: string | null;
  readonly labName: string | null;
  readonly labRole: string | null;
  readonly expertId: string | null;
  readonly staffRoles: string[];
}

export interface AccountFilter {
  /** A part of name or address. */
  readonly search?: string;
  /** STAFF, LAB or EXPERT. */
  readonly role?: string;
}

/** Accounts, newest first, after a key of (createdAt, id). */
export async function listAccounts(
  db: Db,
  filter: AccountFilter,
  limit: number,
  after?: readonly string[],
): Promise<AccountRow[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined ? Prisma.empty : Prisma.sql`AND (a.created_at, a.id) < (${new Date(at)}, ${id}::uuid)`;
  return db.$queryRaw<AccountRow[]>`
    SELECT a.id, a.name, a.email, a.state, a.created_at AS "createdAt",
           (SELECT max(s.last_seen_at) FROM session s WHERE s.account_id = a.id) AS "lastSeenAt",
           m.lab_id AS "labId", l.name AS "labName", m.role AS "labRole", e.id AS "expertId",
           ARRAY(SELECT r.role FROM staff_role r WHERE r.account_id = a.id ORDER BY r.role) AS "staffRoles"
    FROM account a
    LEFT JOIN LATERAL (SELECT lab_id, role FROM lab_member WHERE account_id = a.id AND removed_at IS NULL ORDER BY created_at LIMIT 1) m ON true
    LEFT JOIN lab l ON l.id = m.lab_id
    LEFT JOIN expert e ON e.account_id = a.id
    WHERE ${accountsLike(filter)} ${older}
    ORDER BY a.created_at DESC, a.id DESC LIMIT ${limit}`;
}

/** How many accounts a filter finds, counted up to 10000. */
export async function countAccounts(db: Db, filter: AccountFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM account a WHERE ${accountsLike(filter)} LIMIT 10000) found`;
  return row?.count ?? 0;
}

function accountsLike({ search, role }: AccountFilter): Prisma.Sql {
  const parts = [Prisma.sql`true`];
  if (search) {
    const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    parts.push(Prisma.sql`(a.name ILIKE ${like} OR a.email ILIKE ${like})`);
  }
  if (role === 'STAFF') parts.push(Prisma.sql`EXISTS (SELECT 1 FROM staff_role r WHERE r.account_id = a.id)`);
  if (role === 'LAB')
    parts.push(
      Prisma.sql`EXISTS (SELECT 1 FROM lab_member m WHERE m.account_id = a.id AND m.removed_at IS NULL)`,
    );
  if (role === 'EXPERT') parts.push(Prisma.sql`EXISTS (SELECT 1 FROM expert e WHERE e.account_id = a.id)`);
  return Prisma.join(parts, ' AND ');
}
