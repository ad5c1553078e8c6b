import { Injectable } from '@nestjs/common';
import {
  MODEL,
  OccupationIndex,
  occupationsOf,
  Snapshot,
  type Fit,
  type OpeningDocument,
} from '@tallystick/matching';
import { system } from '../../../platform/access/actor';
import type { Db } from '../../../platform/prisma/database';
import type { Read } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { lastImport, occupationEntries } from '../../taxonomy/taxonomy.public';
import { expertDocuments, openingDocuments } from '../documents';
import {
  clearFits,
  openOpeningIds,
  outdatedOpeningIds,
  replaceFits,
  replaceRecommendations,
} from '../matching.repository';

const MATCHING = system('matching');
/** A snapshot serves for this long, unless somebody changed: then it is built anew. */
const FRESH_MS = 60_000;

/** Scores openings and experts and stores what pages read. Each may run twice. */
@Injectable()
export class Score {
  private snapshot: { made: number; value: Snapshot } | undefined;
  /** What titles mean, until concepts are imported anew. */
  private occupations: { importedAt: number; value: OccupationIndex } | undefined;

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
    for (const id of snapshot.expertIds) {
      await this.storeExpert(id, snapshot, openings);
    }
  }

  /** Scores anew what another model scored, as after an upgrade. Returns how many openings that were. */
  async outdated(): Promise<number> {
    const ids = await this.unitOfWork.readAs(MATCHING, ({ db }) => outdatedOpeningIds(db, MODEL.id));
    for (const id of ids) await this.opening(id);
    if (ids.length > 0) await this.allExperts();
    return ids.length;
  }

  /** How each of some experts fits an opening, gates and all, with the snapshot that says so. */
  async fitsOf(
    read: Read,
    wanted: readonly { readonly opening: OpeningDocument; readonly expertIds: readonly string[] }[],
  ): Promise<{ snapshotId: string; fits: Fit[] }> {
    const snapshot = await this.current(read);
    return {
      snapshotId: snapshot.id,
      fits: wanted.flatMap(({ opening, expertIds }) =>
        expertIds.flatMap((expertId) => snapshot.openingsFor(expertId, [opening])),
      ),
    };
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
    const occupations = await this.currentOccupations(db);
    this.snapshot = { made: Date.now(), value: new Snapshot(await expertDocuments(db, now), occupations) };
    return this.snapshot.value;
  }

  private async currentOccupations(db: Db): Promise<OccupationIndex> {
    const importedAt = (await lastImport(db))?.getTime() ?? 0;
    if (this.occupations?.importedAt !== importedAt)
      this.occupations = {
        importedAt,
        value: new OccupationIndex(occupationsOf(await occupationEntries(db))),
      };
    return this.occupations.value;
  }
}
