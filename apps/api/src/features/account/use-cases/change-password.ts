import { Injectable } from '@nestjs/common';
import { checkPassword } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { parseInput, Refused } from '../../../platform/errors/refused';
import { RateLimits } from '../../../platform/limits/rate-limits';
import { SESSION_TOPIC } from '../../../platform/live/live-updates';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { writeMail } from '../../notification/notification.public';
import { deleteOtherSessions, findById, setPasswordHash } from '../account.repository';
import { Passwords } from '../passwords';

const Input = z.object({ currentPassword: z.string(), newPassword: z.string() });

/** A person sets a new password, knowing the old one. Every other session ends, and a mail says so. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly passwords: Passwords,
    private readonly limits: RateLimits,
  ) {}

  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { currentPassword, newPassword } = parseInput(Input, input);
    const checked = checkPassword(newPassword, person.email);
    if (!checked.ok)
      throw new Refused(checked.refusal.code, checked.refusal.message, { field: 'newPassword' });
    await this.checkCurrent(person, currentPassword);
    const passwordHash = await this.passwords.hash(newPassword);
    await this.unitOfWork.run(person, { name: 'change-password' }, async (tx) => {
      await setPasswordHash(tx.db, person.accountId, passwordHash);
      await deleteOtherSessions(tx.db, person.accountId, person.sessionId);
      tx.announce({ topic: SESSION_TOPIC, concerns: { accountId: person.accountId } });
      tx.record({
        subjectType: 'account',
        subjectId: person.accountId,
        facts: { event: 'password-changed' },
      });
      await writeMail(tx, {
        to: person.email,
        subject: 'Your password was changed',
        body: `Hello ${person.name},\n\nyour password was changed, and every other device was signed out. If it was not you, set a new one now: {PUBLIC_URL}/forgotten-password\n`,
      });
    });
  }

  private async checkCurrent(person: Person, password: string): Promise<void> {
    await this.limits.count('sign-in', person.email);
    const account = await this.unitOfWork.readAs(person, ({ db }) => findById(db, person.accountId));
    if (!(await this.passwords.fits(password, account?.passwordHash)))
      throw new Refused('PASSWORD_WRONG', 'This is not your present password. Nothing was changed.', {
        field: 'currentPassword',
      });
    await this.limits.forget('sign-in', person.email);
  }
}
