import { Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { Refused } from '../../../platform/errors/refused';
import { Ids } from '../../../platform/ids/ids';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { hasNoStaff, insertLink, useLink } from '../account.repository';
import { Sessions, tokenHash } from '../sessions';
import { SignUp, type SignUpInput } from './sign-up';

const LIFETIME_MS = 7 * 86_400_000;
const FIRST_ROLES = ['ADMIN', 'VERIFIER', 'TRUST', 'FINANCE', 'AUDITOR'] as const;

/** The first admin of an empty product comes by a link that works once and is printed where the product was started. */
@Injectable()
export class CreateFirstAdmin {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: Ids,
    private readonly signUp: SignUp,
    private readonly sessions: Sessions,
  ) {}

  /** Makes the link's token. Returns undefined where the product has staff already. */
  async makeLink(): Promise<string | undefined> {
    const token = this.ids.secret();
    let isMade = false;
    await this.unitOfWork.run(system('first-admin'), { name: 'make-first-admin-link' }, async (tx) => {
      if (!(await hasNoStaff(tx.db))) return;
      isMade = true;
      const expiresAt = new Date(tx.now.getTime() + LIFETIME_MS);
      await insertLink(tx.db, {
        id: tx.newId(),
        tokenHash: tokenHash(token),
        purpose: 'FIRST_ADMIN',
        accountId: null,
        createdAt: tx.now,
        expiresAt,
      });
    });
    return isMade ? token : undefined;
  }

  /** Uses the link. Returns the session's token. */
  async run(input: SignUpInput & { token: string }): Promise<string> {
    let session = '';
    await this.unitOfWork.run(system('first-admin'), { name: 'create-first-admin' }, async (tx) => {
      const link = await useLink(tx.db, tokenHash(input.token), 'FIRST_ADMIN', tx.now);
      if (!link || !(await hasNoStaff(tx.db)))
        throw new Refused('LINK_USED', 'This link was used already. Sign in instead.');
      const accountId = await this.signUp.storeStaff(tx, input, FIRST_ROLES);
      session = await this.sessions.open(tx, accountId);
    });
    return session;
  }
}
