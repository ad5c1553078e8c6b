import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money, Tally } from '../../../platform/graphql/money.model';

@ObjectType({
  description: 'What the platform keeps, with its dates. Closed where another follows; never edited.',
})
export class TakeRatePolicy {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'DEFAULT, PROMO, LAB, PROJECT or LAB_EXPERT.' })
  scope: string;

  @Field(() => ID, { nullable: true, description: 'The lab that it is for.' })
  labId: string | null;

  @Field(() => ID, { nullable: true, description: 'The project that it is for.' })
  projectId: string | null;

  @Field(() => ID, { nullable: true, description: 'The expert that it is for, with the lab.' })
  expertId: string | null;

  @Field(() => String, { description: 'What each side pays, in the words that both sides read.' })
  words: string;

  @Field(() => Int, { description: 'Fee on top of agreed pay, parts per million; below the first tier.' })
  labFeePpm: number;

  @Field(() => Int, { description: 'Fee taken from agreed pay, parts per million; below the first tier.' })
  expertFeePpm: number;

  @Field(() => String, { description: 'HALF_EVEN or HALF_UP: how halves of the smallest unit are rounded.' })
  rounding: string;

  @Field(() => Date, { description: 'From when (UTC).' })
  effectiveFrom: Date;

  @Field(() => Date, { nullable: true, description: 'Until when (UTC); null while none follows.' })
  effectiveTo: Date | null;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => ID, { nullable: true, description: 'Who set it; null for the first default.' })
  createdById: string | null;

  @Field(() => String, { nullable: true, description: 'Name of who set it.' })
  createdByName: string | null;

  @Field(() => Date, { description: 'When it was set (UTC).' })
  createdAt: Date;
}

@ObjectType({ description: "One side's fee of a charged line, with everything that it follows from." })
export class FeeAssessment {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'LAB or EXPERT.' })
  side: string;

  @Field(() => Money, { description: 'Agreed pay of the line.' })
  basis: Money;

  @Field(() => Money, {
    description: 'As percentages and the fixed amount give it, before minimum, pay and cap.',
  })
  computed: Money;

  @Field(() => Money, { description: 'What was charged.' })
  charged: Money;

  @Field(() => Money, {
    nullable: true,
    description: 'Lifetime billings of the two before the line; null where no tiers were agreed.',
  })
  billedBefore: Money | null;

  @Field(() => Money, { nullable: true, description: 'Lifetime billings of the two after the line.' })
  billedAfter: Money | null;

  @Field(() => Money, {
    nullable: true,
    description: "The lab's fees of the month before the line; null where no cap was agreed.",
  })
  monthBefore: Money | null;

  @Field(() => Money, { nullable: true, description: "The lab's fees of the month after the line." })
  monthAfter: Money | null;

  @Field(() => Int, { description: 'Which formula worked it out.' })
  formulaVersion: number;
}

@ObjectType({ description: 'A charge beside the policy that was in force when its terms were agreed.' })
export class TakeRateCheck {
  @Field(() => TakeRatePolicy, { description: 'The policy.' })
  policy: TakeRatePolicy;

  @Field(() => Tally, { description: 'Price, pay and fee as the policy gives them.' })
  expected: Tally;

  @Field(() => Money, { description: 'Fee that was charged less the fee that the policy gives.' })
  difference: Money;

  @Field(() => Boolean, { description: 'Whether the charge is what the policy gives.' })
  isRight: boolean;
}

@ObjectType({ description: 'What the platform kept of a week of charges in one currency.' })
export class TakeRateWeek {
  @Field(() => ID, { description: 'Week and currency.' })
  id: string;

  @Field(() => Date, { description: 'Monday 00:00 UTC.' })
  weekStart: Date;

  @Field(() => String, { description: 'The currency.' })
  currency: string;

  @Field(() => Money, { description: 'Agreed pay of the charges.' })
  agreed: Money;

  @Field(() => Money, { description: 'What the platform kept.' })
  fee: Money;

  @Field(() => Int, { description: 'Fee as parts per million of agreed pay.' })
  takeRatePpm: number;
}

@ObjectType({ description: 'The take rate that a new offer would get, and why.' })
export class TakeRateInForce {
  @Field(() => ID, { description: 'The policy in force.' })
  policyId: string;

  @Field(() => Int, { description: 'Fee on top of agreed pay, parts per million.' })
  labFeePpm: number;

  @Field(() => Int, { description: 'Fee taken from agreed pay, parts per million.' })
  expertFeePpm: number;

  @Field(() => String, { description: 'The sentence that both sides read.' })
  explanation: string;
}

@ObjectType({ description: 'A project or an expert, by its name.' })
export class TakeRateSubject {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Its name.' })
  name: string;
}

@ObjectType({ description: 'What a policy of a lab may be for.' })
export class TakeRateSubjects {
  @Field(() => [TakeRateSubject], { description: 'Its newest projects.' })
  projects: TakeRateSubject[];

  @Field(() => [TakeRateSubject], { description: 'Experts who applied to it.' })
  experts: TakeRateSubject[];
}

export const TakeRatePolicyConnection = connectionOf(TakeRatePolicy);
