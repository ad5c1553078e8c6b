import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { openingIdsLike, openingsWith } from '../project/project.public';
import {
  countRecommendations,
  findRecommendation,
  findShortlist,
  listFits,
  listRecommendations,
  recommendationState,
  type ShortlistRecord,
  type StoredFit,
} from './matching.repository';

/** What shortlist and recommendation pages show: rows that the worker wrote. */
@Injectable()
export class MatchingQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The shortlist of one of the lab's openings. Its state is WAITING until the worker has scored it. */
  async shortlist(
    person: Person,
    openingId: string,
    args: PageArgs,
    expertIds?: readonly string[],
  ): Promise<{ state: ShortlistRecord | null; askedAt: Date | null; fits: Connection<StoredFit> }> {
    if (!isId(openingId)) throw notFound('opening');
    const only = expertIds?.filter(isId);
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const [opening] = await openingsWith(db, { ids: [openingId] });
      if (!opening || opening.labId !== person.labId) throw notFound('opening');
      const state = await findShortlist(db, openingId);
      const rows = await listFits(db, openingId, page.limit + 1, page.after, only);
      return {
        state,
        askedAt: opening.publishedAt,
        fits: connect(
          page,
          rows,
          only?.length ?? Math.min(200, state?.eligibleCount ?? 0),
          (row) => [String(row.rank)],
          (row) => row,
        ),
      };
    });
  }

  /** An expert's openings, best first, then those with something missing; of a search, or of one half only. */
  async recommended(
    person: Person,
    { search, isEligible }: { search?: string | null; isEligible?: boolean | null },
    args: PageArgs,
  ): Promise<{ scoredAt: Date | null; waitingSince: Date | null; fits: Connection<StoredFit> }> {
    const page = pageOf(args);
    const expertId = person.expertId ?? '';
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const { scoredAt, changedAt } = await recommendationState(db, expertId);
      const openingIds = search ? await openingIdsLike(db, search) : undefined;
      const filter = { expertId, ...(typeof isEligible === 'boolean' && { isEligible }), openingIds };
      const rows = await listRecommendations(db, filter, page.limit + 1, page.after);
      return {
        scoredAt,
        waitingSince: scoredAt && changedAt && scoredAt >= changedAt ? null : changedAt,
        fits: connect(
          page,
          rows,
          await countRecommendations(db, filter),
          (row) => [String(row.rank)],
          (row) => row,
        ),
      };
    });
  }

  /** How one opening fits the expert; null until it is scored. */
  async forMe(person: Person, openingId: string): Promise<StoredFit | null> {
    if (!isId(openingId)) throw notFound('opening');
    return this.unitOfWork.readAs(person, ({ db }) =>
      findRecommendation(db, person.expertId ?? '', openingId),
    );
  }
}
