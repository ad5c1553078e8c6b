import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A charge whose fee is not what it should be.' })
export class FeeDrift {
  @Field(() => ID, { description: 'The charge.' })
  chargeId: string;

  @Field(() => String, { description: 'MISSING, CURRENCY, POLICY, CODE, ROUNDING or OVERRIDE.' })
  kind: string;

  @Field(() => String, { description: 'What differs.' })
  sentence: string;
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

  @Field(() => [FeeDrift], { description: 'The first 200 findings.' })
  findings: FeeDrift[];
}
