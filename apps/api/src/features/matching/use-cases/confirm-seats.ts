import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { openApplications, ReviewApplication } from '../../application/application.public';
import { openingsWith } from '../../project/project.public';
import { mustBeOfferable, TermsOfSeats } from '../seat-terms';
import { stopOf, withOffers } from '../seats.queries';
import {
  findSeatProposal,
  noteSeatOffer,
  seatOffersOf,
  type SeatOfferRecord,
  type SeatProposalRecord,
  type SeatTerms,
} from '../seats.repository';
import { moved } from './propose-seats';

const Input = z.object({
  proposalId: z.uuid(),
  version: z.number().int(),
  terms: TermsOfSeats.min(1, 'give the terms of at least one opening'),
});
/** Offers made by one request, so that none takes much longer than a second; the page asks again for the rest. */
const AT_ONCE = 20;

type Seat = { readonly openingId: string; readonly expertId: string };

/**
 * Confirms a proposal: each of its seats becomes an offer, by the same step as an offer that is sent by hand, with the
 * gates checked again in the database. A seat for which that refuses is noted with the reason and stops no other one.
 */
@Injectable()
export class ConfirmSeats {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly review: ReviewApplication,
  ) {}

  /**
   * Makes the next 20 offers. The first call freezes the terms; later ones go on where it stopped, whatever they say.
   * Refuses with NOT_FOUND, INVALID_INPUT, STATE_CHANGED, CHANGED_MEANWHILE, TERMS_MISSING, and like an offer
   * where the terms of an opening could be offered to nobody; then nothing is confirmed.
   */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const given = parseInput(Input, input);
    const proposal = await this.confirmed(person, given);
    const done = await this.unitOfWork.readAs(person, ({ db }) => seatOffersOf(db, proposal.id));
    const isDone = new Set(done.map(keyOf));
    const left = seatsOf(proposal).filter((seat) => !isDone.has(keyOf(seat)));
    for (const seat of left.slice(0, AT_ONCE)) await this.offer(person, proposal, seat);
  }

  /** The proposal with its terms frozen, by this call or by one before. */
  private async confirmed(
    person: Person,
    { proposalId, version, terms }: z.output<typeof Input>,
  ): Promise<SeatProposalRecord> {
    await this.unitOfWork.run(person, { name: 'confirm-seats' }, async (tx) => {
      const seen = await findSeatProposal(tx.db, proposalId);
      if (!seen || seen.labId !== person.labId) throw notFound('proposal');
      if (seen.state === 'CONFIRMED') return;
      if (seen.version !== version)
        throw new Refused(
          'CHANGED_MEANWHILE',
          'This proposal changed meanwhile. Look at it again before you confirm.',
        );
      const seats = seatsOf(seen);
      // Where no offer can be sent, there is nothing to agree on.
      const { stopped } = await withOffers(tx.db, seen, tx.now);
      const missing = seats.find(
        (seat) => !terms.some(({ openingId }) => openingId === seat.openingId) && !stopOf(seat, stopped),
      );
      if (missing)
        throw new Refused('TERMS_MISSING', 'Give the terms of each opening that has somebody for a seat.', {
          field: 'terms',
          rowId: missing.openingId,
        });
      const ids = seats.filter((seat) => !stopOf(seat, stopped)).map(({ openingId }) => openingId);
      mustBeOfferable(await openingsWith(tx.db, { ids: [...new Set(ids)] }), terms, tx.now);
      const changes = { terms, confirmedAt: tx.now, confirmedById: person.accountId };
      await moved(tx, seen, 'CONFIRM', changes, { terms, seats: seats.length });
    });
    const proposal = await this.unitOfWork.readAs(person, ({ db }) => findSeatProposal(db, proposalId));
    if (!proposal) throw notFound('proposal');
    return proposal;
  }

  private async offer(person: Person, proposal: SeatProposalRecord, seat: Seat): Promise<void> {
    const terms = proposal.terms?.find(({ openingId }) => openingId === seat.openingId);
    const outcome = await this.tried(person, proposal, seat, terms);
    await this.unitOfWork.run(person, { name: 'note-seat-offer' }, async (tx) => {
      await noteSeatOffer(tx.db, {
        ...{ proposalId: proposal.id, labId: proposal.labId, at: tx.now },
        ...{ openingId: seat.openingId, expertId: seat.expertId },
        ...outcome,
      });
      tx.record({
        subjectType: 'seat_offer',
        subjectId: proposal.id,
        to: outcome.offerId === null ? 'REFUSED' : 'OFFERED',
        facts: { ...seat, offerId: outcome.offerId, refusalCode: outcome.refusalCode },
        labId: proposal.labId,
      });
    });
  }

  private async tried(
    person: Person,
    { id }: SeatProposalRecord,
    { openingId, expertId }: Seat,
    terms: SeatTerms | undefined,
  ): Promise<Pick<SeatOfferRecord, 'offerId' | 'refusalCode' | 'refusal'>> {
    try {
      const applications = await this.unitOfWork.readAs(person, ({ db }) =>
        openApplications(db, [openingId]),
      );
      const application = applications.find((each) => each.expertId === expertId);
      if (!application)
        throw new Refused('NOT_AN_APPLICANT', 'They no longer apply for this opening, so no offer was sent.');
      if (!terms)
        throw new Refused(
          'NO_TERMS',
          'No offer could be sent to them when you confirmed, so none was agreed on for this opening.',
        );
      const { rateMinorPerHour, weeklyCapHours, noticeDays, startsOn } = terms;
      const offerId = await this.review.offer(person, {
        applicationId: application.id,
        ...{ rateMinorPerHour, weeklyCapHours, noticeDays, startsOn },
        // A second try after a break finds the offer that the first one made.
        idempotencyKey: `seat-${id}-${openingId}-${expertId}`,
      });
      return { offerId, refusalCode: null, refusal: null };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { offerId: null, refusalCode: error.code, refusal: error.message };
    }
  }
}

/** The seats that a proposal gives. */
function seatsOf({ result }: SeatProposalRecord): readonly Seat[] {
  return result?.ok
    ? result.assignment.seats.map(({ openingId, expertId }) => ({ openingId, expertId }))
    : [];
}

function keyOf({ openingId, expertId }: Seat): string {
  return `${openingId} ${expertId}`;
}
