import { Injectable } from '@nestjs/common';
import type { Person } from '../../../platform/access/actor';
import { notFound } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { lastOwner } from '../lab.errors';
import { lockLab, membersOf, removeMember, type LabRecord, type MemberRow } from '../lab.repository';

/** An owner ends a membership, or a member leaves. The last owner cannot leave. */
@Injectable()
export class RemoveMember {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Ends the membership of somebody. */
  async run(person: Person, memberId: string): Promise<void> {
    await this.end(person, 'remove-member', ({ id }) => id === memberId);
  }

  /** Ends one's own membership. */
  async leave(person: Person): Promise<void> {
    await this.end(person, 'leave-lab', ({ accountId }) => accountId === person.accountId);
  }

  private async end(person: Person, name: string, isMeant: (member: MemberRow) => boolean): Promise<void> {
    await this.unitOfWork.run(person, { name }, async (tx) => {
      const lab = await lockLab(tx.db, person.labId ?? '');
      const members = lab ? await membersOf(tx.db, lab.id) : [];
      const member = members.find(isMeant);
      if (!lab || !member) throw notFound('member');
      if (isLastOwner(members, member)) throw lastOwner();
      await removeMember(tx.db, member.id, tx.now);
      tx.record({
        subjectType: 'lab-member',
        subjectId: member.id,
        from: 'MEMBER',
        to: 'REMOVED',
        facts: { accountId: member.accountId },
        labId: lab.id,
      });
      await tell(tx, person, lab, member);
    });
  }
}

/** True for an owner beside whom there is no other. */
export function isLastOwner(members: readonly MemberRow[], member: MemberRow): boolean {
  return member.role === 'OWNER' && members.filter(({ role }) => role === 'OWNER').length === 1;
}

/** Whoever is removed hears of it; whoever leaves is told to the owners. */
async function tell(tx: Tx, person: Person, lab: LabRecord, member: MemberRow): Promise<void> {
  const hasLeft = member.accountId === person.accountId;
  await notify(tx, hasLeft ? { labId: lab.id, roles: ['OWNER'] } : { accountId: member.accountId }, {
    kind: 'MEMBER_REMOVED',
    title: hasLeft ? `${member.name} left your lab` : `You no longer act for ${lab.name}`,
    body: hasLeft
      ? `${member.name} no longer acts for ${lab.name}.`
      : `${person.name} ended your membership.`,
    link: hasLeft ? '/lab/team' : '/',
  });
}
