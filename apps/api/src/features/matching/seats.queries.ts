import { Injectable } from '@nestjs/common';
import { assessTime, plus, type Assessment } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../platform/access/actor';
import { notFound, parseInput } from '../../platform/errors/refused';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { resolveTakeRatesFor } from '../billing/billing.public';
import { findProject, openingsWith } from '../project/project.public';
import {
  findSeatProposal,
  newestSeatProposal,
  seatOffersOf,
  type SeatOfferRecord,
  type SeatProposalRecord,
  type SeatTerms,
} from './seats.repository';

/** A proposal with what came of its seats. */
export type SeatProposalWithOffers = SeatProposalRecord & { readonly offers: readonly SeatOfferRecord[] };

/** What a full week of the seats of an opening costs. */
export interface SeatsPrice {
  readonly openingId: string;
  readonly seats: number;
  readonly currency: string;
  readonly week: Assessment;
}

const Terms = z
  .array(
    z.object({
      openingId: z.uuid(),
      rateMinorPerHour: z.string().regex(/^\d{1,12}$/, 'write an amount'),
      weeklyCapHours: z.number().int().min(1, 'write 1 to 60 hours').max(60, 'write 1 to 60 hours'),
    }),
  )
  .max(200);

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
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const project = await findProject(db, projectId);
      if (!project || project.labId !== person.labId) throw notFound('project');
      const proposal = await newestSeatProposal(db, projectId, openingId);
      return proposal && { ...proposal, offers: await seatOffersOf(db, proposal.id) };
    });
  }

  /**
   * What a full week of the seats that a proposal gives would cost, by opening: each expert at their own take rate, as an
   * offer sent now would freeze it. Openings without terms are left out. Refuses with NOT_FOUND, INVALID_INPUT.
   */
  async prices(person: Person, proposalId: string, given: readonly SeatTerms[]): Promise<SeatsPrice[]> {
    const terms = parseInput(Terms, given);
    const { result, labId, projectId } = await this.one(person, proposalId);
    const seats = result?.ok ? result.assignment.seats : [];
    return this.unitOfWork.readAs(person, async (read) => {
      const openings = await openingsWith(read.db, { ids: terms.map(({ openingId }) => openingId) });
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
      ? await this.unitOfWork.readAs(person, async ({ db }) => {
          const proposal = await findSeatProposal(db, id);
          return proposal && { ...proposal, offers: await seatOffersOf(db, id) };
        })
      : null;
    if (!found || found.labId !== person.labId) throw notFound('proposal');
    return found;
  }
}
