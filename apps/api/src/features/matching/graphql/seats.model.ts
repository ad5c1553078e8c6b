import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Tally } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'An expert and an opening that they applied to.' })
export class SeatCandidate {
  @Field(() => ID, { description: 'Opening and expert.' })
  id: string;

  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => ID, { description: 'The expert.' })
  expertId: string;
}

@ObjectType({ description: 'Why somebody does not have a seat.' })
export class SeatReason {
  @Field(() => String, {
    description:
      'NONE_BETTER, OUTSCORED: those seated fit better. CAPACITY, FLOOR, SEAT_EMPTY: they are needed in another opening, for the total, its floor, or a seat that would be empty. CONCENTRATION: the largest share of one expert. MIX: seats for newcomers or a jurisdiction. LOCKED, SET_ASIDE: what a person said. GATE: a gate is not passed. CLOSE_CALL: too close to tell.',
  })
  code: string;

  @Field(() => ID, { nullable: true, description: 'The other opening, where it is about one.' })
  openingId: string | null;

  @Field(() => Float, { nullable: true, description: 'What the total would lose, where it is about that.' })
  lost: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'NEWCOMER or a jurisdiction, where it is about a mix rule; the sentence of a gate.',
  })
  about: string | null;
}

@ObjectType({ description: 'A seat that a proposal gives.' })
export class ProposedSeat {
  @Field(() => SeatCandidate, { description: 'Who, and in which opening.' })
  candidate: SeatCandidate;

  @Field(() => Float, { description: 'How well they fit, 0 to 1.' })
  fit: number;

  @Field(() => Boolean, { description: 'Whether a person keeps them here.' })
  isLocked: boolean;

  @Field(() => SeatCandidate, {
    nullable: true,
    description: 'The best applicant of the opening who has no seat in it.',
  })
  bestLeftOut: SeatCandidate | null;

  @Field(() => Float, { nullable: true, description: 'How well the best one left out fits, 0 to 1.' })
  fitOfBestLeftOut: number | null;

  @Field(() => SeatReason, { description: 'Why the seat is not theirs.' })
  whyNotThem: SeatReason;

  @Field(() => ID, { nullable: true, description: 'The offer that was sent for it, once confirmed.' })
  offerId: string | null;

  @Field(() => String, { nullable: true, description: 'Why no offer was sent, once confirmed: its code.' })
  refusalCode: string | null;

  @Field(() => String, { nullable: true, description: 'Why no offer was sent, in a sentence.' })
  refusal: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Before it is confirmed, why no offer can be sent any more: the gate that is not passed. Null where one can.',
  })
  whyNoOffer: string | null;
}

@ObjectType({ description: 'An applicant without a seat in a proposal. They stay an applicant.' })
export class NotSeated {
  @Field(() => SeatCandidate, { description: 'Who, and in which opening.' })
  candidate: SeatCandidate;

  @Field(() => Float, { nullable: true, description: 'How well they fit, 0 to 1; null behind a gate.' })
  fit: number | null;

  @Field(() => SeatReason, { description: 'Why.' })
  why: SeatReason;
}

@ObjectType({ description: 'A seat that an applicant could take: they pass every gate.' })
export class PossibleSeat {
  @Field(() => SeatCandidate, { description: 'Who, and in which opening.' })
  candidate: SeatCandidate;

  @Field(() => Float, { description: 'How well they fit, 0 to 1.' })
  fit: number;
}

@ObjectType({
  description: "What the seats of an opening cost at some terms, with each expert's own take rate.",
})
export class SeatPrice {
  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => Int, { description: 'Seats with somebody to whom an offer can be sent.' })
  seats: number;

  @Field(() => Tally, { description: 'A full week of all of them.' })
  week: Tally;
}

@ObjectType({ description: 'What a proposal makes of an opening.' })
export class ProposedOpening {
  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => Int, { description: 'Seats to fill: without engagements and offers that are out.' })
  seats: number;

  @Field(() => Int, { description: 'Seats that somebody has.' })
  filled: number;

  @Field(() => Float, { description: 'Sum of the fits of its seats.' })
  total: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Fit for each seat that its applicants could fill; null where there is none.',
  })
  level: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why seats are empty: NO_CANDIDATES, SET_ASIDE, CONCENTRATION or CAPACITY; null where none is.',
  })
  whyEmpty: string | null;
}

@ObjectType({ description: 'A rule that cannot be met, and how far one can get.' })
export class SeatRuleRefusal {
  @Field(() => String, {
    description:
      'MIX_NOT_REACHED, SHARE_BELOW_ONE_SEAT, LOCKED_BEYOND_SEATS, LOCKED_BEYOND_CAPACITY, LOCKED_BEYOND_SHARE or TOO_MANY_MIX_RULES; NOT_WORKED_OUT where the time was over before anything was found.',
  })
  code: string;

  @Field(() => ID, { nullable: true, description: 'The opening that it is about.' })
  openingId: string | null;

  @Field(() => ID, { nullable: true, description: 'The expert whom it is about.' })
  expertId: string | null;

  @Field(() => String, { nullable: true, description: 'NEWCOMER or a jurisdiction.' })
  tag: string | null;

  @Field(() => Int, { description: 'Seats that it asks for.' })
  wanted: number;

  @Field(() => Int, { description: 'Seats that can be had.' })
  reached: number;
}

@ObjectType({ description: 'Seats of an opening for experts of a jurisdiction.' })
export class JurisdictionRule {
  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => String, { description: 'Where they live or are licensed: DE, US-CA.' })
  jurisdiction: string;

  @Field(() => Int, { description: 'At least so many seats.' })
  atLeast: number;
}

@ObjectType({ description: 'What a person said of an applicant for an opening.' })
export class SaidOfCandidate {
  @Field(() => SeatCandidate, { description: 'Who, and in which opening.' })
  candidate: SeatCandidate;

