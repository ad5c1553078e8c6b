import { Injectable } from '@nestjs/common';
import { dayOf, CREDENTIAL_TYPES, credentialMachine, expiryEvent, move } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { orRefuse } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { listNearExpiry, moveCredential } from '../credential.repository';

const AHEAD_MS = 61 * 86_400_000;

/** Time passes: credentials near their last day are said to, those past it no longer count. Pay for work done stays due. */
@Injectable()
export class ExpireCredentials {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(): Promise<void> {
    await this.unitOfWork.run(system('expiry'), { name: 'expire-credentials' }, async (tx) => {
      const today = new Date(dayOf(tx.now));
      const soon = new Date(today.getTime() + AHEAD_MS);
      for (const credential of await listNearExpiry(tx.db, { today, soon }, 500)) {
        const event = expiryEvent(credential.state, credential.expiresOn, tx.now);
        if (!event) continue;
        const state = orRefuse(move(credentialMachine, credential.state, event));
        if (!(await moveCredential(tx.db, credential, { state }))) continue;
        const { expertId, id } = credential;
        tx.record({ subjectType: 'credential', subjectId: id, from: credential.state, to: state, expertId });
        tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId } });
        const label = CREDENTIAL_TYPES[credential.type].label;
        const title = state === 'EXPIRED' ? `${label} has expired` : `${label} expires soon`;
        await notify(
          tx,
          { expertId },
          {
            kind: 'CREDENTIAL_EXPIRY',
            title,
            body: 'Add the renewed one under Credentials, so that work which needs it stays open to you.',
            link: '/expert/credentials',
          },
        );
      }
    });
  }
}
