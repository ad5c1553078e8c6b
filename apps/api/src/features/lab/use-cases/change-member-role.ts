import { Injectable } from '@nestjs/common';
import { LAB_ROLES } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { lastOwner } from '../lab.errors';
import { changeRole, lockLab, membersOf } from '../lab.repository';
import { isLastOwner } from './remove-member';

const Input = z.object({ memberId: z.string(), role: z.enum(LAB_ROLES), idempotencyKey: z.string() });

/** An owner gives a member another role. The last owner stays one. */
@Injectable()
export class ChangeMemberRole {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { memberId, role, idempotencyKey } = parseInput(Input, input);
    await this.unitOfWork.run(person, { name: 'change-member-role', idempotencyKey, input }, async (tx) => {
      const lab = await lockLab(tx.db, person.labId ?? '');
      const members = lab ? await membersOf(tx.db, lab.id) : [];
      const member = members.find(({ id }) => id === memberId);
      if (!lab || !member) throw notFound('member');
      if (member.role === role) return;
      if (isLastOwner(members, member)) throw lastOwner();
      await changeRole(tx.db, member.id, role);
      tx.record({
        subjectType: 'lab-member',
        subjectId: member.id,
        from: member.role,
        to: role,
        facts: { accountId: member.accountId },
        labId: lab.id,
      });
      await notify(
        tx,
        { accountId: member.accountId },
        {
          kind: 'ROLE_CHANGED',
          title: `Your role at ${lab.name} changed`,
          body: `${person.name} made you ${role.toLowerCase()}; you were ${member.role.toLowerCase()}.`,
          link: '/lab',
        },
      );
    });
  }
}
