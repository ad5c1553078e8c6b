import { Injectable } from '@nestjs/common';
import { applicationMachine, move } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { orRefuse } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { openingsWith } from '../../project/project.public';
import { listApplications, listInvitations, moveApplication } from '../application.repository';
import { end } from './answer-invitation';

const REASON = 'The lab closed this opening before it decided on you.';

/**
 * An opening was closed: who applied and was not answered hears of it, and open invitations end. Offers that were sent
 * stay until they are answered or lapse: they are promises. Safe to run twice.
 */
@Injectable()
export class CloseApplications {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(openingId: string): Promise<void> {
    await this.unitOfWork.run(system('closing'), { name: 'close-applications' }, async (tx) => {
      const [opening] = await openingsWith(tx.db, { ids: [openingId] });
      if (opening?.state !== 'CLOSED') return;
      const told = new Set<string>();
      for (const application of await listApplications(tx.db, { openingId, state: 'APPLIED' })) {
        const state = orRefuse(move(applicationMachine, application.state, 'DECLINE'));
        if (!(await moveApplication(tx.db, application, { state, decidedAt: tx.now, declineReason: REASON })))
          continue;
        const { id, labId, expertId } = application;
        tx.record({ subjectType: 'application', subjectId: id, from: 'APPLIED', to: state, labId, expertId });
        told.add(expertId);
      }
      for (const invitation of await listInvitations(tx.db, { openingId, state: 'SENT' })) {
        await end(tx, invitation, 'WITHDRAW');
        told.add(invitation.expertId);
      }
      for (const expertId of told)
        await notify(
          tx,
          { expertId },
          {
            kind: 'OPENING_CLOSED',
            title: `${opening.title} is closed`,
            body: 'The lab closed this opening. Others that fit you are under Openings.',
            link: '/expert/openings',
          },
        );
    });
  }
}
