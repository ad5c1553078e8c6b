import { Injectable } from '@nestjs/common';
import { MODEL, Snapshot, type OpeningDocument } from '@tallystick/matching';
import { system } from '../../../platform/access/actor';
import type { Read } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { expertDocuments, openingDocuments } from '../documents';
import { clearFits, openOpeningIds, replaceFits, replaceRecommendations } from '../matching.repository';

const MATCHING = system('matching');
/** A snapshot serves for this long, unless somebody changed: then it is built anew. */
const FRESH_MS = 60_000;

/** Scores openings and experts and stores what pages read. Each may run twice. */
@Injectable()
export class Score {
  private snapshot: { made: number; value: Snapshot } | undefined;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Scores one opening anew: its shortlist, or none where it is closed. */
  async opening(openingId: string): Promise<void> {
    const { snapshot, opening } = await this.unitOfWork.readAs(MATCHING, async (read) => ({
      snapshot: await this.current(read),
      opening: (await openingDocuments(read.db, [openingId], read.now))[0],
    }));
    await this.unitOfWork.run(MATCHING, { name: 'score-opening' }, async (tx) => {
      if (!opening?.isOpen) return clearFits(tx.db, openingId);
      const { fits, eligible, removed } = snapshot.shortlist(opening);
      await replaceFits(tx.db, opening, fits, {
        snapshotId: snapshot.id,
        modelId: MODEL.id,
        candidateCount: snapshot.experts.length,
        eligibleCount: eligible,
        gateCounts: removed,
        scoredAt: tx.now,
      });
      tx.announce({ topic: 'shortlist', concerns: { labId: opening.labId } });
    });
  }

  /** An expert changed: scores their openings, and the shortlists that they may be on. */
  async expert(expertId: string): Promise<void> {
    this.snapshot = undefined;
    const { snapshot, openings } = await this.open();
    await this.storeExpert(expertId, snapshot, openings);
    for (const { id } of openings) await this.opening(id);
  }

  /** A new opening: scores its shortlist and adds it to every expert's openings. */
  async newOpening(openingId: string): Promise<void> {
    await this.opening(openingId);
    await this.allExperts();
  }

  /** Scores the openings of every expert. */
  async allExperts(): Promise<void> {
    const { snapshot, openings } = await this.open();
    for (const { id } of snapshot.experts) {
      await this.storeExpert(id, snapshot, openings);
    }
  }

  private async storeExpert(
    expertId: string,
    snapshot: Snapshot,
    openings: readonly OpeningDocument[],
  ): Promise<void> {
    const fits = snapshot.openingsFor(expertId, openings);
    await this.unitOfWork.run(MATCHING, { name: 'score-expert' }, async (tx) => {
      await replaceRecommendations(tx.db, expertId, fits, snapshot.id, tx.now);
      tx.announce({ topic: 'recommendation', concerns: { expertId } });
    });
  }

  private async open() {
    return this.unitOfWork.readAs(MATCHING, async (read) => ({
      snapshot: await this.current(read),
      openings: await openingDocuments(read.db, await openOpeningIds(read.db), read.now),
    }));
  }

  private async current({ db, now }: Read): Promise<Snapshot> {
    if (this.snapshot && Date.now() - this.snapshot.made < FRESH_MS) return this.snapshot.value;
    this.snapshot = { made: Date.now(), value: new Snapshot(await expertDocuments(db, now)) };
    return this.snapshot.value;
  }
}
