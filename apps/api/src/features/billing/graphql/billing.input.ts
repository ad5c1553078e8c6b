import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';

@InputType({ description: 'Money in.' })
export class RequestFundingInput {
  @Field(() => String, { description: 'Minor units.' })
  amountMinor: string;

  @Field(() => String, { description: 'ISO 4217 code.' })
  currency: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'Money back, of what is not held.' })
export class RequestRefundInput {
  @Field(() => String, { description: 'Minor units.' })
  amountMinor: string;

  @Field(() => String, { description: 'ISO 4217 code.' })
  currency: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'A take rate from a date on.' })
export class CreateTakeRatePolicyInput {
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

@ArgsType()
export class ChargeArgs {
  @Field(() => ID, { nullable: true, description: 'Only of this engagement.' })
  engagementId?: string;

  @Field(() => ID, { nullable: true, description: 'Only of this project.' })
  projectId?: string;

  @Field(() => ID, { nullable: true, description: 'Only of this lab; labs see their own in any case.' })
  labId?: string;

  @Field(() => ID, { nullable: true, description: 'Only of this expert; experts see their own in any case.' })
  expertId?: string;

  @Field(() => Date, { nullable: true, description: 'Charged at or after (UTC).' })
  from?: Date;

  @Field(() => Date, { nullable: true, description: 'Charged before (UTC).' })
  to?: Date;
}
