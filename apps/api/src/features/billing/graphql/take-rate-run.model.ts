import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'A charge whose fee is not what it should be.' })
export class FeeDrift {
  @Field(() => ID, { description: 'The charge.' })
  chargeId: string;

  @Field(() => String, { description: 'MISSING, CURRENCY, POLICY, CODE, ROUNDING or OVERRIDE.' })
  kind: string;

  @Field(() => String, { description: 'What differs.' })
  sentence: string;
}

@ObjectType({ description: 'A finding of a recompute with the charge that it is about.' })
export class ListedFeeDrift extends FeeDrift {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => Date, { description: 'When the recompute was done (UTC).' })
  foundAt: Date;

  @Field(() => Date, { description: 'When it was charged (UTC).' })
  chargedAt: Date;

  @Field(() => ID, { description: 'The lab.' })
  labId: string;

  @Field(() => String, { description: 'Its name.' })
  labName: string;

  @Field(() => ID, { description: 'The expert.' })
  expertId: string;

  @Field(() => String, { description: 'Their name.' })
  expertName: string;

  @Field(() => Money, { description: 'What the platform kept of the charge.' })
  fee: Money;
}

export const FeeDriftConnection = connectionOf(ListedFeeDrift, 'FeeDrift');

@ArgsType()
export class FeeDriftArgs {
  @Field(() => ID, { nullable: true, description: 'Of this recompute; of the newest where it is absent.' })
  runId?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Only MISSING, CURRENCY, POLICY, CODE, ROUNDING or OVERRIDE.',
  })
  kind?: string;

  @Field(() => ID, { nullable: true, description: 'Only of this lab.' })
  labId?: string;

  @Field(() => ID, { nullable: true, description: 'Only of this expert.' })
  expertId?: string;

  @Field(() => Date, { nullable: true, description: 'Charged at or after (UTC).' })
  from?: Date;

  @Field(() => Date, { nullable: true, description: 'Charged before (UTC).' })
  to?: Date;
}

@ObjectType({ description: 'How many findings there are of one class.' })
export class DriftCount {
  @Field(() => String, { description: 'MISSING, CURRENCY, POLICY, CODE, ROUNDING or OVERRIDE.' })
  kind: string;

  @Field(() => Int, { description: 'How many.' })
  count: number;
}

@ObjectType({ description: 'One recompute of all fees.' })
export class TakeRateRun {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { nullable: true, description: 'Who asked for it; null for the nightly one.' })
  askedById: string | null;

  @Field(() => Date, { description: 'When it began (UTC).' })
  startedAt: Date;

  @Field(() => Date, { description: 'When it was done (UTC).' })
  finishedAt: Date;

  @Field(() => Int, { description: 'How many charges it looked at.' })
  looked: number;

  @Field(() => Int, { description: 'How many of them are not what they should be.' })
  drifted: number;

  @Field(() => [DriftCount], { description: 'Findings by class.' })
  byClass: DriftCount[];

  @Field(() => [FeeDrift], { description: 'The first 200 findings; `feeDrifts` lists all that are kept.' })
  findings: FeeDrift[];
}
