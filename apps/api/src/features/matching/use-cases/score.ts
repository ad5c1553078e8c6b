import { Injectable } from '@nestjs/common';
import {
  CANDIDATES,
  explainerOf,
  gatesFor,
  shortlistOrder,
  isEligible,
  type CandidateRetriever,
  type Candidates,
  type Fit,
  type Model,
  type OpeningDocument,
} from '@tallystick/matching';
import { system } from '../../../platform/access/actor';
import type { Read } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { untold, type Told } from '../../../platform/queue/jobs';
import { activeExpertDocuments, openingDocuments } from '../../eligibility/eligibility.public';
import { activeExpertIdsAfter } from '../../expert/expert.public';
import { Retriever } from '../engine/retriever';
import { affectedOpeningIds, agedOpeningIds, lapsedBy } from '../list-changes.repository';
import { clearFits, openOpeningIds, outdatedOpeningIds, replaceFits } from '../matching.repository';
import { modelInForce } from '../model.repository';
import { addRecommendations, outdatedExpertIds, replaceRecommendations } from '../recommendation.repository';
import { FollowRelease } from './follow-release';

const MATCHING = system('matching');
/** How many experts a shortlist has at most. */
export const SHORTLISTED = 200;
/** How many openings an expert is shown at most. */
const RECOMMENDED = 200;
const EXPERTS_AT_ONCE = 100;
/** So many lists are scored anew at once because time passed. */
const LAPSED_AT_ONCE = 200;
const AGED_AT_ONCE = 20;
/** After this long the counts of a shortlist, of who passes and whom a gate stops, are counted anew. */
const AGED_MS = 3_600_000;

type OpenOpening = Awaited<ReturnType<typeof openingDocuments>>[number];

