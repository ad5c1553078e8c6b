import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { system, type Person } from '../../../platform/access/actor';
import { notFound, parseInput } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { changeMailSetting, findByUnsubscribeToken, mailSettingOf } from '../mail-setting.repository';

const Setting = z.object({
  isDigestOn: z.boolean(),
  digestHour: z.int().min(0).max(23),
  isAlertOn: z.boolean(),
});
const Token = z.string().length(64);

/** Sets which mails about new work and candidates a person gets. Mails about their account and running work are not among them. */
@Injectable()
export class SetMailSetting {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Sets them for oneself. */
  async run(person: Person, given: z.input<typeof Setting>): Promise<void> {
    const changes = parseInput(Setting, given);
    const { accountId } = person;
    await this.unitOfWork.run(person, { name: 'set-mail-setting' }, async (tx) => {
      await mailSettingOf(tx.db, accountId);
      await changeMailSetting(tx.db, accountId, changes);
      tx.record({ subjectType: 'mail-setting', subjectId: accountId, to: 'SET', facts: changes });
    });
  }

  /** Ends them by the address in a mail, without signing in. Safe to repeat. Refuses with NOT_FOUND. */
  async unsubscribe(given: string): Promise<void> {
    const token = parseInput(Token, given);
    await this.unitOfWork.run(system('unsubscribe'), { name: 'unsubscribe' }, async (tx) => {
      const setting = await findByUnsubscribeToken(tx.db, token);
      if (!setting) throw notFound('address to end emails');
      const { accountId } = setting;
      await changeMailSetting(tx.db, accountId, { isDigestOn: false, isAlertOn: false });
      tx.record({ subjectType: 'mail-setting', subjectId: accountId, to: 'ENDED' });
    });
  }
}
