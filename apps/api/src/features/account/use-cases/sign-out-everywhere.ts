import { Injectable } from '@nestjs/common';
import type { Person } from '../../../platform/access/actor';
import { SESSION_TOPIC } from '../../../platform/live/live-updates';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { deleteSessionsOf } from '../account.repository';

/** Ends every session of the person, this one too. */
@Injectable()
export class SignOutEverywhere {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person): Promise<void> {
    await this.unitOfWork.run(person, { name: 'sign-out-everywhere' }, async (tx) => {
      await deleteSessionsOf(tx.db, person.accountId);
      tx.announce({ topic: SESSION_TOPIC, concerns: { accountId: person.accountId } });
      tx.record({
        subjectType: 'account',
        subjectId: person.accountId,
        facts: { event: 'signed-out-everywhere' },
      });
    });
  }
}
