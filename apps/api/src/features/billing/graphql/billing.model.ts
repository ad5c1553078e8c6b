import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money, Tally } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'What a lab has in one currency.' })
export class LabBalance {
  @Field(() => String, { description: 'The currency.' })
  currency: string;

  @Field(() => Money, { description: 'Everything that is in.' })
  prepaid: Money;

  @Field(() => Money, { description: 'Reserved for weeks of work.' })
  held: Money;

  @Field(() => Money, {
    description: 'What can still be held; of it, what is not owed by open invoices can be given back.',
  })
  available: Money;

  @Field(() => Money, { description: 'What the lab owes by open invoices.' })
  invoiced: Money;

  @Field(() => Money, {
    description:
      'What lost disputes left owing: not paid and not written off. With `invoiced` it is all that the lab owes.',
  })
  lost: Money;

  @Field(() => Money, {
    description:
      'What goes back within 24 hours by the lab’s word alone; above it a person of the platform looks first.',
  })
  backAlone: Money;

  @Field(() => Money, {
    description:
      'What of `backAlone` is left now: what went back by the lab’s word in the last 24 hours is off it.',
  })
  backAloneLeft: Money;

  @Field(() => String, {
    nullable: true,
    description:
      'Why no new week can start at the moment, however much money is there, in a sentence: a payment is disputed, or was taken back and is not paid. Null where weeks are held.',
  })
  weeksStopped: string | null;
}

@ObjectType({ description: 'Money that a lab asked back and that a person of the platform looks at first.' })
export class WaitingRefund {
  @Field(() => ID, { description: 'Its id: the lab withdraws it by this.' })
  id: string;

  @Field(() => Money, { description: 'How much.' })
  amount: Money;

  @Field(() => Date, { description: 'When it was asked for (UTC).' })
  askedAt: Date;

  @Field(() => Date, { description: 'When it lapses (UTC).' })
  lapsesAt: Date;
}

@ObjectType({ description: 'Money that a lab puts in.' })
export class Funding {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => Money, { description: 'How much.' })
  amount: Money;

  @Field(() => String, { description: 'REQUESTED, PROCESSING, CLEARED or FAILED.' })
  state: string;

  @Field(() => String, { nullable: true, description: 'Why it failed.' })
  failureReason: string | null;

  @Field(() => Date, { description: 'When it was asked for (UTC).' })
  requestedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it arrived (UTC).' })
  clearedAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the bank took it back after a lost dispute (UTC); null where it did not.',
  })
  takenBackAt: Date | null;

  @Field(() => Money, {
    nullable: true,
    description: 'How much of it the bank took back; null where it took nothing.',
  })
  takenBack: Money | null;
}

@ObjectType({ description: 'Money that goes back to a lab, to where it came from.' })
export class LabRefund {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'The funding of which it is a part.' })
  fundingId: string;

  @Field(() => Money, { description: 'How much.' })
  amount: Money;

  @Field(() => String, {
    description:
      'REQUESTED, WAITING (nothing has left yet: it can be withdrawn), SENT, SUCCEEDED, FAILED or WITHDRAWN.',
  })
  state: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it failed, and the money is in the balance as before; of one that waits or waited, why.',
  })
  failureReason: string | null;

  @Field(() => Date, { description: 'When it was asked for (UTC).' })
  requestedAt: Date;
}

@ObjectType({
  description:
    'One charged line: approved time, a bonus, or what was taken back of another. Both sides read the same.',
})
export class Charge {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, {
    description: 'TIME, BONUS or REVERSAL; the amounts of a reversal are below zero.',
  })
  kind: string;

  @Field(() => ID, { nullable: true, description: 'The line of time that it charges; null of other kinds.' })
  timeEntryId: string | null;

  @Field(() => ID, { nullable: true, description: 'The week of that line; null of other kinds.' })
  timesheetId: string | null;

  @Field(() => ID, { nullable: true, description: 'The bonus that it charges; null of other kinds.' })
  bonusId: string | null;

  @Field(() => ID, { nullable: true, description: 'The charge that it takes back, whole or in part.' })
  reversesChargeId: string | null;

  @Field(() => ID, { description: 'The engagement.' })
  engagementId: string;

  @Field(() => ID, { description: 'The project.' })
  projectId: string;

  @Field(() => ID, { description: 'Who pays.' })
  labId: string;

  @Field(() => ID, { description: 'Who earns.' })
  expertId: string;

  @Field(() => Int, { description: 'Seconds that count.' })
  seconds: number;

  @Field(() => Money, { description: 'Agreed pay an hour.' })
  rate: Money;

  @Field(() => Money, {
    description: 'Agreed pay: rate x seconds / 3600, rounded once; of a bonus its amount.',
  })
  agreed: Money;

  @Field(() => Tally, { description: 'Price, pay and fee.' })
  tally: Tally;

  @Field(() => Tally, {
    nullable: true,
    description: 'What one hour of it came to, rounded; null where it has no time, e.g. of a bonus.',
  })
  hour: Tally | null;

  @Field(() => Int, { description: "The lab's fee, parts per million of agreed pay." })
  labFeePpm: number;

  @Field(() => Int, { description: "The expert's fee, parts per million of agreed pay." })
  expertFeePpm: number;

  @Field(() => String, { description: 'What each side pays, in the words of the agreement.' })
  takeRateWords: string;

  @Field(() => ID, { description: 'The policy in force when it was agreed.' })
  takeRatePolicyId: string;

  @Field(() => ID, { description: 'Where the books have it.' })
  ledgerTransactionId: string;

  @Field(() => Date, { description: 'When (UTC).' })
  chargedAt: Date;
}

@ObjectType({ description: 'The sum of charged lines in one currency.' })
export class ChargeSum {
  @Field(() => String, { description: 'The currency.' })
  currency: string;

  @Field(() => Int, { description: 'How many lines.' })
  lines: number;

  @Field(() => Int, { description: 'Seconds that count.' })
  seconds: number;

  @Field(() => Money, { description: 'What the lab pays.' })
  price: Money;

  @Field(() => Money, { description: 'What the experts get.' })
  pay: Money;

  @Field(() => Money, { description: 'What the platform keeps.' })
  fee: Money;
}

export const FundingConnection = connectionOf(Funding);
export const LabRefundConnection = connectionOf(LabRefund);
export const ChargeConnection = connectionOf(Charge);
