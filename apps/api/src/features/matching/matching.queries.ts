import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { notFound, Refused } from '../../platform/errors/refused';
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
  PLACES,
  recommendationState,
  type Place,
  type ShortlistRecord,
  type StoredFit,
} from './matching.repository';
import { standingsOf, type Standing } from './standings';
import { NoteShown } from './use-cases/note-shown';

/** A fit as its expert reads it. */
export type FitOfExpert = StoredFit & { readonly standing: Standing | null };

/** What shortlist and recommendation pages show: rows that the worker wrote. */
@Injectable()
export class MatchingQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly shown: NoteShown,
  ) {}

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
    const found = await this.unitOfWork.readAs(person, async ({ db }) => {
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
    // Whom a page names itself was shown before.
    if (!only)
      this.shown.note(
        found.state,
        found.fits.edges.map(({ node }) => node),
      );
    return found;
  }

  /**
   * An expert's openings: those that can be taken, those applied to, those with something missing, each best first; of
   * a search, or of those that can be taken or miss something only. Refuses a cursor that is not ours with INVALID_INPUT.
   */
  async recommended(
    person: Person,
    { search, isEligible }: { search?: string | null; isEligible?: boolean | null },
    args: PageArgs,
  ): Promise<{ scoredAt: Date | null; waitingSince: Date | null; fits: Connection<FitOfExpert> }> {
    const page = pageOf(args);
    const after = keyOf(page.after);
    const expertId = person.expertId ?? '';
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const { scoredAt, changedAt } = await recommendationState(db, expertId);
      const openingIds = search ? await openingIdsLike(db, search) : undefined;
      const standings = await standingsOf(db, expertId);
      const filter = { expertId, appliedTo: [...standings.keys()], place: placeOf(isEligible), openingIds };
      const rows = await listRecommendations(db, filter, page.limit + 1, after);
      return {
        scoredAt,
        waitingSince: scoredAt && changedAt && scoredAt >= changedAt ? null : changedAt,
        fits: connect(
          page,
          rows,
          await countRecommendations(db, filter),
          (row) => [String(row.place), String(row.rank)],
          (row) => ({ ...row, standing: standings.get(row.openingId) ?? null }),
        ),
      };
    });
  }

  /** How one opening fits the expert; null until it is scored. */
  async forMe(person: Person, openingId: string): Promise<FitOfExpert | null> {
    if (!isId(openingId)) throw notFound('opening');
    const expertId = person.expertId ?? '';
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const fit = await findRecommendation(db, expertId, openingId);
      const standings = await standingsOf(db, expertId, [openingId]);
      return fit && { ...fit, standing: standings.get(openingId) ?? null };
    });
  }
}

/** The part of the list that is asked for; all of it where nothing is said. */
function placeOf(isEligible: boolean | null | undefined): Place | undefined {
  if (typeof isEligible !== 'boolean') return undefined;
  return isEligible ? PLACES.canBeTaken : PLACES.missesSomething;
}

/** The key that a cursor holds. */
function keyOf(after: readonly string[] | undefined): { place: number; rank: number } | undefined {
  if (after === undefined) return undefined;
  const [place, rank] = after.map(Number);
  if (place === undefined || rank === undefined || ![place, rank].every(isRank))
    throw new Refused('INVALID_INPUT', 'after: this cursor is not one of ours. Start from the first page.', {
      field: 'after',
    });
  return { place, rank };
}

function isRank(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 1_000_000;
}
