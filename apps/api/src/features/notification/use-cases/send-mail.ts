import { Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { Config } from '../../../platform/config/config';
import { Mailer } from '../../../platform/mail/mailer';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findMail, moveMail } from '../notification.repository';
import { unsubscribePath } from '../notify';

/** Sends one kept mail. Sent twice only where the mail server took it and the answer was lost. */
@Injectable()
export class SendMail {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  async run(mailId: string): Promise<void> {
    const actor = system('mail');
    const mail = await this.unitOfWork.readAs(actor, ({ db }) => findMail(db, mailId));
    if (mail?.state !== 'WAITING') return;
    const text = mail.body.replaceAll('{PUBLIC_URL}', this.config.publicUrl);
    const token = mail.unsubscribeToken;
    const unsubscribe = token === null ? undefined : this.config.publicUrl + unsubscribePath(token);
    const state = await this.mailer.send({ to: mail.toAddress, subject: mail.subject, text, unsubscribe });
    await this.unitOfWork.run(actor, { name: 'send-mail' }, async (tx) =>
      moveMail(tx.db, mailId, state, tx.now),
    );
  }
}
