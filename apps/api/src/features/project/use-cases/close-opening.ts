import { Injectable } from '@nestjs/common';
import { move, openingMachine } from '@tallystick/domain';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { lockOpening, moveOpening } from '../project.repository';

/** Closes an opening: nobody new applies; engagements go on. */
@Injectable()
export class CloseOpening {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, openingId: string): Promise<void> {
    await this.unitOfWork.run(person, { name: 'close-opening' }, async (tx) => {
      const opening = await lockOpening(tx.db, openingId);
      if (opening?.labId !== person.labId) throw notFound('opening');
      if (!opening) throw notFound('opening');
      const state = orRefuse(move(openingMachine, opening.state, 'CLOSE'));
      if (!(await moveOpening(tx.db, opening, { state, closedAt: tx.now })))
        throw new Refused('CHANGED_MEANWHILE', 'This changed in another window. Load the page again.');
      tx.record({
        subjectType: 'opening',
        subjectId: openingId,
        from: opening.state,
        to: state,
        labId: opening.labId,
      });
      tx.enqueue({ queue: 'matching', name: 'opening-changed', payload: { openingId } });
    });
  }
}
