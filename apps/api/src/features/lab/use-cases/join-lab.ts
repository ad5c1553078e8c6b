import { Injectable } from '@nestjs/common';
import type { Person } from '../../../platform/access/actor';
import { Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { tokenHash } from '../../account/account.public';
import { notify } from '../../notification/notification.public';
import { labExists, linkUsed } from '../lab.errors';
import { actsForLab, putMember, useInvitation } from '../lab.repository';

/** A person takes an invitation to a lab. It is for the address that it was sent to. */
@Injectable()
export class JoinLab {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, token: string): Promise<void> {
    await this.unitOfWork.run(person, { name: 'join-lab', rows: 'both-sides' }, async (tx) => {
      const invitation = await useInvitation(tx.db, tokenHash(token), tx.now);
      if (!invitation) throw linkUsed();
      if (invitation.email !== person.email)
        throw new Refused(
          'INVITED_OTHER',
          `This invitation is for ${invitation.email}. You are signed in as ${person.email}: sign in with that address, or ask for an invitation to yours.`,
        );
      if (await actsForLab(tx.db, person.accountId)) throw labExists();
      await putMember(tx.db, {
        id: tx.newId(),
        labId: invitation.labId,
        accountId: person.accountId,
        role: invitation.role,
        createdAt: tx.now,
      });
      tx.record({
        subjectType: 'lab-invitation',
        subjectId: invitation.id,
        from: 'SENT',
        to: 'ACCEPTED',
        facts: { role: invitation.role, accountId: person.accountId },
        labId: invitation.labId,
      });
      await notify(
        tx,
        { labId: invitation.labId, roles: ['OWNER'] },
        {
          kind: 'MEMBER_JOINED',
          title: `${person.name} joined your lab`,
          body: `${person.name} took your invitation.`,
          link: '/lab/team',
        },
      );
    });
  }
}
