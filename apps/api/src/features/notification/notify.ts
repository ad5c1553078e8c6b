import type { Tx } from '../../platform/prisma/transaction';
import { insertMail, insertNotifications, recipientsOf, type Audience } from './notification.repository';

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
  const recipients = await recipientsOf(tx.db, audience);
  await insertNotifications(
    tx.db,
    recipients.map(({ accountId }) => ({ id: tx.newId(), accountId, ...notice, createdAt: tx.now })),
  );
  for (const { accountId, email, name } of recipients) {
    tx.announce({ topic: 'notification', concerns: { accountId } });
    await writeMail(tx, {
      to: email,
      subject: notice.title,
      body: `Hello ${name},\n\n${notice.body}\n\nOpen: {PUBLIC_URL}${notice.link}\n`,
    });
  }
}

/** Puts one mail on its way. `{PUBLIC_URL}` in the body becomes the product's address. */
export async function writeMail(tx: Tx, mail: { to: string; subject: string; body: string }): Promise<void> {
  const id = tx.newId();
  await insertMail(tx.db, {
    id,
    toAddress: mail.to,
    subject: mail.subject,
    body: mail.body,
    createdAt: tx.now,
  });
  tx.enqueue({ queue: 'notification', name: 'send-mail', payload: { mailId: id } });
}