  @Field(() => String, { description: 'LOCKED or SET_ASIDE.' })
  said: string;
}

@ObjectType({
  description:
    "Who could take which seat of an opening or a project, from the lab's applicants. A person confirms it.",
})
export class SeatProposal {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'The project.' })
  projectId: string;

  @Field(() => ID, { nullable: true, description: 'The one opening that it is about; null for all.' })
  openingId: string | null;

  @Field(() => String, { description: 'WAITING, READY, REFUSED, CONFIRMED, REPLACED or CANCELLED.' })
  state: string;

  @Field(() => Int, { description: 'What was seen; a confirmation names it.' })
  version: number;

  @Field(() => Date, { description: 'When it was asked for (UTC).' })
  askedAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When a worker took it up (UTC); null while it waits in line.',
  })
  startedAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What the search is at: AUCTION, a first assignment; RULES; FLOOR, how high the floor can be; FLOOR_BETWEEN, raising it in whole seats.',
  })
  step: string | null;

  @Field(() => Int, {
    description: 'Seconds that a search may take; then the best found so far is proposed.',
  })
  searchSeconds: number;

  @Field(() => Date, { nullable: true, description: 'When it was computed (UTC).' })
  computedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was confirmed (UTC).' })
  confirmedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'The snapshot of experts that the fits are from.' })
  snapshotId: string | null;

  @Field(() => String, { nullable: true, description: 'The model that the fits are from.' })
  modelId: string | null;

  @Field(() => Int, { description: 'Seats that one expert may take.' })
  perExpert: number;

  @Field(() => Int, { description: 'Largest share of all seats for one expert, percent.' })
  largestSharePercent: number;

  @Field(() => Int, { description: 'Seats of each opening for experts who are new here, at least.' })
  newcomers: number;

  @Field(() => [JurisdictionRule], { description: 'Seats for jurisdictions.' })
  jurisdictions: JurisdictionRule[];

  @Field(() => [SaidOfCandidate], { description: 'Whom a person keeps or set aside, and where.' })
  said: SaidOfCandidate[];

  @Field(() => [ProposedOpening], { description: 'Its openings.' })
  openings: ProposedOpening[];

  @Field(() => [ProposedSeat], { description: 'Who takes which seat, best first in each opening.' })
  seats: ProposedSeat[];

  @Field(() => [NotSeated], { description: 'Applicants without a seat, and why; behind a gate last.' })
  notSeated: NotSeated[];

  @Field(() => [PossibleSeat], { description: 'Every seat that an applicant could take.' })
  possible: PossibleSeat[];

  @Field(() => [SeatRuleRefusal], { description: 'Rules that cannot be met; then nobody is seated.' })
  refusals: SeatRuleRefusal[];

  @Field(() => Float, {
    nullable: true,
    description: 'Fit for each seat that every opening has at least; null where there is none.',
  })
  floor: number | null;

  @Field(() => Float, { nullable: true, description: 'Sum of all fits.' })
  total: number | null;

  @Field(() => Boolean, {
    description: 'Whether nothing better exists; false where the search was ended before that was proven.',
  })
  isProven: boolean;

  @Field(() => Int, { description: 'Seats of a confirmed proposal for which no offer was tried yet.' })
  offersLeft: number;
}

@InputType({ description: 'Seats of an opening for experts of a jurisdiction.' })
export class JurisdictionRuleInput {
  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => String, { description: 'DE, US-CA.' })
  jurisdiction: string;

  @Field(() => Int, { description: '1 to 500.' })
  atLeast: number;
}

@InputType({ description: 'What a person says of an applicant for an opening.' })
export class SaidOfCandidateInput {
  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => ID, { description: 'The expert.' })
  expertId: string;

  @Field(() => String, { description: 'LOCKED or SET_ASIDE.' })
  said: 'LOCKED' | 'SET_ASIDE';
}

@InputType({ description: 'What a proposal of seats is about and what must hold in it.' })
export class ProposeSeatsInput {
  @Field(() => ID, { description: 'The project.' })
  projectId: string;

  @Field(() => ID, { nullable: true, description: 'One opening of it; all where nothing is said.' })
  openingId?: string;

  @Field(() => Int, { description: 'Seats that one expert may take, 1 to 20.' })
  perExpert: number;

  @Field(() => Int, { description: 'Largest share of all seats for one expert, 1 to 100 percent.' })
  largestSharePercent: number;

  @Field(() => Int, { description: 'Seats of each opening for experts who are new here, at least.' })
  newcomers: number;

  @Field(() => [JurisdictionRuleInput], { description: 'Seats for jurisdictions.' })
  jurisdictions: JurisdictionRuleInput[];

  @Field(() => [SaidOfCandidateInput], { description: 'Whom to keep where, and whom to set aside where.' })
  said: SaidOfCandidateInput[];

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'Terms of the offers for the seats of one opening.' })
export class SeatTermsInput {
  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => String, { description: 'Agreed pay an hour, minor units; within the band.' })
  rateMinorPerHour: string;

  @Field(() => Int, { description: '1 to 60.' })
  weeklyCapHours: number;

  @Field(() => Int, { description: '7 to 60.' })
  noticeDays: number;

  @Field(() => String, { description: 'Year-month-day.' })
  startsOn: string;
}

@InputType({ description: 'A confirmed proposal: each seat becomes an offer.' })
export class ConfirmSeatsInput {
  @Field(() => ID, { description: 'The proposal.' })
  proposalId: string;

  @Field(() => Int, { description: 'The version that was looked at.' })
  version: number;

  @Field(() => [SeatTermsInput], { description: 'Terms for each opening with somebody for a seat.' })
  terms: SeatTermsInput[];
}
