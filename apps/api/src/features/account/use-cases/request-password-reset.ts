import { Injectable } from '@nestjs/common';
import { checkEmail } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { sha256 } from '../../../platform/crypto/digest';
import { Ids } from '../../../platform/ids/ids';
import { RateLimits } from '../../../platform/limits/rate-limits';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { writeMail } from '../../notification/notification.public';
import { findByEmail, insertLink } from '../account.repository';
import { tokenHash } from '../sessions';

const LIFETIME_MS = 3_600_000;

/** Mails a link for a new password. Says nothing about whether the address is known. */
@Injectable()
export class RequestPasswordReset {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: Ids,
    private readonly limits: RateLimits,
  ) {}

  async run(input: { email: string }): Promise<void> {
    const checked = checkEmail(input.email);
    if (!checked.ok) return;
    await this.limits.count('reset-password', sha256(checked.value).toString('hex'));
    const token = this.ids.secret();
    await this.unitOfWork.run(system('password-reset'), { name: 'request-password-reset' }, async (tx) => {
      const account = await findByEmail(tx.db, checked.value);
      if (!account) return;
      const expiresAt = new Date(tx.now.getTime() + LIFETIME_MS);
      await insertLink(tx.db, {
        id: tx.newId(),
        tokenHash: tokenHash(token),
        purpose: 'RESET_PASSWORD',
        accountId: account.id,
        createdAt: tx.now,
        expiresAt,
      });
      await writeMail(tx, {
        to: account.email,
        subject: 'A new password for Tallystick',
        body: `Hello ${account.name},\n\nsomebody asked for a new password for this account. Within one hour this link sets it:\n\n{PUBLIC_URL}/reset-password#${token}\n\nIf it was not you, do nothing: the old password stays.\n`,
      });
      tx.record({
        subjectType: 'account',
        subjectId: account.id,
        facts: { event: 'password-reset-requested' },
      });
    });
  }
}
