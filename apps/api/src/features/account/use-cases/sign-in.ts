import { Injectable } from '@nestjs/common';
import { checkEmail } from '@tallystick/domain';
import { ANONYMOUS, system } from '../../../platform/access/actor';
import { Refused } from '../../../platform/errors/refused';
import { RateLimits } from '../../../platform/limits/rate-limits';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { sha256 } from '../../../platform/crypto/digest';
import { findByEmail } from '../account.repository';
import { Passwords } from '../passwords';
import { Sessions } from '../sessions';

/** Signs a person in. A wrong address and a wrong password give the same answer in the same time. */
@Injectable()
export class SignIn {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly limits: RateLimits,
  ) {}

  /** Returns the session's token. */
  async run(input: { email: string; password: string }, clientAddress: string): Promise<string> {
    const checked = checkEmail(input.email);
    const email = checked.ok ? checked.value : '';
    const key = sha256(`${email} ${clientAddress}`).toString('hex');
    await this.limits.count('sign-in', key);
    await this.limits.count('sign-in-address', sha256(clientAddress).toString('hex'));
    const account = await this.unitOfWork.readAs(system('sign-in'), ({ db }) => findByEmail(db, email));
    const isRight = await this.passwords.fits(input.password.slice(0, 128), account?.passwordHash);
    if (!account || !isRight)
      throw new Refused(
        'SIGN_IN_REFUSED',
        'This address and password do not belong together. Check both, or reset the password.',
        { field: 'password' },
      );
    if (account.state !== 'ACTIVE')
      throw new Refused(
        'ACCOUNT_SUSPENDED',
        'This account is suspended. The email that we sent says why, and how to appeal.',
      );
    await this.limits.forget('sign-in', key);
    let token = '';
    await this.unitOfWork.run(ANONYMOUS, { name: 'sign-in' }, async (tx) => {
      token = await this.sessions.open(tx, account.id);
      tx.record({ subjectType: 'account', subjectId: account.id, facts: { event: 'signed-in' } });
    });
    return token;
  }
}
