import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { Config } from '../../platform/config/config';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import type { MailSetting } from './graphql/mail-setting.model';
import { findMailSetting } from './mail-setting.repository';
import {
  countMails,
  countNotifications,
  listMails,
  listNotifications,
  type MailRecord,
  type NotificationRecord,
} from './notification.repository';

/** What holds for who never set anything; the database has the same. */
const UNSET: MailSetting = { isDigestOn: false, digestHour: 7, isAlertOn: true };

const keyOf = (row: { createdAt: Date; id: string }) => [row.createdAt.toISOString(), row.id];

/** What the bell and the mail page show. */
@Injectable()
export class NotificationQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: Config,
  ) {}

  /** Which emails about new work and candidates the person gets. */
  async mailSetting(person: Person): Promise<MailSetting> {
    const found = await this.unitOfWork.readAs(person, ({ db }) => findMailSetting(db, person.accountId));
    return found ?? UNSET;
  }

  /** The person's notifications, newest first. */
  async list(person: Person, args: PageArgs): Promise<Connection<NotificationRecord>> {
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const rows = await listNotifications(db, person.accountId, page.limit + 1, page.after);
      const { all } = await countNotifications(db, person.accountId);
      return connect(page, rows, all, keyOf, (row) => row);
    });
  }

  /** How many of the person's notifications are unread. */
  async unread(person: Person): Promise<number> {
    return this.unitOfWork.readAs(
      person,
      async ({ db }) => (await countNotifications(db, person.accountId)).unread,
    );
  }

  /** All mails, newest first; for admins. */
  async mails(person: Person, args: PageArgs): Promise<Connection<MailRecord>> {
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(page, await listMails(db, page.limit + 1, page.after), await countMails(db), keyOf, (row) => ({
        ...row,
        // Its address ends the mails of whoever holds it: not for those who look at mails here.
        body: withoutSecret(row).replaceAll('{PUBLIC_URL}', this.config.publicUrl),
      })),
    );
  }
}

function withoutSecret({ body, unsubscribeToken }: MailRecord): string {
  return unsubscribeToken === null ? body : body.replaceAll(unsubscribeToken, '…');
}
