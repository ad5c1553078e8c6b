import { Injectable } from '@nestjs/common';
import { checkEmail, LAB_ROLES } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { Ids } from '../../../platform/ids/ids';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { tokenHash } from '../../account/account.public';
import { writeMail } from '../../notification/notification.public';
import { insertInvitation, lockLab, membersOf, revokeInvitations } from '../lab.repository';

const Input = z.object({ email: z.string().max(254), role: z.enum(LAB_ROLES), idempotencyKey: z.string() });
const LIFETIME_MS = 14 * 86_400_000;

/** An owner invites somebody to the lab by mail; the link works once, for that address, and replaces an earlier one. */
@Injectable()
export class InviteMember {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: Ids,
  ) {}

  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { email: given, role, idempotencyKey } = parseInput(Input, input);
    const email = orRefuse(checkEmail(given));
    const token = this.ids.secret();
    await this.unitOfWork.run(person, { name: 'invite-member', idempotencyKey, input }, async (tx) => {
      const lab = await lockLab(tx.db, person.labId ?? '');
      if (!lab) throw notFound('lab');
      if ((await membersOf(tx.db, lab.id)).some((member) => member.email === email))
        throw new Refused('ALREADY_MEMBER', 'This person acts for your lab already.', { field: 'email' });
      const replaced = await revokeInvitations(tx.db, lab.id, { email }, tx.now);
      const id = tx.newId();
      await insertInvitation(tx.db, {
        id,
        labId: lab.id,
        email,
        role,
        tokenHash: tokenHash(token),
        invitedById: person.accountId,
        createdAt: tx.now,
        expiresAt: new Date(tx.now.getTime() + LIFETIME_MS),
      });
      tx.record({
        subjectType: 'lab-invitation',
        subjectId: id,
        to: 'SENT',
        facts: { role, replaced },
        words: { email },
        labId: lab.id,
      });
      await writeMail(tx, {
        to: email,
        subject: `${person.name} invites you to ${lab.name}`,
        body: `Hello,\n\n${person.name} invites you to act for ${lab.name} on Tallystick as ${role.toLowerCase()}.\n\nWithin 14 days: {PUBLIC_URL}/join#${token}\n`,
      });
    });
  }
}
