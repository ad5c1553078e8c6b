import type { Db } from '../../platform/prisma/database';

/** Whom a message is for. */
export type Audience =
  | { readonly labId: string; readonly roles?: readonly string[] }
  | { readonly expertId: string }
  | { readonly staff: string }
  | { readonly accountId: string };

export interface Recipient {
  readonly accountId: string;
  readonly email: string;
  readonly name: string;
}

export interface NotificationRecord {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly link: string;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

export interface MailRecord {
  readonly id: string;
  readonly toAddress: string;
  readonly subject: string;
  readonly body: string;
  readonly state: string;
  readonly createdAt: Date;
  /** Null for mails that cannot be ended. */
  readonly unsubscribeToken: string | null;
}

const EVERY_LAB_ROLE = ['OWNER', 'MANAGER', 'REVIEWER', 'FINANCE'];

/** The accounts of an audience. */
export async function recipientsOf(db: Db, audience: Audience): Promise<Recipient[]> {
  const lab = 'labId' in audience ? audience.labId : null;
  const roles = 'labId' in audience ? [...(audience.roles ?? EVERY_LAB_ROLE)] : [];
  const expert = 'expertId' in audience ? audience.expertId : null;
  const staff = 'staff' in audience ? audience.staff : null;
  const account = 'accountId' in audience ? audience.accountId : null;
  return db.$queryRaw<Recipient[]>`
    SELECT account_id AS "accountId", email, name
    FROM app_audience(${lab}::uuid, ${roles}::text[], ${expert}::uuid, ${staff}::text, ${account}::uuid)`;
}

/** The accounts of experts; for the product itself, which sees all rows. */
export async function recipientsOfExperts(db: Db, expertIds: readonly string[]): Promise<Recipient[]> {
  return db.$queryRaw<Recipient[]>`
    SELECT a.id AS "accountId", a.email, a.name
    FROM expert e JOIN account a ON a.id = e.account_id WHERE e.id = ANY(${[...expertIds]}::uuid[]) ORDER BY a.id`;
}

/** Puts one notification behind the bell of each recipient. */
export async function insertNotifications(
  db: Db,
  rows: readonly (Omit<NotificationRecord, 'readAt'> & { accountId: string })[],
): Promise<void> {
  if (rows.length > 0) await db.notification.createMany({ data: [...rows] });
}

/** Keeps mails until they are sent. */
export async function insertMails(db: Db, mails: readonly Omit<MailRecord, 'state'>[]): Promise<void> {
  if (mails.length > 0)
    await db.mail.createMany({ data: mails.map((mail) => ({ ...mail, state: 'WAITING' })) });
}

/** A mail by its id. */
export async function findMail(db: Db, id: string): Promise<MailRecord | null> {
  return db.mail.findUnique({ where: { id } });
}

/** States how the sending of a mail went. */
export async function moveMail(db: Db, id: string, state: string, sentAt: Date): Promise<void> {
  await db.mail.update({ where: { id }, data: { state, sentAt } });
}

/** Mails, newest first, after a key of (createdAt, id). */
export async function listMails(db: Db, limit: number, after?: readonly string[]): Promise<MailRecord[]> {
  return db.mail.findMany({
    where: olderThan(after),
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** How many mails there are. */
export async function countMails(db: Db): Promise<number> {
  return db.mail.count();
}

/** Notifications of an account, newest first, after a key of (createdAt, id). */
export async function listNotifications(
  db: Db,
  accountId: string,
  limit: number,
  after?: readonly string[],
): Promise<NotificationRecord[]> {
  return db.notification.findMany({
    where: { accountId, ...olderThan(after) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** How many notifications an account has, all and unread. */
export async function countNotifications(
  db: Db,
  accountId: string,
): Promise<{ all: number; unread: number }> {
  const all = await db.notification.count({ where: { accountId } });
  const unread = await db.notification.count({ where: { accountId, readAt: null } });
  return { all, unread };
}

/** Marks notifications of an account as read; those of others are not touched. */
export async function markRead(db: Db, accountId: string, ids: readonly string[], now: Date): Promise<void> {
  await db.notification.updateMany({
    where: { accountId, id: { in: [...ids] }, readAt: null },
    data: { readAt: now },
  });
}

function olderThan(after?: readonly string[]) {
  const [createdAt, id] = after ?? [];
  if (createdAt === undefined || id === undefined) return {};
  const at = new Date(createdAt);
  return { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] };
}

/** Keeps every mail that waits, for good: none of them is sent. */
export async function keepWaitingMails(db: Db): Promise<void> {
  await db.$executeRaw`UPDATE mail SET state = 'KEPT', sent_at = created_at WHERE state = 'WAITING'`;
}
