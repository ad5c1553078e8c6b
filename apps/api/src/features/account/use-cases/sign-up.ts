import { Injectable } from '@nestjs/common';
import { checkEmail, checkPassword, isTimeZone } from '@tallystick/domain';
import { z } from 'zod';
import { ANONYMOUS, type Person } from '../../../platform/access/actor';
import { orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { Ids } from '../../../platform/ids/ids';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { insertAccount, insertStaffRole } from '../account.repository';
import { NO_PASSWORD, Passwords } from '../passwords';
import { Sessions } from '../sessions';

const Input = z.object({
  email: z.string().max(254),
  password: z.string(),
  name: z.string().trim().min(1, 'tell us your name').max(120),
  timeZone: z.string().max(64),
});

const WithOrWithout = Input.partial({ password: true });

export type SignUpInput = z.input<typeof Input>;

/** Makes an account and signs it in. What the account is for (a lab, an expert) is told in the next step. */
@Injectable()
export class SignUp {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly ids: Ids,
  ) {}

  /** Returns the session's token. */
  async run(input: SignUpInput): Promise<string> {
    const account = await this.checked(parseInput(Input, input));
    let token = '';
    await this.unitOfWork.run(ANONYMOUS, { name: 'sign-up' }, async (tx) => {
      await this.store(tx, account);
      token = await this.sessions.open(tx, account.id);
    });
    return token;
  }

  /**
   * Makes an account that nobody is signed in with. Without a password nobody can sign in until one is set through a
   * mailed link. Only commands call this. Returns the account's id.
   */
  async create(input: Omit<SignUpInput, 'password'> & { password?: string }): Promise<string> {
    const account = await this.checked(input);
    await this.unitOfWork.run(ANONYMOUS, { name: 'sign-up' }, (tx) => this.store(tx, account));
    return account.id;
  }

  /** Makes an account with staff roles, in a transaction of the caller. Only commands and the first-admin link call this. */
  async storeStaff(tx: Tx, input: SignUpInput, roles: Person['staffRoles']): Promise<string> {
    const account = await this.checked(parseInput(Input, input));
    await this.store(tx, account);
    for (const role of roles) {
      await insertStaffRole(tx.db, account.id, role, tx.now);
      tx.record({ subjectType: 'account', subjectId: account.id, facts: { staffRole: role } });
    }
    return account.id;
  }

  private async checked(input: Omit<SignUpInput, 'password'> & { password?: string }) {
    const { email, password, name, timeZone } = parseInput(WithOrWithout, input);
    const address = orRefuse(checkEmail(email));
    if (password !== undefined) orRefuse(checkPassword(password, address));
    if (!isTimeZone(timeZone))
      throw new Refused('INVALID_INPUT', 'Choose a time zone from the list.', { field: 'timeZone' });
    return {
      id: this.ids.next(),
      email: address,
      passwordHash: password === undefined ? NO_PASSWORD : await this.passwords.hash(password),
      name,
      timeZone,
    };
  }

  private async store(tx: Tx, account: Awaited<ReturnType<SignUp['checked']>>): Promise<void> {
    await insertAccount(tx.db, { ...account, createdAt: tx.now });
    tx.record({
      subjectType: 'account',
      subjectId: account.id,
      to: 'ACTIVE',
      words: { name: account.name, email: account.email },
    });
  }
}
