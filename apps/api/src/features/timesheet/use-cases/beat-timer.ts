import { Injectable } from '@nestjs/common';
import type { Person } from '../../../platform/access/actor';
import { Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { beatTimer } from '../entry.repository';

/** Notes that the expert was still there. It is no change of state, so the journal does not have it. */
@Injectable()
export class BeatTimer {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses with NO_TIMER. */
  async run(person: Person): Promise<void> {
    const { expertId } = person;
    await this.unitOfWork.run(person, { name: 'beat-timer' }, async (tx) => {
      if (expertId !== undefined && (await beatTimer(tx.db, expertId, tx.now))) return;
      throw new Refused('NO_TIMER', 'No timer runs. It may have been stopped in another window.');
    });
  }
}
