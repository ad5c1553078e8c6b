import { Injectable } from '@nestjs/common';
import type { CandidateMarkKind } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { notFound, Refused } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { openingIdsLike, openingsWith } from '../project/project.public';
import { marksOf, type CandidateMarkRecord } from './candidate-mark.repository';
import {
  countFits,
  findShortlist,
  listFits,
  type ShortlistRecord,
  type StoredFit,
} from './matching.repository';
import {
  countRecommendations,
  findRecommendation,
  listRecommendations,
  PLACES,
  recommendationState,
  type Place,
} from './recommendation.repository';
import { standingsOf, type Standing } from './standings';
import { NoteShown } from './use-cases/note-shown';

/** Whom of a shortlist a lab wants to see: some experts, or those with a mark, or those without one. */
export interface ShortlistChoice {
  readonly expertIds?: readonly string[];
  /** Everybody but these: whom the lab has done with. */
  readonly exceptIds?: readonly string[];
  readonly marked?: CandidateMarkKind | 'NEITHER' | null;
}

/** A fit as its lab reads it. */
export type FitOfLab = StoredFit & { readonly mark: CandidateMarkRecord | null };

/** A fit as its expert reads it. */
export type FitOfExpert = StoredFit & { readonly standing: Standing | null };

/** What shortlist and recommendation pages show: rows that the worker wrote. */
@Injectable()
export class MatchingQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly shown: NoteShown,
  ) {}

  /** The shortlist of one of the lab's openings, with its marks. Its state is WAITING until the worker has scored it. */
  async shortlist(
    person: Person,
    openingId: string,
    { expertIds, exceptIds = [], marked }: ShortlistChoice,
    args: PageArgs,
  ): Promise<{ state: ShortlistRecord | null; askedAt: Date | null; fits: Connection<FitOfLab> }> {
    if (!isId(openingId)) throw notFound('opening');
    const page = pageOf(args);
    const found = await this.unitOfWork.readAs(person, async ({ db, now }) => {
      const [opening] = await openingsWith(db, { ids: [openingId] });
      if (!opening || opening.labId !== person.labId) throw notFound('opening');
      const marks = new Map((await marksOf(db, openingId)).map((mark) => [mark.expertId, mark]));
      const { only, but = [] } = chosen(marks, expertIds?.filter(isId), marked);
      const filter = { openingId, now, only, but: [...but, ...exceptIds.filter(isId)] };
      const rows = await listFits(db, filter, page.limit + 1, page.after);
      return {
        state: await findShortlist(db, openingId),
        askedAt: opening.publishedAt,
        fits: connect(
          page,
          rows,
          await countFits(db, filter),
          (row) => [String(row.rank)],
          (row) => ({ ...row, mark: marks.get(row.expertId) ?? null }),
        ),
      };
    });
    // Whom a page names itself was shown before.
    if (!expertIds)
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
  ): Promise<{
    scoredAt: Date | null;
    snapshotId: string | null;
    waitingSince: Date | null;
    fits: Connection<FitOfExpert>;
  }> {
    const page = pageOf(args);
    const after = keyOf(page.after);
    const expertId = person.expertId ?? '';
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const { scoredAt, snapshotId, changedAt } = await recommendationState(db, expertId);
      const openingIds = search ? await openingIdsLike(db, search) : undefined;
      const standings = await standingsOf(db, expertId);
      const filter = {
        expertId,
        appliedTo: [...standings.keys()],
        place: placeOf(isEligible),
        openingIds,
        now,
      };
      const rows = await listRecommendations(db, filter, page.limit + 1, after);
      return {
        scoredAt,
        snapshotId,
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
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const fit = await findRecommendation(db, expertId, openingId, now);
      const standings = await standingsOf(db, expertId, [openingId]);
      return fit && { ...fit, standing: standings.get(openingId) ?? null };
    });
  }
}

/** Whom a choice leaves: those who are named, and of them those whose mark is wanted. */
function chosen(
  marks: ReadonlyMap<string, CandidateMarkRecord>,
  named: readonly string[] | undefined,
  marked: ShortlistChoice['marked'],
): { only?: readonly string[]; but?: readonly string[] } {
  if (!marked) return { only: named };
  if (marked === 'NEITHER') return { only: named, but: [...marks.keys()] };
  const own = [...marks.values()].filter(({ kind }) => kind === marked).map(({ expertId }) => expertId);
  return { only: named ? own.filter((id) => named.includes(id)) : own };
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
