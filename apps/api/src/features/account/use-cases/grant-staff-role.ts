import { Injectable } from '@nestjs/common';
import { checkEmail, ROLES_BY_TWO, STAFF_ROLES } from '@tallystick/domain';
import { z } from 'zod';
import type { Person, StaffRole } from '../../../platform/access/actor';
import { sha256 } from '../../../platform/crypto/digest';
import { notFound, orRefuse, Refused } from '../../../platform/errors/refused';
import { idOf } from '../../../platform/ids/ids';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ApprovalActions, overtakeWaiting, requestApproval } from '../../audit/audit.public';
import { notify } from '../../notification/notification.public';
import {
  findByEmail,
  findById,
  holdsRole,
  insertStaffRole,
  isAddressProven,
  othersDecide,
  type AccountRecord,
} from '../account.repository';

const GRANT_ROLE = 'staff.grant-role';
const DAY_MS = 86_400_000;
/** Who took the others' roles away is alone only after so many days: as long as a request waits. */
const ALONE_AFTER_DAYS = 7;
const Payload = z.object({ accountId: z.uuid(), role: z.enum(STAFF_ROLES), grantedById: z.uuid() });

interface Grant {
  readonly role: StaffRole;
  readonly grantedById: string;
  readonly approvalRequestId?: string;
  /** True where one person gave a role that two give, because nobody else was there to decide. */
  readonly isAlone?: true;
}

/**
 * An admin gives somebody a staff role. One that decides on others' money or standing is given by two people, while there is
 * a second. It is journalled, and the person is told.
 */
@Injectable()
export class GrantStaffRole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    actions: ApprovalActions,
  ) {
    actions.add({
      action: GRANT_ROLE,
      payload: Payload,
      link: '/admin/users',
      concerns: ({ accountId }) => ({ accountId }),
      asking: { permission: 'staff:manage', matter: 'ANY' },
      execute: async (tx, { accountId, role, grantedById }, approvalRequestId) => {
        const account = await findById(tx.db, accountId);
        if (!account) throw notFound('account');
        await give(tx, account, { role, grantedById, approvalRequestId });
      },
    });
  }

  /**
   * Returns true where the person has the role, false where another person is asked first. Refuses with ROLE_UNKNOWN,
   * ACCOUNT_UNKNOWN, EMAIL_UNPROVEN, ASKED_ALREADY.
   */
  async run(person: Person, input: { email: string; role: string }): Promise<boolean> {
    const email = orRefuse(checkEmail(input.email));
    const role = STAFF_ROLES.find((each) => each === input.role);
    if (!role) throw new Refused('ROLE_UNKNOWN', 'Choose a role from the list.', { field: 'role' });
    return this.unitOfWork.run(person, { name: 'grant-staff-role' }, async (tx) => {
      const account = await mustBeProven(tx, email);
      if (await holdsRole(tx.db, account.id, role)) return true;
      const grant = { role, grantedById: person.accountId };
      const isByTwo = ROLES_BY_TWO.some((each) => each === role);
      const since = new Date(tx.now.getTime() - ALONE_AFTER_DAYS * DAY_MS);
      if (isByTwo && (await othersDecide(tx.db, person.accountId, account.id, since))) {
        await ask(tx, account, grant);
        return false;
      }
      await overtakeWaiting(tx, { action: GRANT_ROLE, subjectId: roleSubject(account.id, role) });
      await give(tx, account, { ...grant, ...(isByTwo && { isAlone: true }) });
      return true;
    });
  }
}

/** The account of an address whose mail its owner has read. Refuses with ACCOUNT_UNKNOWN, EMAIL_UNPROVEN. */
async function mustBeProven(tx: Tx, email: string): Promise<AccountRecord> {
  const account = await findByEmail(tx.db, email);
  if (!account)
    throw new Refused('ACCOUNT_UNKNOWN', 'Nobody has an account with this address. They make one first.', {
      field: 'email',
    });
  if (await isAddressProven(tx.db, account)) return account;
  const message =
    'Nobody has shown yet that they read mail at this address. They choose “Forgotten password” once and set a password by the link in the mail; then give the role.';
  throw new Refused('EMAIL_UNPROVEN', message, { field: 'email' });
}

async function ask(tx: Tx, { id, name, email }: AccountRecord, grant: Grant): Promise<void> {
  const { role, grantedById } = grant;
  await requestApproval(tx, {
    action: GRANT_ROLE,
    subjectType: 'staff-role',
    subjectId: roleSubject(id, role),
    summary: `Give ${name} (${email}) the staff role ${role.toLowerCase()}.`,
    payload: { accountId: id, email, role, grantedById },
    reason: 'Whoever has this role decides on others’ money or standing.',
    requestedById: grantedById,
    isTold: true,
  });
}

/** One role of one account is one subject: another role waits beside it. */
function roleSubject(accountId: string, role: StaffRole): string {
  return idOf(sha256(`${accountId} ${role}`));
}

async function give(tx: Tx, account: AccountRecord, grant: Grant): Promise<void> {
  const { role, ...by } = grant;
  await insertStaffRole(tx.db, account.id, role, tx.now);
  tx.record({ subjectType: 'account', subjectId: account.id, facts: { staffRole: role, ...by } });
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
}
