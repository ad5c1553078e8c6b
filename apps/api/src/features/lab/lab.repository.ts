import { groupedBy } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

export interface LabRecord {
  readonly id: string;
  readonly name: string;
  readonly legalName: string;
  readonly website: string | null;
  readonly country: string;
  readonly state: string;
  readonly vettedAt: Date | null;
  readonly vettingReason: string | null;
  readonly createdAt: Date;
  readonly version: number;
}

export interface OwnerRow {
  readonly name: string;
  readonly shareBasisPoints: number;
}

export interface MemberRow {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
}

/** A lab by its id. */
export async function findLab(db: Db, id: string): Promise<LabRecord | null> {
  return db.lab.findUnique({ where: { id } });
}

/** A lab, held until the transaction ends; whoever changes its members or owners waits. */
export async function lockLab(db: Db, id: string): Promise<LabRecord | null> {
  await db.$queryRaw`SELECT id FROM lab WHERE id = ${id}::uuid FOR UPDATE`;
  return findLab(db, id);
}

/** Labs by their ids. */
export async function findLabs(db: Db, ids: readonly string[]): Promise<LabRecord[]> {
  return db.lab.findMany({ where: { id: { in: [...ids] } } });
}

/** Stores a new lab. */
export async function insertLab(
  db: Db,
  row: Omit<LabRecord, 'vettedAt' | 'vettingReason' | 'version'>,
): Promise<void> {
  await db.lab.create({ data: row });
}

