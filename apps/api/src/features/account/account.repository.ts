import type { LabRole, Person, StaffRole } from '../../platform/access/actor';
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
  return (await db.account.count()) > 0;
}
