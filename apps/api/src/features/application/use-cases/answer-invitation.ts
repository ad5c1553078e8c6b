import { Injectable } from '@nestjs/common';
import { invitationMachine, move } from '@tallystick/domain';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { isId } from '../../../platform/ids/ids';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { findInvitation, moveInvitation, type InvitationRecord } from '../application.repository';
import { DeclineReason, saidReason } from '../reasons';

/** The ways in which an invitation ends without an application: the expert declines it, the lab takes it back. */
@Injectable()
export class AnswerInvitation {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The expert declines, with a reason where they give one; the lab is told. Declining lowers no score. */
  async decline(person: Person, id: string, given?: string): Promise<void> {
    const reason = parseInput(DeclineReason, given ?? '');
    await this.unitOfWork.run(person, { name: 'decline-invitation' }, async (tx) => {
      const invitation = await found(tx, id);
      if (invitation?.expertId !== person.expertId) throw notFound('invitation');
      await end(tx, invitation, 'DECLINE', reason);
      await notify(
        tx,
        { labId: invitation.labId, roles: ['OWNER', 'MANAGER'] },
        {
          kind: 'INVITATION_DECLINED',
          title: 'An invitation was declined',
          body: `${saidReason(reason)}The expert does not want this work now. The shortlist has others.`,
          link: `/lab/openings/${invitation.openingId}`,
        },
      );
    });
  }

  /** The lab takes an invitation back; the expert is told. */
  async withdraw(person: Person, id: string): Promise<void> {
    await this.unitOfWork.run(person, { name: 'withdraw-invitation' }, async (tx) => {
      const invitation = await found(tx, id);
      if (invitation?.labId !== person.labId) throw notFound('invitation');
      await end(tx, invitation, 'WITHDRAW');
      await notify(
        tx,
        { expertId: invitation.expertId },
        {
          kind: 'INVITATION_WITHDRAWN',
          title: 'An invitation was taken back',
          body: 'The lab no longer asks you to apply for this opening. You may still apply while it is open.',
          link: `/expert/openings/${invitation.openingId}`,
        },
      );
    });
  }
}

async function found(tx: Tx, id: string): Promise<InvitationRecord> {
  const invitation = isId(id) ? await findInvitation(tx.db, id) : null;
  if (!invitation) throw notFound('invitation');
  return invitation;
}

/** Ends an invitation and journals it. Refuses with STATE_CHANGED, CHANGED_MEANWHILE. */
export async function end(
  tx: Tx,
  invitation: InvitationRecord,
  event: 'DECLINE' | 'WITHDRAW',
  reason = '',
): Promise<void> {
  const state = orRefuse(move(invitationMachine, invitation.state, event));
  if (!(await moveInvitation(tx.db, invitation, { state, decidedAt: tx.now })))
    throw new Refused('CHANGED_MEANWHILE', 'This changed in another window. Load the page again.');
  const { id, labId, expertId } = invitation;
  const words = reason === '' ? undefined : { reason };
  tx.record({
    subjectType: 'invitation',
    subjectId: id,
    from: invitation.state,
    to: state,
    words,
    labId,
    expertId,
  });
}