/** Scores openings and experts and stores what pages read. Each may run twice. */
@Injectable()
export class Score {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly release: FollowRelease,
    private readonly retriever: Retriever,
  ) {}

  /** Scores one opening anew: its shortlist, or none where it is closed. */
  async opening(openingId: string): Promise<void> {
    await this.retriever.reading((retriever, model) => this.shortlist(openingId, retriever, model));
  }

  /** An expert changed: scores their openings, and the shortlists that they are on or belong on. */
  async expert(expertId: string): Promise<void> {
    await this.retriever.reading(
      async (retriever, model) => {
        const openings = await this.openOpenings();
        const fits = await this.storeExperts([expertId], retriever, model, openings);
        const fitting = (fits.get(expertId) ?? []).filter(({ isEligible }) => isEligible);
        const affected = await this.unitOfWork.readAs(MATCHING, ({ db }) =>
          affectedOpeningIds(db, expertId, fitting, SHORTLISTED),
        );
        for (const id of affected) await this.shortlist(id, retriever, model);
      },
      [expertId],
    );
  }

  /** An opening was published or changed: every expert's openings have it as it is now. */
  async recommend(openingId: string, told: Told = untold): Promise<void> {
    const [opening] = await this.unitOfWork.readAs(MATCHING, ({ db, now }) =>
      openingDocuments(db, [openingId], now),
    );
    if (!opening?.isOpen) return;
    await this.retriever.reading((retriever, model) =>
      this.everyExpert(told, (ids) => this.addOpening(opening, ids, retriever, model)),
    );
  }

  /** Scores the openings of every expert. */
  async allExperts(told: Told = untold): Promise<void> {
    await this.retriever.reading(async (retriever, model) => {
      const openings = await this.openOpenings();
      await this.everyExpert(
        told,
        async (ids) => void (await this.storeExperts(ids, retriever, model, openings)),
      );
    });
  }

  /** Scores anew what another model scored, as after an upgrade or a switch. Returns how many openings that were. */
  async outdated(told: Told = untold): Promise<number> {
    await this.release.run();
    const outdated = await this.unitOfWork.readAs(MATCHING, async ({ db }) => {
      const { hash } = await modelInForce(db);
      return { openings: await outdatedOpeningIds(db, hash), experts: await outdatedExpertIds(db, hash) };
    });
    const all = outdated.openings.length + outdated.experts.length;
    for (const [done, id] of outdated.openings.entries()) {
      told(done, all);
      await this.opening(id);
    }
    if (outdated.experts.length > 0)
      await this.retriever.reading(async (retriever, model) => {
        const openings = await this.openOpenings();
        for (let from = 0; from < outdated.experts.length; from += EXPERTS_AT_ONCE) {
          told(outdated.openings.length + from, all);
          const ids = outdated.experts.slice(from, from + EXPERTS_AT_ONCE);
          await this.storeExperts(ids, retriever, model, openings);
        }
      });
    return outdated.openings.length;
  }

  /** Scores anew the lists on which something has lapsed since, and those whose counts are oldest. */
  async lapsed(): Promise<void> {
    const { openingIds, expertIds, aged } = await this.unitOfWork.readAs(MATCHING, async ({ db, now }) => ({
      ...(await lapsedBy(db, now, LAPSED_AT_ONCE)),
      aged: await agedOpeningIds(db, new Date(now.getTime() - AGED_MS), AGED_AT_ONCE),
    }));
    for (const id of new Set([...openingIds, ...aged])) await this.opening(id);
    if (expertIds.length > 0)
      await this.retriever.reading(async (retriever, model) => {
        await this.storeExperts(expertIds, retriever, model, await this.openOpenings());
      });
  }

  /** How each of some experts fits an opening, gates and all, with the snapshot that says so. */
  async fitsOf(
    read: Read,
    wanted: readonly { readonly opening: OpeningDocument; readonly expertIds: readonly string[] }[],
  ): Promise<{ snapshotId: string; modelId: string; fits: Fit[] }> {
    const ids = [...new Set(wanted.flatMap(({ expertIds }) => expertIds))];
    const experts = new Map(
      (await activeExpertDocuments(read.db, ids, read.now)).map((each) => [each.id, each]),
    );
    return this.retriever.reading(async (retriever, model) => {
      const { snapshot, scored } = await retriever.pairs(
        ids,
        wanted.map(({ opening }) => opening),
      );
      const fits = wanted.flatMap(({ opening, expertIds }, i) => {
        const explain = explainerOf(opening);
        return expertIds.flatMap((id) => {
          const [expert, pair] = [experts.get(id), scored[i]?.get(id)];
          return expert && pair ? explain(expert, pair.parts, pair.steps) : [];
        });
      });
      return { snapshotId: snapshot, modelId: model.id, fits };
    });
  }

  private async openOpenings(): Promise<OpenOpening[]> {
    return this.unitOfWork.readAs(MATCHING, async ({ db, now }) =>
      openingDocuments(db, await openOpeningIds(db), now),
    );
  }

  private async shortlist(openingId: string, retriever: CandidateRetriever, model: Model): Promise<void> {
    const [opening] = await this.unitOfWork.readAs(MATCHING, ({ db, now }) =>
      openingDocuments(db, [openingId], now),
    );
    const found = opening?.isOpen ? await retriever.retrieve(opening, SHORTLISTED * CANDIDATES) : undefined;
    await this.unitOfWork.run(MATCHING, { name: 'score-shortlist' }, async (tx) => {
      if (!opening || !found) return clearFits(tx.db, openingId);
      const fits = await this.explainedNow(tx, opening, found.experts, model);
      await replaceFits(tx.db, opening, fits, {
        snapshotId: found.snapshot,
        modelId: model.id,
        modelHash: model.hash,
        candidateCount: found.size,
        eligibleCount: found.eligible,
        gateCounts: found.removed,
        averages: found.averages,
        scoredAt: tx.now,
      });
      tx.announce({ topic: 'shortlist', concerns: { labId: opening.labId } });
    });
  }

  /** Fits with gates and reasons from the record: an index may be behind it by a moment, and who does not pass is left out. */
  private async explainedNow(
    { db, now }: Read,
    opening: OpeningDocument,
    found: Candidates['experts'],
    model: Model,
  ): Promise<Fit[]> {
    const ids = found.map(({ expertId }) => expertId);
    const experts = new Map((await activeExpertDocuments(db, ids, now)).map((each) => [each.id, each]));
    const gatesOf = gatesFor(opening);
    const passing = found.filter(({ expertId }) => {
      const expert = experts.get(expertId);
      return expert && isEligible(gatesOf(expert));
    });
    const placed = shortlistOrder(passing, SHORTLISTED, { openingId: opening.id, modelId: model.id });
    const explain = explainerOf(opening);
    return placed.flatMap(({ expertId, parts, steps, evenness, isKeptPlace, propensity }) => {
      const expert = experts.get(expertId);
      return expert ? explain(expert, parts, { ...steps, evenness, isKeptPlace, propensity }) : [];
    });
  }

  /** Goes over all active experts, some at once. */
  private async everyExpert(told: Told, work: (ids: readonly string[]) => Promise<void>): Promise<void> {
    let done = 0;
    for (let after: string | undefined; ;) {
      const from = after;
      const ids = await this.unitOfWork.readAs(MATCHING, ({ db }) =>
        activeExpertIdsAfter(db, from, EXPERTS_AT_ONCE),
      );
      if (ids.length === 0) return;
      await work(ids);
      told((done += ids.length));
      after = ids.at(-1);
    }
  }

  /** Adds one opening to the lists of some experts. What it asks is kept with its document, which is the same one for everybody. */
  private async addOpening(
    opening: OpenOpening,
    ids: readonly string[],
    retriever: CandidateRetriever,
    model: Model,
  ): Promise<void> {
    const { scored } = await retriever.pairs(ids, [opening]);
    const explain = explainerOf(opening);
    await this.unitOfWork.run(MATCHING, { name: 'recommend-opening' }, async (tx) => {
      const fits = (await activeExpertDocuments(tx.db, ids, tx.now)).flatMap((expert) => {
        const pair = scored[0]?.get(expert.id);
        return pair ? explain(expert, pair.parts, pair.steps) : [];
      });
      await addRecommendations(tx.db, fits, { modelHash: model.hash, at: tx.now, most: RECOMMENDED });
      for (const { expertId } of fits) tx.announce({ topic: 'recommendation', concerns: { expertId } });
    });
  }

  /** Scores the openings of some experts and stores them. Returns them by expert. */
  private async storeExperts(
    ids: readonly string[],
    retriever: CandidateRetriever,
    model: Model,
    openings: readonly OpenOpening[],
  ): Promise<Map<string, Fit[]>> {
    const { snapshot, scored } = await retriever.pairs(ids, openings);
    const explainers = openings.map(explainerOf);
    const openingIds = openings.map(({ id }) => id);
    const all = new Map<string, Fit[]>();
    for (const id of ids)
      await this.unitOfWork.run(MATCHING, { name: 'score-expert' }, async (tx) => {
        const [expert] = await activeExpertDocuments(tx.db, [id], tx.now);
        const fits = explainers.flatMap((explain, i) => {
          const pair = scored[i]?.get(id);
          return expert && pair ? explain(expert, pair.parts, pair.steps) : [];
        });
        const best = fits.sort(byTaking).slice(0, RECOMMENDED);
        all.set(id, fits);
        await replaceRecommendations(tx.db, id, openingIds, best, {
          snapshotId: snapshot,
          modelId: model.id,
          modelHash: model.hash,
          scoredAt: tx.now,
        });
        tx.announce({ topic: 'recommendation', concerns: { expertId: id } });
      });
    return all;
  }
}

/** Those that can be taken first, then those with something missing; each best first. */
function byTaking(a: Fit, b: Fit): number {
  return (
    Number(b.isEligible) - Number(a.isEligible) || b.score - a.score || (a.openingId < b.openingId ? -1 : 1)
  );
}
