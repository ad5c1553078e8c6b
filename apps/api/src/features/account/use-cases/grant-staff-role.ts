import { Injectable } from '@nestjs/common';
import { checkEmail, STAFF_ROLES } from '@tallystick/domain';
import type { Person } from '../../../platform/access/actor';
import { orRefuse, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { findByEmail, insertStaffRole } from '../account.repository';

/** An admin gives somebody a staff role. It is journalled, and the person is told. */
@Injectable()
export class GrantStaffRole {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, input: { email: string; role: string }): Promise<void> {
    const email = orRefuse(checkEmail(input.email));
    const role = STAFF_ROLES.find((each) => each === input.role);
    if (!role)
      throw new Refused('ROLE_UNKNOWN', `Choose one of ${STAFF_ROLES.join(', ')}.`, { field: 'role' });
    await this.unitOfWork.run(person, { name: 'grant-staff-role' }, async (tx) => {
      const account = await findByEmail(tx.db, email);
      if (!account)
        throw new Refused(
          'ACCOUNT_UNKNOWN',
          'Nobody has an account with this address. They make one first.',
          { field: 'email' },
        );
      await insertStaffRole(tx.db, account.id, role, tx.now);
      tx.record({ subjectType: 'account', subjectId: account.id, facts: { staffRole: role } });
      await notify(
        tx,
        { accountId: account.id },
        {
          kind: 'STAFF_ROLE',
          title: 'You have a staff role',
          body: `You are ${role.toLowerCase()} now.`,
          link: '/admin',
        },
      );
    });
  }
}
