import type { Tx } from '../../platform/prisma/transaction';
import { mailSettingOf } from './mail-setting.repository';
import {
  insertMails,
  insertNotifications,
  recipientsOf,
  recipientsOfExperts,
  type Audience,
  type Recipient,
} from './notification.repository';

/** What somebody should know: behind the bell and by mail. */
export interface Notice {
  /** Code of the kind, e.g. OFFER_SENT. */
  readonly kind: string;
  /** One line, no amounts of others. */
  readonly title: string;
  /** One or two sentences: what happened and what to do. */
  readonly body: string;
  /** Path of the page where it can be done. */
  readonly link: string;
}

/** Tells an audience, in the transaction of what happened; the mail leaves through the outbox. */
export async function notify(tx: Tx, audience: Audience, notice: Notice): Promise<void> {
  await tell(tx, await recipientsOf(tx.db, audience), notice);
}

/** Tells many experts the same, with a fixed number of statements. */
export async function notifyExperts(tx: Tx, expertIds: readonly string[], notice: Notice): Promise<void> {
  if (expertIds.length > 0) await tell(tx, await recipientsOfExperts(tx.db, expertIds), notice);
}

/** Tells one person of what they asked to be told of: behind the bell, and by mail where they want such mails. */
export async function notifyByChoice(tx: Tx, accountId: string, notice: Notice): Promise<void> {
  const [recipient] = await recipientsOf(tx.db, { accountId });
  if (!recipient) return;
  await ringBell(tx, [recipient], notice);
  const { isAlertOn } = await mailSettingOf(tx.db, accountId);
  const body = `${notice.body}\n\nOpen: {PUBLIC_URL}${notice.link}`;
  if (isAlertOn) await writeMailByChoice(tx, recipient, { subject: notice.title, body });
}

/** Puts one mail on its way that its reader can end by one click, without signing in. */
export async function writeMailByChoice(
  tx: Tx,
  { accountId, email, name }: Recipient,
  { subject, body }: Pick<Letter, 'subject' | 'body'>,
): Promise<void> {
  const { unsubscribeToken } = await mailSettingOf(tx.db, accountId);
  const end = `End these emails: {PUBLIC_URL}${unsubscribePath(unsubscribeToken)}`;
  await writeMails(tx, [
    { to: email, subject, body: `Hello ${name},\n\n${body}\n\n${end}\n`, unsubscribeToken },
  ]);
}

/** The path at which mails are ended; a mail program posts to it (RFC 8058), a person finds a button there. */
export function unsubscribePath(token: string): string {
  return `/unsubscribe/${token}`;
}

async function tell(tx: Tx, recipients: readonly Recipient[], notice: Notice): Promise<void> {
  await ringBell(tx, recipients, notice);
  await writeMails(
    tx,
    recipients.map(({ email, name }) => ({
      to: email,
      subject: notice.title,
      body: `Hello ${name},\n\n${notice.body}\n\nOpen: {PUBLIC_URL}${notice.link}\n`,
    })),
  );
}

async function ringBell(tx: Tx, recipients: readonly Recipient[], notice: Notice): Promise<void> {
  await insertNotifications(
    tx.db,
    recipients.map(({ accountId }) => ({ id: tx.newId(), accountId, ...notice, createdAt: tx.now })),
  );
  for (const { accountId } of recipients) tx.announce({ topic: 'notification', concerns: { accountId } });
}

interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  /** Where its reader may end such mails. */
  readonly unsubscribeToken?: string;
}

/** Puts one mail on its way. `{PUBLIC_URL}` in the body becomes the product's address. */
export async function writeMail(tx: Tx, mail: Letter): Promise<void> {
  await writeMails(tx, [mail]);
}

async function writeMails(tx: Tx, letters: readonly Letter[]): Promise<void> {
  const mails = letters.map(({ to, subject, body, unsubscribeToken = null }) => ({
    id: tx.newId(),
    toAddress: to,
    subject,
    body,
    unsubscribeToken,
    createdAt: tx.now,
  }));
  await insertMails(tx.db, mails);
  for (const { id } of mails)
    tx.enqueue({ queue: 'notification', name: 'send-mail', payload: { mailId: id } });
}
