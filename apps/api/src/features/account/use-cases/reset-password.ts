import { Injectable } from '@nestjs/common';
import { checkPassword } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { orRefuse, Refused } from '../../../platform/errors/refused';
import { SESSION_TOPIC } from '../../../platform/live/live-updates';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { deleteSessionsOf, findById, setPasswordHash, useLink } from '../account.repository';
import { Passwords } from '../passwords';
import { tokenHash } from '../sessions';

/** Sets a new password by a mailed link, which works once, and ends every session of the account. */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly passwords: Passwords,
  ) {}

  async run(input: { token: string; password: string }): Promise<void> {
    orRefuse(checkPassword(input.password, ''));
    const passwordHash = await this.passwords.hash(input.password);
    await this.unitOfWork.run(system('password-reset'), { name: 'reset-password' }, async (tx) => {
      const link = await useLink(tx.db, tokenHash(input.token), 'RESET_PASSWORD', tx.now);
      const account = link?.accountId ? await findById(tx.db, link.accountId) : null;
      if (!account)
        throw new Refused(
          'LINK_USED',
          'This link was used already, or it is older than an hour. Ask for a new one.',
        );
      orRefuse(checkPassword(input.password, account.email));
      await setPasswordHash(tx.db, account.id, passwordHash);
      await deleteSessionsOf(tx.db, account.id);
      tx.announce({ topic: SESSION_TOPIC, concerns: { accountId: account.id } });
      tx.record({ subjectType: 'account', subjectId: account.id, facts: { event: 'password-reset' } });
    });
  }
}
