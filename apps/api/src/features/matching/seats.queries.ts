import { Injectable } from '@nestjs/common';
import { assessTime, groupedBy, plus, type Assessment } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { notFound, parseInput } from '../../platform/errors/refused';
import { isId } from '../../platform/ids/ids';
import type { Db } from '../../platform/prisma/database';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { resolveTakeRatesFor } from '../billing/billing.public';
import { stoppedOffers } from '../eligibility/eligibility.public';
import { findProject, openingsWith } from '../project/project.public';
import { mustBeOfferable, TermsOfSeats } from './seat-terms';
import {
  findSeatProposal,
  newestSeatProposal,
  seatOffersOf,
  type SeatOfferRecord,
  type SeatProposalRecord,
  type SeatTerms,
} from './seats.repository';

/** A proposal with what came of its seats. */
export type SeatProposalWithOffers = SeatProposalRecord & {
  readonly offers: readonly SeatOfferRecord[];
  /** Seats for which no offer can be sent any more, before anything is confirmed. */
  readonly stopped: readonly StoppedSeat[];
};

interface StoppedSeat {
  readonly openingId: string;
  readonly expertId: string;
  /** The gate that is not passed, as the lab reads it. */
  readonly sentence: string;
}

/** What a full week of the seats of an opening costs. */
export interface SeatsPrice {
  readonly openingId: string;
  readonly seats: number;
  readonly currency: string;
  readonly week: Assessment;
}

/** What the page of seats shows. */
@Injectable()
export class SeatsQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The newest proposal for a project of the lab, or for one opening of it; null where none was asked for. */
  async newest(
    person: Person,
    projectId: string,
    openingId: string | null,
  ): Promise<SeatProposalWithOffers | null> {
    if (!isId(projectId)) throw notFound('project');
    if (openingId !== null && !isId(openingId)) throw notFound('opening');
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const project = await findProject(db, projectId);
      if (!project || project.labId !== person.labId) throw notFound('project');
      const proposal = await newestSeatProposal(db, projectId, openingId);
      return proposal && withOffers(db, proposal, now);
    });
  }

  /**
   * What a full week of the seats that a proposal gives would cost, by opening: each expert at their own take rate, as an
   * offer sent now would freeze it, but for whom no offer can be sent. Openings without terms are left out. Refuses with
   * NOT_FOUND, INVALID_INPUT, and like an offer where the terms could be offered to nobody.
   */
  async prices(person: Person, proposalId: string, given: readonly SeatTerms[]): Promise<SeatsPrice[]> {
    const terms = parseInput(TermsOfSeats, given);
    const { result, labId, projectId, stopped } = await this.one(person, proposalId);
    const seats = (result?.ok ? result.assignment.seats : []).filter((seat) => !stopOf(seat, stopped));
    return this.unitOfWork.readAs(person, async (read) => {
      const openings = await openingsWith(read.db, { ids: terms.map(({ openingId }) => openingId) });
      mustBeOfferable(openings, terms, read.now);
      const prices: SeatsPrice[] = [];
      for (const { id, currency } of openings) {
        const own = seats.filter(({ openingId }) => openingId === id);
        const agreed = terms.find(({ openingId }) => openingId === id);
        if (own.length === 0 || !agreed) continue;
        const rates = await resolveTakeRatesFor(
          read,
          own.map(({ expertId }) => ({ labId, projectId, expertId, currency })),
        );
        const { rateMinorPerHour, weeklyCapHours } = agreed;
        const week = rates
          .map(({ terms: rate }) =>
            assessTime({
              rateMinorPerHour: BigInt(rateMinorPerHour),
              seconds: weeklyCapHours * 3600,
              terms: rate,
            }),
          )
          .reduce((sum, each) => plus(sum, each));
        prices.push({ openingId: id, seats: own.length, currency, week });
      }
      return prices;
    });
  }

  /** One proposal of the lab. Refuses with NOT_FOUND. */
  async one(person: Person, id: string): Promise<SeatProposalWithOffers> {
    const found = isId(id)
      ? await this.unitOfWork.readAs(person, async ({ db, now }) => {
          const proposal = await findSeatProposal(db, id);
          return proposal && withOffers(db, proposal, now);
        })
      : null;
    if (!found || found.labId !== person.labId) throw notFound('proposal');
    return found;
  }
}

/** What stops an offer for a seat; undefined where nothing does. */
export function stopOf(
  { openingId, expertId }: Pick<StoppedSeat, 'openingId' | 'expertId'>,
  stopped: readonly StoppedSeat[],
): string | undefined {
  return stopped.find((each) => each.openingId === openingId && each.expertId === expertId)?.sentence;
}

/** A proposal with what came of its seats, and which of them no offer can be sent for. */
export async function withOffers(
  db: Db,
  proposal: SeatProposalRecord,
  now: Date,
): Promise<SeatProposalWithOffers> {
  const offers = await seatOffersOf(db, proposal.id);
  const { state, result } = proposal;
  const seats = state === 'READY' && result?.ok ? result.assignment.seats : [];
  const stopped: StoppedSeat[] = [];
  for (const [openingId, own] of groupedBy(seats, (seat) => seat.openingId)) {
    const ids = own.map(({ expertId }) => expertId);
    for (const [expertId, { forLab }] of await stoppedOffers(db, openingId, ids, now))
      stopped.push({ openingId, expertId, sentence: forLab });
  }
  return { ...proposal, offers, stopped };
}
