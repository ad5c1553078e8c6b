import { Injectable } from '@nestjs/common';
import type { OutcomeKind } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { openingsWith } from '../../project/project.public';
import { insertOutcomes, scoredFit } from '../outcome.repository';

/** Keeps what came of a fit, with how it is scored now. */
@Injectable()
export class NoteOutcome {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** May run twice: what is kept stands. */
  async run(kind: OutcomeKind, openingId: string, expertId: string): Promise<void> {
    await this.unitOfWork.run(system('matching'), { name: 'note-outcome' }, async (tx) => {
      const [opening] = await openingsWith(tx.db, { ids: [openingId] });
      if (!opening) return;
      const { labId } = opening;
      const fit = await scoredFit(tx.db, openingId, expertId);
      await insertOutcomes(tx.db, [{ openingId, expertId, kind, labId, at: tx.now, propensity: 1, fit }]);
    });
  }
}
