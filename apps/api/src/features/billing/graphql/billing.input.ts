import type { Rounding, TakeRateScope } from '@tallystick/domain';
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

@InputType({ description: 'A step of a tiered fee.' })
export class FeeTierInput {
  @Field(() => String, {
    description: 'Lifetime billings of the lab and the expert above which it holds, minor units.',
  })
  aboveMinor: string;

  @Field(() => Int, {
    description: 'Share of what comes above, parts per million; each smaller than the last.',
  })
  ppm: number;
}

@InputType({ description: "What one side's fee has beside its percentage." })
export class SidePartsInput {
  @Field(() => [FeeTierInput], { nullable: true, description: 'At most 10, rising.' })
  tiers?: FeeTierInput[];

  @Field(() => String, { nullable: true, description: 'On top for each charged line, minor units.' })
  fixedMinor?: string;

  @Field(() => String, {
    nullable: true,
    description: 'The least for a line, never above its pay, minor units.',
  })
  minimumMinor?: string;

  @Field(() => String, {
    nullable: true,
    description: 'The most that a lab is charged in a calendar month (UTC), minor units. Lab side only.',
  })
  monthlyCapMinor?: string;
}

@InputType({ description: 'Tiers, fixed amounts, minimums and caps beside the percentages.' })
export class FeePartsInput {
  @Field(() => String, { description: 'Currency of all amounts; the policy holds for work in it.' })
  currency: string;

  @Field(() => SidePartsInput, { nullable: true, description: "Of the lab's fee." })
  lab?: SidePartsInput;

  @Field(() => SidePartsInput, { nullable: true, description: "Of the expert's fee." })
  expert?: SidePartsInput;
}

@InputType({ description: 'A take rate from a date on.' })
export class CreateTakeRatePolicyInput {
  @Field(() => String, {
    nullable: true,
    description: 'DEFAULT, PROMO, LAB, PROJECT or LAB_EXPERT; left out: LAB with a lab, else DEFAULT.',
  })
  scope?: TakeRateScope;

  @Field(() => ID, { nullable: true, description: 'For one lab.' })
  labId?: string;

  @Field(() => ID, { nullable: true, description: 'For one project.' })
  projectId?: string;

  @Field(() => ID, { nullable: true, description: 'For one expert at one lab.' })
  expertId?: string;

  @Field(() => Int, { description: '0 to 500000.' })
  labFeePpm: number;

  @Field(() => Int, { description: '0 to 500000.' })
  expertFeePpm: number;

  @Field(() => String, { nullable: true, description: 'HALF_EVEN (left out) or HALF_UP.' })
  rounding?: Rounding;

  @Field(() => FeePartsInput, { nullable: true, description: 'What is kept beside the percentages.' })
  feeParts?: FeePartsInput;

  @Field(() => Date, { description: 'UTC. In the past: another person is asked.' })
  effectiveFrom: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'Until when (UTC): needed for a promotion, not for everybody.',
  })
  effectiveTo?: Date;

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
