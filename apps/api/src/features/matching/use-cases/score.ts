import { Injectable } from '@nestjs/common';
import {
  OccupationIndex,
  occupationsOf,
  Snapshot,
  type Fit,
  type Model,
  type OpeningDocument,
} from '@tallystick/matching';
import { system } from '../../../platform/access/actor';
import type { Db } from '../../../platform/prisma/database';
import type { Read } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { expertDocuments, openingDocuments } from '../../eligibility/eligibility.public';
import { lastImport, occupationEntries } from '../../taxonomy/taxonomy.public';
import {
  clearFits,
  openOpeningIds,
  outdatedExpertIds,
  outdatedOpeningIds,
  replaceFits,
  replaceRecommendations,
} from '../matching.repository';
import { modelInForce } from '../model.repository';
import { FollowRelease } from './follow-release';

const MATCHING = system('matching');
/** A snapshot serves for this long, unless somebody changed: then it is built anew. */
const FRESH_MS = 60_000;

/** Everybody as they are, weighed by the model in force. */
interface Current {
  readonly snapshot: Snapshot;
  readonly model: Model;
}

/** Scores openings and experts and stores what pages read. Each may run twice. */
@Injectable()
export class Score {
  private kept: (Current & { readonly made: number }) | undefined;
  /** What titles mean, until concepts are imported anew. */
  private occupations: { importedAt: number; value: OccupationIndex } | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly release: FollowRelease,
  ) {}

  /** Scores one opening anew: its shortlist, or none where it is closed. */
  async opening(openingId: string): Promise<void> {
    const { snapshot, model, opening } = await this.unitOfWork.readAs(MATCHING, async (read) => ({
      ...(await this.current(read)),
      opening: (await openingDocuments(read.db, [openingId], read.now))[0],
    }));
    await this.unitOfWork.run(MATCHING, { name: 'score-opening' }, async (tx) => {
      if (!opening?.isOpen) return clearFits(tx.db, openingId);
      const { fits, eligible, removed, averages } = snapshot.shortlist(opening);
      await replaceFits(tx.db, opening, fits, {
        snapshotId: snapshot.id,
        modelId: model.id,
        modelHash: model.hash,
        candidateCount: snapshot.experts.length,
        eligibleCount: eligible,
        gateCounts: removed,
        averages,
        scoredAt: tx.now,
      });
      tx.announce({ topic: 'shortlist', concerns: { labId: opening.labId } });
    });
  }

  /** An expert changed: scores their openings, and the shortlists that they may be on. */
  async expert(expertId: string): Promise<void> {
    this.kept = undefined;
    const { openings, ...current } = await this.open();
    await this.storeExpert(expertId, current, openings);
    for (const { id } of openings) await this.opening(id);
  }

  /** A new opening: scores its shortlist and adds it to every expert's openings. */
  async newOpening(openingId: string): Promise<void> {
    await this.opening(openingId);
    await this.allExperts();
  }

  /** Scores the openings of every expert. */
  async allExperts(): Promise<void> {
    const { openings, ...current } = await this.open();
    for (const id of current.snapshot.expertIds) await this.storeExpert(id, current, openings);
  }

  /** Scores anew what another model scored, as after an upgrade or a switch. Returns how many openings that were. */
  async outdated(): Promise<number> {
    await this.release.run();
    const outdated = await this.unitOfWork.readAs(MATCHING, async ({ db }) => {
      const { hash } = await modelInForce(db);
      return { openings: await outdatedOpeningIds(db, hash), experts: await outdatedExpertIds(db, hash) };
    });
    for (const id of outdated.openings) await this.opening(id);
    if (outdated.experts.length > 0) {
      const { openings, ...current } = await this.open();
      const known = new Set(current.snapshot.expertIds);
      for (const id of outdated.experts) if (known.has(id)) await this.storeExpert(id, current, openings);
    }
    return outdated.openings.length;
  }

  /** How each of some experts fits an opening, gates and all, with the snapshot that says so. */
  async fitsOf(
    read: Read,
    wanted: readonly { readonly opening: OpeningDocument; readonly expertIds: readonly string[] }[],
  ): Promise<{ snapshotId: string; modelId: string; fits: Fit[] }> {
    const { snapshot, model } = await this.current(read);
    return {
      snapshotId: snapshot.id,
      modelId: model.id,
      fits: wanted.flatMap(({ opening, expertIds }) =>
        expertIds.flatMap((expertId) => snapshot.openingsFor(expertId, [opening])),
      ),
    };
  }

  private async storeExpert(
    expertId: string,
    { snapshot, model }: Current,
    openings: readonly OpeningDocument[],
  ): Promise<void> {
    const fits = snapshot.openingsFor(expertId, openings);
    await this.unitOfWork.run(MATCHING, { name: 'score-expert' }, async (tx) => {
      await replaceRecommendations(tx.db, expertId, fits, {
        snapshotId: snapshot.id,
        modelId: model.id,
        modelHash: model.hash,
        scoredAt: tx.now,
      });
      tx.announce({ topic: 'recommendation', concerns: { expertId } });
    });
  }

  private async open() {
    return this.unitOfWork.readAs(MATCHING, async (read) => ({
      ...(await this.current(read)),
      openings: await openingDocuments(read.db, await openOpeningIds(read.db), read.now),
    }));
  }

  private async current({ db, now }: Read): Promise<Current> {
    const model = await modelInForce(db);
    const { kept } = this;
    if (kept && kept.model.hash === model.hash && Date.now() - kept.made < FRESH_MS) return kept;
    const occupations = await this.currentOccupations(db);
    const snapshot = new Snapshot(await expertDocuments(db, now), occupations, model);
    this.kept = { made: Date.now(), snapshot, model };
    return this.kept;
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
