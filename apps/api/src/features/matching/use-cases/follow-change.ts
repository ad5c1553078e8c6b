import { Injectable } from '@nestjs/common';
import { gatesOf, isEligible } from '@tallystick/matching';
import { system } from '../../../platform/access/actor';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { activeExpertDocuments, openingDocuments } from '../../eligibility/eligibility.public';
import { Retriever } from '../engine/retriever';
import { openingIdsListing, takeOff } from '../list-changes.repository';
import { clearFits, openOpeningIds } from '../matching.repository';

const MATCHING = system('matching');

/**
 * Lets the index and the lists follow a change at once: who does not pass any more is gone before anything is scored. Running work
 * asks its own gates. The scoring is another job, so that no suspension waits behind it. May run twice.
 */
@Injectable()
export class FollowChange {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly retriever: Retriever,
  ) {}

  /** An expert, their credentials or their engagements changed. */
  async expert(expertId: string): Promise<void> {
    await this.retriever.caughtUp([expertId]);
    await this.unitOfWork.run(MATCHING, { name: 'follow-expert' }, async (tx) => {
      const [expert] = await activeExpertDocuments(tx.db, [expertId], tx.now);
      const listed = await openingDocuments(tx.db, await openingIdsListing(tx.db, expertId), tx.now);
      const stopped = listed.filter((opening) => !expert || !isEligible(gatesOf(expert, opening)));
      const left = await takeOff(
        tx.db,
        expertId,
        stopped.map(({ id }) => id),
      );
      for (const { openingId, labId } of left) {
        tx.announce({ topic: 'shortlist', concerns: { labId } });
        tx.enqueue({ queue: 'scoring', name: 'score-shortlist', payload: { openingId } });
      }
      if (stopped.length > 0) tx.announce({ topic: 'recommendation', concerns: { expertId } });
      tx.enqueue({ queue: 'engagement', name: 'ask-gates', payload: { expertId } });
      tx.enqueue({ queue: 'scoring', name: 'score-expert', payload: { expertId } });
    });
  }

  /** Track records were counted anew: the index reads them; lists take them in when they are scored for another reason. */
  async counts(): Promise<void> {
    await this.retriever.caughtUp([]);
  }

  /** A lab named other competitors: every opening of it asks otherwise. */
  async lab(labId: string): Promise<void> {
    await this.unitOfWork.run(MATCHING, { name: 'follow-lab' }, async (tx) => {
      for (const openingId of await openOpeningIds(tx.db, labId))
        tx.enqueue({ queue: 'matching', name: 'opening-changed', payload: { openingId } });
    });
  }

  /** An opening was published, changed or closed. */
  async opening(openingId: string): Promise<void> {
    await this.unitOfWork.run(MATCHING, { name: 'follow-opening' }, async (tx) => {
      const [opening] = await openingDocuments(tx.db, [openingId], tx.now);
      if (!opening?.isOpen) return clearFits(tx.db, openingId);
      tx.enqueue({ queue: 'scoring', name: 'score-shortlist', payload: { openingId } });
      tx.enqueue({ queue: 'recommending', name: 'recommend-opening', payload: { openingId } });
    });
  }
}
