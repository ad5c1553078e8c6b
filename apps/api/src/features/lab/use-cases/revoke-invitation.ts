import { Injectable } from '@nestjs/common';
import type { Person } from '../../../platform/access/actor';
import { notFound } from '../../../platform/errors/refused';
import { isId } from '../../../platform/ids/ids';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { revokeInvitations } from '../lab.repository';

/** An owner withdraws an invitation that is not taken yet; its link no longer works. */
@Injectable()
export class RevokeInvitation {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, id: string): Promise<void> {
    if (!isId(id)) throw notFound('invitation');
    await this.unitOfWork.run(person, { name: 'revoke-invitation' }, async (tx) => {
      const revoked = await revokeInvitations(tx.db, person.labId ?? '', { id }, tx.now);
      if (revoked.length === 0) throw notFound('invitation');
      tx.record({
        subjectType: 'lab-invitation',
        subjectId: id,
        from: 'SENT',
        to: 'REVOKED',
        labId: person.labId,
      });
    });
  }
}
