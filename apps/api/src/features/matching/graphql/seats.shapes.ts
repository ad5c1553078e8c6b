import { SEARCH_SECONDS, type WhyNot } from '@tallystick/matching';
import { takeRateOf } from '@tallystick/domain';
import { tallyOf } from '../../../platform/graphql/money.model';
import { stopOf, type SeatProposalWithOffers, type SeatsPrice } from '../seats.queries';
import type {
  NotSeated,
  ProposedSeat,
  SeatCandidate,
  SeatPrice,
  SeatProposal,
  SeatReason,
} from './seats.model';

/** A proposal as pages read it. */
export function seatProposalOf(proposal: SeatProposalWithOffers): SeatProposal {
  const { rules, said, result } = proposal;
  const assignment = result?.ok ? result.assignment : undefined;
  const seats = seatsOf(proposal);
  return {
    ...proposal,
    ...rules,
    jurisdictions: [...rules.jurisdictions],
    said: said.map((each) => ({ candidate: candidateOf(each), said: each.said })),
    openings: [...(assignment?.openings ?? [])],
    seats,
    notSeated: notSeatedOf(proposal),
    possible: (proposal.inputs?.pairs ?? []).map((pair) => ({
      candidate: candidateOf(pair),
      fit: pair.affinity,
    })),
    refusals: (result?.ok === false ? result.refusals : []).map((refusal) => ({
      ...{ openingId: null, expertId: null, tag: null },
      ...refusal,
    })),
    searchSeconds: SEARCH_SECONDS,
    floor: assignment?.floor ?? null,
    total: assignment?.total ?? null,
    isProven: assignment?.isProven ?? true,
    offersLeft: proposal.state === 'CONFIRMED' ? seats.length - proposal.offers.length : 0,
  };
}

/** What seats cost as pages read it; experts of different take rates come to the share that they have together. */
export function seatPriceOf({ openingId, seats, currency, week }: SeatsPrice): SeatPrice {
  const takeRatePpm = takeRateOf(week.priceMinor - week.agreedMinor, week.agreedMinor);
  return { openingId, seats, week: tallyOf(week, currency, takeRatePpm) };
}

function seatsOf({ result, offers, stopped }: SeatProposalWithOffers): ProposedSeat[] {
  if (!result?.ok) return [];
  return result.assignment.seats.map((seat) => {
    const { openingId, expertId, affinity, isLocked, bestLeftOut, whyNotThem } = seat;
    const offer = offers.find((each) => each.openingId === openingId && each.expertId === expertId);
    return {
      ...{ candidate: candidateOf(seat), fit: affinity, isLocked },
      bestLeftOut: bestLeftOut && candidateOf({ openingId, expertId: bestLeftOut.expertId }),
      fitOfBestLeftOut: bestLeftOut?.affinity ?? null,
      whyNotThem: reasonOf(whyNotThem),
      offerId: offer?.offerId ?? null,
      refusalCode: offer?.refusalCode ?? null,
      refusal: offer?.refusal ?? null,
      whyNoOffer: stopOf(seat, stopped) ?? null,
    };
  });
}

function notSeatedOf({ result, gated }: SeatProposalWithOffers): NotSeated[] {
  const unseated = result?.ok ? result.assignment.unseated : [];
  return [
    ...unseated.map((each) => ({
      candidate: candidateOf(each),
      fit: each.affinity,
      why: reasonOf(each.why),
    })),
    ...(gated ?? []).map((each) => ({
      candidate: candidateOf(each),
      fit: null,
      why: { code: 'GATE', openingId: null, lost: null, about: each.sentence },
    })),
  ];
}

function reasonOf(why: WhyNot): SeatReason {
  return {
    code: why.code,
    openingId: 'openingId' in why ? why.openingId : null,
    lost: 'lost' in why ? why.lost : null,
    about: 'tag' in why ? why.tag : null,
  };
}

function candidateOf({
  openingId,
  expertId,
}: {
  readonly openingId: string;
  readonly expertId: string;
}): SeatCandidate {
  return { id: `${openingId}:${expertId}`, openingId, expertId };
}
