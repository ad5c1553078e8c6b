import { Injectable } from '@nestjs/common';
import type { Person } from '../../../platform/access/actor';
import { notFound, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { membersOf, removeMember } from '../lab.repository';

/** An owner ends a membership. The last owner cannot leave. */
@Injectable()
export class RemoveMember {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, memberId: string): Promise<void> {
    await this.unitOfWork.run(person, { name: 'remove-member' }, async (tx) => {
      const members = await membersOf(tx.db, person.labId ?? '');
      const member = members.find(({ id }) => id === memberId);
      if (!member) throw notFound('member');
      const isLastOwner =
        member.role === 'OWNER' && members.filter(({ role }) => role === 'OWNER').length === 1;
      if (isLastOwner)
        throw new Refused('LAST_OWNER', 'The last owner cannot leave. Make somebody else an owner first.');
      await removeMember(tx.db, memberId, tx.now);
      tx.record({
        subjectType: 'lab-member',
        subjectId: memberId,
        from: 'MEMBER',
        to: 'REMOVED',
        facts: { accountId: member.accountId },
        labId: person.labId,
      });
    });
  }
}
