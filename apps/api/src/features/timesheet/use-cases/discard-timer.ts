import { Injectable } from '@nestjs/common';
import type { Person } from '../../../platform/access/actor';
import { Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { deleteTimer, lockTimer } from '../entry.repository';

/** Throws the running timer away; nothing that it counted is kept. */
@Injectable()
export class DiscardTimer {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses with NO_TIMER. */
  async run(person: Person): Promise<void> {
    const expertId = person.expertId ?? '';
    await this.unitOfWork.run(person, { name: 'discard-timer' }, async (tx) => {
      const timer = expertId === '' ? null : await lockTimer(tx.db, expertId);
      if (!timer) throw new Refused('NO_TIMER', 'No timer runs. It may have been stopped in another window.');
      await deleteTimer(tx.db, expertId);
      const { labId, engagementId, startedAt } = timer;
      const facts = { engagementId, startedAt };
      tx.record({
        subjectType: 'timer',
        subjectId: expertId,
        from: 'RUNNING',
        to: 'DISCARDED',
        facts,
        labId,
        expertId,
      });
    });
  }
}
