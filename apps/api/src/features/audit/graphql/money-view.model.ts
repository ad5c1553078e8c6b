import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({
  description:
    'A charged line beside its signed contract: what was agreed, what was charged, what the ledger has.',
})
export class ContractCheck {
  @Field(() => ID, { description: 'The charge.' })
  id: string;

  @Field(() => Date, { description: 'When it was charged (UTC).' })
  chargedAt: Date;

  @Field(() => String, { description: 'TIME, BONUS or REVERSAL.' })
  kind: string;

  @Field(() => ID, { description: 'The contract.' })
  engagementId: string;

  @Field(() => ID, { description: 'The lab.' })
  labId: string;

  @Field(() => String, { description: 'Name of the lab.' })
  labName: string;

  @Field(() => ID, { description: 'The expert.' })
  expertId: string;

  @Field(() => String, { description: 'Name of the expert.' })
  expertName: string;

  @Field(() => String, { description: 'Title of the project.' })
  projectTitle: string;

  @Field(() => Money, { description: 'Signed rate for an hour.' })
  rate: Money;

  @Field(() => Int, { description: 'Approved time.' })
  seconds: number;

  @Field(() => Money, { description: 'Signed rate x approved time.' })
  agreed: Money;

  @Field(() => Money, { description: 'Agreed pay as it was charged.' })
  charged: Money;

  @Field(() => Money, { description: 'Charged less agreed.' })
  agreedDifference: Money;

  @Field(() => Money, {
    nullable: true,
    description: 'Fees of both sides as assessed by the signed terms; null where nothing was assessed.',
  })
  feeAgreed: Money | null;

  @Field(() => Money, { description: 'Fee as the ledger has it.' })
  feeTaken: Money;

  @Field(() => Money, { description: 'Fee taken less fee agreed; all of it where nothing was assessed.' })
  feeDifference: Money;

  @Field(() => Money, { description: 'Pay as charged.' })
  pay: Money;

  @Field(() => Money, { description: 'Pay as the ledger has it.' })
  payBooked: Money;

  @Field(() => Boolean, { description: 'Whether it was charged by other terms than the signed ones.' })
  isOtherTerms: boolean;

  @Field(() => Boolean, { description: 'Whether anything of it differs.' })
  isDifferent: boolean;

  @Field(() => ID, { description: 'Its ledger transaction.' })
  ledgerTransactionId: string;
}

export const ContractCheckConnection = connectionOf(ContractCheck);

@ObjectType({
  description:
    'What the platform kept of the charges of a period: of one lab, expert, project or policy, in one currency.',
})
export class TakeRatePeriod {
  @Field(() => ID, { description: 'Period, whose, and currency.' })
  id: string;

  @Field(() => Date, { description: 'Where the period begins (UTC).' })
  at: Date;

  @Field(() => ID, { description: 'The lab, expert, project or policy.' })
  key: string;

  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => String, { description: 'The currency.' })
  currency: string;

  @Field(() => Int, { description: 'How many lines were charged.' })
  lines: number;

  @Field(() => Money, { description: 'What labs paid.' })
  price: Money;

  @Field(() => Money, { description: 'Agreed pay.' })
  agreed: Money;

  @Field(() => Money, { description: 'What the platform kept.' })
  fee: Money;

  @Field(() => Int, { description: 'Fee as parts per million of agreed pay.' })
  takeRatePpm: number;

  @Field(() => Int, { description: 'Of the lines: the middle one.' })
  medianPpm: number;

  @Field(() => Int, { description: 'Of the lines: only one in twenty is above it.' })
  p95Ppm: number;

  @Field(() => [ID], { description: 'The policies that the lines were charged by.' })
  policyIds: string[];
}

export const TakeRatePeriodConnection = connectionOf(TakeRatePeriod);

@ObjectType({
  description: 'What the platform kept of the money of one lab in a month, and what the rail took of that.',
})
export class Margin {
  @Field(() => ID, { description: 'Month, lab and currency.' })
  id: string;

  @Field(() => Date, { description: 'The first of the month (UTC).' })
  month: Date;

  @Field(() => ID, { nullable: true, description: 'The lab; null for what belongs to no one lab.' })
  labId: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the lab.' })
  labName: string | null;

  @Field(() => String, { description: 'The currency.' })
  currency: string;

  @Field(() => Money, { description: 'What the lab paid.' })
  price: Money;

  @Field(() => Money, { description: 'What the platform kept.' })
  fee: Money;

  @Field(() => Money, {
    description:
      'What the rail took of money that came in, and of disputes; of no lab also what names no payment and no payout.',
  })
  railIn: Money;

  @Field(() => Money, { description: 'What the rail took of payouts that pay its lines.' })
  railOut: Money;

  @Field(() => Money, { description: 'What is left.' })
  margin: Money;

  @Field(() => Int, {
    nullable: true,
    description: 'What is left as parts per million of what the lab paid; null where it paid nothing.',
  })
  marginPpm: number | null;
}

export const MarginConnection = connectionOf(Margin);
