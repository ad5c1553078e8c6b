import { Injectable } from '@nestjs/common';
import { STAFF_ROLES } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { deleteStaffRole, findById, lockStaffRoles } from '../account.repository';

const Input = z.object({ accountId: z.uuid(), role: z.enum(STAFF_ROLES) });

/** An admin takes a staff role from somebody. The last admin stays one. */
@Injectable()
export class RevokeStaffRole {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, input: { accountId: string; role: string }): Promise<void> {
    const { accountId, role } = parseInput(Input, input as z.input<typeof Input>);
    await this.unitOfWork.run(person, { name: 'revoke-staff-role' }, async (tx) => {
      const holders = await lockStaffRoles(tx.db, role);
      const account = await findById(tx.db, accountId);
      if (!account || !holders.includes(accountId)) throw notFound('role');
      if (role === 'ADMIN' && holders.length === 1)
        throw new Refused('LAST_ADMIN', 'The last admin stays one. Make somebody else an admin first.');
      await deleteStaffRole(tx.db, accountId, role);
      tx.record({
        subjectType: 'account',
        subjectId: accountId,
        from: role,
        to: null,
        facts: { revoked: role },
      });
      await notify(
        tx,
        { accountId },
        {
          kind: 'STAFF_ROLE',
          title: 'A staff role has ended',
          body: `You are no longer ${role.toLowerCase()}.`,
          link: '/home',
        },
      );
    });
  }
}
