import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Money, Tally } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'Terms that a lab proposes. The take rate is frozen with it.' })
export class Offer {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'The application.' })
  applicationId: string;

  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => ID, { description: 'Whom it is for.' })
  expertId: string;

  @Field(() => ID, { description: 'Who sends it.' })
  labId: string;

  @Field(() => Money, { description: 'Agreed pay an hour.' })
  rate: Money;

  @Field(() => Int, { description: 'Hours a week at most.' })
  weeklyCapHours: number;

  @Field(() => Int, { description: 'Days of notice, for both sides.' })
  noticeDays: number;

  @Field(() => Date, { description: 'First day.' })
  startsOn: Date;

  @Field(() => Tally, { description: 'One hour: price, pay and fee.' })
  hour: Tally;

  @Field(() => Tally, { description: 'A full week: price, pay and fee.' })
  week: Tally;

  @Field(() => String, { description: 'Where the take rate comes from.' })
  takeRateExplanation: string;

  @Field(() => String, { description: 'SENT, ACCEPTED, DECLINED, WITHDRAWN or EXPIRED.' })
  state: string;

  @Field(() => Date, { description: 'When it was sent (UTC).' })
  sentAt: Date;

  @Field(() => Date, { description: 'When it lapses (UTC).' })
  expiresAt: Date;
}

@ObjectType({ description: 'What an offer would cost at these terms, before it is sent.' })
export class OfferPrice {
  @Field(() => Tally, { description: 'One hour: price, pay and fee.' })
  hour: Tally;

  @Field(() => Tally, { description: 'A full week: price, pay and fee. It is held before it begins.' })
  week: Tally;

  @Field(() => Int, { description: 'For how many weeks the opening is planned.' })
  weeks: number;

  @Field(() => Boolean, {
    description:
      'True where a part of the fee depends on how many lines there are, on what was billed before, or on the month: the amounts are then the most that it comes to.',
  })
  isMost: boolean;

  @Field(() => Tally, { description: 'All of these weeks, if full: price, pay and fee.' })
  whole: Tally;

  @Field(() => String, { description: 'Where the take rate comes from.' })
  takeRateExplanation: string;
}

@ObjectType({ description: 'An expert asks for a seat.' })
export class Application {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => ID, { description: 'Who applies.' })
  expertId: string;

  @Field(() => String, { description: 'In their words.' })
  note: string;

  @Field(() => String, { description: 'APPLIED, OFFERED, ENGAGED, DECLINED or WITHDRAWN.' })
  state: string;

  @Field(() => String, { nullable: true, description: 'Why it was declined.' })
  declineReason: string | null;

  @Field(() => Date, { description: 'When (UTC).' })
  createdAt: Date;

  @Field(() => [Offer], { description: 'Offers, newest first.' })
  offers: Offer[];

  @Field(() => String, {
    nullable: true,
    description:
      "Why no offer can be sent now, in the words with which it would be refused: the first gate that is not passed. Null where one can, after an answer, and in the expert's own list.",
  })
  whyNoOffer: string | null;
}

@ObjectType({ description: 'A lab asks an expert to apply.' })
export class Invitation {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => ID, { description: 'Who is asked.' })
  expertId: string;

  @Field(() => String, { description: 'What the lab says.' })
  message: string;

  @Field(() => String, { description: 'SENT, ACCEPTED or DECLINED.' })
  state: string;

  @Field(() => Date, { description: 'When (UTC).' })
  createdAt: Date;
}

@InputType({ description: 'An application.' })
export class ApplyInput {
  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => String, { description: 'At most 2000 characters.' })
  note: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'An invitation.' })
export class InviteExpertInput {
  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => ID, { description: 'The expert.' })
  expertId: string;

  @Field(() => String, { description: 'At most 2000 characters.' })
  message: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'Terms of an offer.' })
export class SendOfferInput {
  @Field(() => ID, { description: 'The application.' })
  applicationId: string;

  @Field(() => String, { description: 'Agreed pay an hour, minor units; within the band.' })
  rateMinorPerHour: string;

  @Field(() => Int, { description: '1 to 60.' })
  weeklyCapHours: number;

  @Field(() => Int, { description: '7 to 60.' })
  noticeDays: number;

  @Field(() => String, { description: 'Year-month-day.' })
  startsOn: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'A decline with its reason.' })
export class DeclineApplicationInput {
  @Field(() => ID, { description: 'The application.' })
  applicationId: string;

  @Field(() => String, { description: 'At least 10 characters; the expert reads it.' })
  reason: string;
}
