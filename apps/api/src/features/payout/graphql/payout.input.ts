import { Field, ID, InputType } from '@nestjs/graphql';

@InputType({ description: 'A part of what is ready to be paid out.' })
export class PayOutPartInput {
  @Field(() => String, { description: 'Minor units; one whole unit of the currency or more.' })
  amountMinor: string;

  @Field(() => String, { description: 'ISO 4217 code of a currency in which something was earned.' })
  currency: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'Where an expert lives and is paid from now on.' })
export class MovePayoutAccountInput {
  @Field(() => String, { description: 'The new country, ISO 3166.' })
  country: string;

  @Field(() => String, { description: 'Currency of the bank account there, ISO 4217.' })
  currency: string;
}

@InputType({ description: 'A hold on all payouts of an expert.' })
export class HoldPayoutsInput {
  @Field(() => ID, { description: 'The expert.' })
  expertId: string;

  @Field(() => String, { description: 'Why; the expert reads it. At least 10 characters.' })
  reason: string;

  @Field(() => Date, { description: 'By when somebody looks at it again; within 14 days.' })
  reviewOn: Date;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'A charged line, or a part of it, that is taken back.' })
export class TakeBackChargeInput {
  @Field(() => ID, { description: 'The charge: time or a bonus.' })
  chargeId: string;

  @Field(() => String, {
    nullable: true,
    description: 'How much of its agreed pay, minor units; all that is left where it is absent.',
  })
  agreedMinor?: string;

  @Field(() => String, { description: 'Why; both sides read it. At least 10 characters.' })
  reason: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'What an expert owes in a currency, to be borne by the platform.' })
export class WriteOffOwedInput {
  @Field(() => ID, { description: 'Who owes it.' })
  expertId: string;

  @Field(() => String, { description: 'Currency of what is owed.' })
  currency: string;

  @Field(() => String, { description: 'Why; who decides reads it. At least 10 characters.' })
  reason: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'A tax form as it is signed.' })
export class SignTaxFormInput {
  @Field(() => String, { description: 'W9 or W8BEN.' })
  kind: 'W9' | 'W8BEN';

  @Field(() => String, { description: 'The name of the profile, as the signature.' })
  signedName: string;

  @Field(() => Boolean, {
    description: 'That the statement was read and is certified under penalties of perjury.',
  })
  isUnderPerjury: boolean;
}
