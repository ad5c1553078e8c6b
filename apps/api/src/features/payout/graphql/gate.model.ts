import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'The switch that stops all payouts.' })
export class PayoutSwitch {
  @Field(() => Boolean, { description: 'Whether payouts are stopped.' })
  isStopped: boolean;

  @Field(() => String, { nullable: true, description: 'Why; experts read it.' })
  reason: string | null;

  @Field(() => String, { nullable: true, description: 'Who stopped them.' })
  byName: string | null;

  @Field(() => Date, { nullable: true, description: 'When it was last thrown or opened (UTC).' })
  at: Date | null;

  @Field(() => Date, { nullable: true, description: 'By when somebody looks again.' })
  reviewOn: Date | null;

  @Field(() => Boolean, {
    description: 'Whether somebody has asked to open payouts and another person has not decided.',
  })
  isOpeningAsked: boolean;
}

@ObjectType({ description: 'A hold on all payouts of an expert.' })
export class PayoutHold {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'Whose payouts are held.' })
  expertId: string;

  @Field(() => String, { description: 'STAFF or SANCTIONS.' })
  kind: string;

  @Field(() => String, { description: 'Why; the expert reads it.' })
  reason: string;

  @Field(() => String, {
    nullable: true,
    description: 'Who placed it; null where the list of sanctions did.',
  })
  placedByName: string | null;

  @Field(() => Date, { description: 'When it was placed (UTC).' })
  placedAt: Date;

  @Field(() => Date, { description: 'By when somebody looks at it again.' })
  reviewOn: Date;
}

@ObjectType({ description: 'Money that waits at one gate since about as long.' })
export class HeldMoney {
  @Field(() => String, { description: 'Code of the gate.' })
  gate: string;

  @Field(() => Int, { description: 'Waits for at least so many days.' })
  fromDays: number;

  @Field(() => Int, { nullable: true, description: 'Waits for at most so many days; null for the oldest.' })
  toDays: number | null;

  @Field(() => Int, { description: 'How many payouts.' })
  count: number;

  @Field(() => Money, { description: 'How much. A payout that several gates hold counts at each.' })
  amount: Money;
}

@ObjectType({ description: 'The tax form of an expert: which, and how it stands. No tax number is kept.' })
export class TaxForm {
  @Field(() => String, { description: 'W9 or W8BEN: the signed one, or the one that the country asks for.' })
  kind: string;

  @Field(() => String, { description: 'MISSING, SIGNED or EXPIRED.' })
  state: string;

  @Field(() => Date, { nullable: true, description: 'When it was signed (UTC).' })
  signedAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'The last day on which it is good; null where it has no end.',
  })
  expiresOn: Date | null;

  @Field(() => String, { description: 'The name to sign with.' })
  name: string;

  @Field(() => String, {
    description: 'Where the expert lives, ISO 3166: nobody in the United States signs a W8BEN.',
  })
  country: string;

  @Field(() => Money, {
    description:
      'Paid in a calendar year, from which on it must be there, in the currency that the expert is paid in; 0 where it must be there before the first payout.',
  })
  requiredFrom: Money;

  @Field(() => Int, { description: 'The calendar year (UTC) of requiredFrom.' })
  requiredYear: number;
}

export const PayoutHoldConnection = connectionOf(PayoutHold);
