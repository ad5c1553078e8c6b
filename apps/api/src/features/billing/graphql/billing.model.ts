import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
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

  @Field(() => Money, { description: 'What can still be held or given back.' })
  available: Money;
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
}

@ObjectType({ description: 'One approved line, charged. Both sides read the same.' })
export class Charge {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'The engagement.' })
  engagementId: string;

  @Field(() => ID, { description: 'Who pays.' })
  labId: string;

  @Field(() => ID, { description: 'Who earns.' })
  expertId: string;

  @Field(() => Int, { description: 'Seconds that count.' })
  seconds: number;

  @Field(() => Money, { description: 'Agreed pay an hour.' })
  rate: Money;

  @Field(() => Tally, { description: 'Price, pay and fee.' })
  tally: Tally;

  @Field(() => ID, { description: 'The policy in force.' })
  takeRatePolicyId: string;

  @Field(() => ID, { description: 'Where the books have it.' })
  ledgerTransactionId: string;

  @Field(() => Date, { description: 'When (UTC).' })
  chargedAt: Date;
}

@ObjectType({ description: 'What the platform keeps, with its dates.' })
export class TakeRatePolicy {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'DEFAULT, PROMO, LAB, PROJECT or LAB_EXPERT.' })
  scope: string;

  @Field(() => ID, { nullable: true, description: 'The lab that it is for.' })
  labId: string | null;

  @Field(() => Int, { description: 'Fee on top of agreed pay, parts per million.' })
  labFeePpm: number;

  @Field(() => Int, { description: 'Fee taken from agreed pay, parts per million.' })
  expertFeePpm: number;

  @Field(() => Date, { description: 'From when (UTC).' })
  effectiveFrom: Date;

  @Field(() => Date, { nullable: true, description: 'Until when (UTC).' })
  effectiveTo: Date | null;

  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'Money in.' })
export class RequestFundingInput {
  @Field(() => String, { description: 'Minor units.' })
  amountMinor: string;

  @Field(() => String, { description: 'ISO 4217 code.' })
  currency: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'A take rate from a date on.' })
export class SetTakeRateInput {
  @Field(() => ID, { nullable: true, description: 'For one lab; none for everybody.' })
  labId?: string;

  @Field(() => Int, { description: '0 to 500000.' })
  labFeePpm: number;

  @Field(() => Int, { description: '0 to 500000.' })
  expertFeePpm: number;

  @Field(() => Date, { description: 'Not in the past (UTC).' })
  effectiveFrom: Date;

  @Field(() => String, { description: 'At least 10 characters.' })
  reason: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

export const FundingConnection = connectionOf(Funding);
export const ChargeConnection = connectionOf(Charge);
