import { Injectable } from '@nestjs/common';
import type { Person } from '../../../platform/access/actor';
import { SESSION_TOPIC } from '../../../platform/live/live-updates';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { deleteSession } from '../account.repository';

/** Ends the session, on the server. */
@Injectable()
export class SignOut {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person): Promise<void> {
    await this.unitOfWork.run(person, { name: 'sign-out' }, async (tx) => {
      await deleteSession(tx.db, person.sessionId);
      tx.announce({ topic: SESSION_TOPIC, concerns: { accountId: person.accountId } });
      tx.record({ subjectType: 'account', subjectId: person.accountId, facts: { event: 'signed-out' } });
    });
  }
}