/** Moves a lab on from the state and version that were seen. Returns false where somebody was faster. */
export async function moveLab(
  db: Db,
  lab: LabRecord,
  changes: Partial<Pick<LabRecord, 'name' | 'legalName' | 'website' | 'country'>> & {
    state: string;
    vettedAt?: Date;
    vettedById?: string;
    vettingReason?: string;
  },
): Promise<boolean> {
  const { count } = await db.lab.updateMany({
    where: { id: lab.id, state: lab.state, version: lab.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

/** Replaces the owners and competitors of a lab. */
export async function replaceVetting(
  db: Db,
  labId: string,
  owners: readonly (OwnerRow & { id: string })[],
  competitors: readonly { id: string; name: string }[],
): Promise<void> {
  await db.labOwner.deleteMany({ where: { labId } });
  await db.labCompetitor.deleteMany({ where: { labId } });
  await db.labOwner.createMany({ data: owners.map((owner) => ({ ...owner, labId })) });
  await db.labCompetitor.createMany({ data: competitors.map((competitor) => ({ ...competitor, labId })) });
}

/** The owners of a lab. */
export async function ownersOf(db: Db, labId: string): Promise<OwnerRow[]> {
  return db.labOwner.findMany({ where: { labId }, orderBy: { shareBasisPoints: 'desc' } });
}

/** The names of the competitors of labs, by lab. */
export async function competitorsOf(db: Db, labIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.labCompetitor.findMany({
    where: { labId: { in: [...labIds] } },
    orderBy: { name: 'asc' },
  });
  const byLab = groupedBy(rows, ({ labId }) => labId);
  return new Map([...byLab].map(([labId, own]) => [labId, own.map(({ name }) => name)]));
}

/** True where an account acts for a lab; nobody else makes it a member until the transaction ends. */
export async function actsForLab(db: Db, accountId: string): Promise<boolean> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('lab-member'), hashtext(${accountId}))::text`;
  return (await db.labMember.count({ where: { accountId, removedAt: null } })) > 0;
}

/** Makes somebody a member, or again a member. */
export async function putMember(
  db: Db,
  row: { id: string; labId: string; accountId: string; role: string; createdAt: Date },
): Promise<void> {
  await db.labMember.upsert({
    where: { labId_accountId: { labId: row.labId, accountId: row.accountId } },
    create: row,
    update: { role: row.role, removedAt: null },
  });
}

/** The members of a lab. */
export async function membersOf(db: Db, labId: string): Promise<MemberRow[]> {
  return db.$queryRaw<MemberRow[]>`
    SELECT m.id, m.account_id AS "accountId", a.name, a.email, m.role FROM lab_member m JOIN account a ON a.id = m.account_id
    WHERE m.lab_id = ${labId}::uuid AND m.removed_at IS NULL ORDER BY m.created_at, m.id`;
}

/** Gives a member another role. */
export async function changeRole(db: Db, id: string, role: string): Promise<void> {
  await db.labMember.update({ where: { id }, data: { role } });
}

/** Ends a membership. */
export async function removeMember(db: Db, id: string, removedAt: Date): Promise<void> {
  await db.labMember.update({ where: { id }, data: { removedAt } });
}

export interface InvitationRow {
  readonly id: string;
  readonly labId: string;
  readonly email: string;
  readonly role: string;
  readonly tokenHash: Uint8Array<ArrayBuffer>;
  readonly invitedById: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Stores an invitation. */
export async function insertInvitation(db: Db, row: InvitationRow): Promise<void> {
  await db.labInvitation.create({ data: row });
}

/** An invitation that can still be taken, with the lab's name. */
export interface OpenInvitation {
  readonly id: string;
  readonly labId: string;
  readonly labName: string;
  readonly email: string;
  readonly role: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** An open invitation by its token. */
export async function findInvitation(
  db: Db,
  tokenHash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<OpenInvitation | undefined> {
  const row = await db.labInvitation.findFirst({ where: { tokenHash, ...open(now) } });
  return row ? { ...row, labName: (await findLab(db, row.labId))?.name ?? '' } : undefined;
}

/** The open invitations of a lab, newest first. */
export async function invitationsOf(
  db: Db,
  labId: string,
  now: Date,
): Promise<Omit<OpenInvitation, 'labName'>[]> {
  return db.labInvitation.findMany({
    where: { labId, ...open(now) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
}

/** Withdraws open invitations of a lab: one by its id, or those to an address. Returns the ids of those withdrawn. */
export async function revokeInvitations(
  db: Db,
  labId: string,
  which: { id: string } | { email: string },
  now: Date,
): Promise<string[]> {
  const rows = await db.labInvitation.updateManyAndReturn({
    where: { labId, ...which, ...open(now) },
    data: { revokedAt: now },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

function open(now: Date) {
  return { acceptedAt: null, revokedAt: null, expiresAt: { gt: now } };
}

/** Uses up a living invitation by its token. */
export async function useInvitation(
  db: Db,
  tokenHash: Uint8Array,
  now: Date,
): Promise<{ id: string; labId: string; email: string; role: string } | undefined> {
  const [row] = await db.$queryRaw<{ id: string; labId: string; email: string; role: string }[]>`
    UPDATE lab_invitation SET accepted_at = ${now}
    WHERE token_hash = ${tokenHash} AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ${now}
    RETURNING id, lab_id AS "labId", email, role`;
  return row;
}

/** Labs in a state whose name or legal name has a text in it, oldest first, after a key of (createdAt, id). */
export async function listLabs(
  db: Db,
  filter: { state?: string; search?: string },
  limit: number,
  after?: readonly string[],
): Promise<LabRecord[]> {
  const [createdAt, id] = after ?? [];
  const at = createdAt === undefined ? undefined : new Date(createdAt);
  return db.lab.findMany({
    where: {
      AND: [
        whereOf(filter),
        at ? { OR: [{ createdAt: { gt: at } }, { createdAt: at, id: { gt: id } }] } : {},
      ],
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });
}

/** How many labs a filter finds. */
export async function countLabs(db: Db, filter: { state?: string; search?: string }): Promise<number> {
  return db.lab.count({ where: whereOf(filter) });
}

function whereOf({ state, search }: { state?: string; search?: string }) {
  const contains = search?.replace(/[\\%_]/g, '\\$&');
  const like = { contains, mode: 'insensitive' as const };
  return {
    ...(state && { state }),
    ...(contains && { OR: [{ name: like }, { legalName: like }] }),
  };
}
