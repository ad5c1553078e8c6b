import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'What one part of a fit counts.' })
export class MatchWeight {
  @Field(() => String, { description: 'The part, in words.' })
  part: string;

  @Field(() => Float, { description: '0 to 1; the weights of a model sum to 1.' })
  weight: number;
}

@ObjectType({ description: 'What was measured of a learned model, on openings that it did not learn from.' })
export class MatchMetrics {
  @Field(() => Int, { description: 'Openings that measured.' })
  openings: number;

  @Field(() => Int, { description: 'Experts shown or asked, over all openings.' })
  outcomes: number;

  @Field(() => String, { description: 'The model that it had to beat.' })
  beforeName: string;

  @Field(() => Float, { description: 'Mean average precision of the model before, 0 to 1.' })
  mapBefore: number;

  @Field(() => Float, { description: 'Mean average precision of this one, 0 to 1.' })
  mapAfter: number;

  @Field(() => Float, { description: 'nDCG@10 of the model before, 0 to 1.' })
  ndcgBefore: number;

  @Field(() => Float, { description: 'nDCG@10 of this one, 0 to 1.' })
  ndcgAfter: number;

  @Field(() => Float, { description: 'What nDCG@10 gains, on average.' })
  gain: number;

  @Field(() => Float, { description: 'Where the 95 % interval of the gain begins.' })
  gainLow: number;

  @Field(() => Float, { description: 'Where it ends.' })
  gainHigh: number;

  @Field(() => Float, { description: 'Brier score of the calibrated score: mean squared error, 0 is best.' })
  brier: number;

  @Field(() => Float, { description: 'Expected calibration error, 0 to 1, 0 is best.' })
  ece: number;
}

@ObjectType({ description: 'A model of matching: what each part of a fit counts. Never changed.' })
export class MatchModel {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'The name that stands in every answer.' })
  name: string;

  @Field(() => String, { description: 'SHA-256 of its content, in hex.' })
  hash: string;

  @Field(() => Boolean, { description: 'Whether it scores fits now.' })
  isInForce: boolean;

  @Field(() => Boolean, { description: 'Whether it ever was in force: one person alone may go back to it.' })
  wasInForce: boolean;

  @Field(() => Boolean, {
    description: 'Whether it is wholly valid, its hash fits and this release scores all that it weighs.',
  })
  isUsable: boolean;

  @Field(() => Boolean, {
    description: 'Whether somebody asked to put it in force and another person has not decided.',
  })
  isAsked: boolean;

  @Field(() => String, { nullable: true, description: 'Who added it; null where a release brought it.' })
  addedByName: string | null;

  @Field(() => Date, { description: 'When (UTC).' })
  addedAt: Date;

  @Field(() => [MatchWeight], { description: 'At most 40, the heaviest first.' })
  weights: MatchWeight[];

  @Field(() => Date, {
    nullable: true,
    description: 'It learned from outcomes from then on (UTC); null where it was set by hand.',
  })
  learnedFrom: Date | null;

  @Field(() => Date, { nullable: true, description: 'Outcomes from then on only measured (UTC).' })
  heldOutFrom: Date | null;

  @Field(() => Date, { nullable: true, description: 'Outcomes up to then were read (UTC).' })
  learnedTo: Date | null;

  @Field(() => MatchMetrics, {
    nullable: true,
    description: 'What was measured; null where it was set by hand.',
  })
  metrics: MatchMetrics | null;
}

@ObjectType({ description: 'A change of the model in force.' })
export class MatchModelSwitch {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'The model that was put in force.' })
  modelName: string;

  @Field(() => String, {
    description:
      'RELEASE: the product brought it. APPROVED: one asked, another approved. BACK: one person went back to what was in force before.',
  })
  kind: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => String, {
    nullable: true,
    description: 'Who asked for it or went back; null where a release brought it.',
  })
  byName: string | null;

  @Field(() => Date, { description: 'When (UTC).' })
  at: Date;
}

@ObjectType({
  description:
    'How evenly experts were shown to labs over the last 28 days, a place further up counting more.',
})
export class MatchExposure {
  @Field(() => Int, { description: 'The days that it is of.' })
  days: number;

  @Field(() => Int, { description: 'Active experts whom labs may see.' })
  experts: number;

  @Field(() => Int, { description: 'Of them, those who were shown.' })
  shown: number;

  @Field(() => Float, {
    description: 'Gini coefficient of exposure: 0 where all are shown alike, 1 where one is shown alone.',
  })
  gini: number;

  @Field(() => Float, { description: 'The share of experts who were never shown, 0 to 1.' })
  withoutShare: number;

  @Field(() => Float, { description: 'What the most shown hundredth has of all exposure, 0 to 1.' })
  topShare: number;
}

@ObjectType({ description: 'How a group that experts volunteered fares against the one that fares best.' })
export class GroupImpact {
  @Field(() => String, { description: 'The group, in words.' })
  group: string;

  @Field(() => Int, { description: 'How many it could happen to; never fewer than ten.' })
  people: number;

  @Field(() => Int, { description: 'How many it happened to.' })
  selected: number;

  @Field(() => Float, { description: 'Selected by people, 0 to 1.' })
  rate: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'The rate by the highest rate of a group, 0 to 1; null where it happened to nobody or there is one group.',
  })
  ratio: number | null;

  @Field(() => Boolean, { description: 'Whether the ratio is below four fifths (29 CFR 1607.4 D).' })
  isBelowFourFifths: boolean;

  @Field(() => Boolean, {
    description: 'Whether chance makes such a difference less often than once in twenty.',
  })
  isSignificant: boolean;
}

@ObjectType({ description: 'How the groups that answered one question fare at one stage.' })
export class ImpactTable {
  @Field(() => String, { description: 'SEX, ETHNICITY or BOTH.' })
  question: string;

  @Field(() => String, {
    description: 'SHOWN, of those whom labs may see; INVITED or ENGAGED, of those shown.',
  })
  stage: string;

  @Field(() => [GroupImpact], { description: 'Groups of ten or more, at most 21.' })
  groups: GroupImpact[];
}

@ObjectType({ description: 'Impact ratios by volunteered group.' })
export class MatchImpact {
  @Field(() => Int, { description: 'The days that it is of.' })
  days: number;

  @Field(() => Int, { description: 'Groups of fewer are not told.' })
  leastInGroup: number;

  @Field(() => [ImpactTable], { description: 'At most nine; none where no group is large enough.' })
  tables: ImpactTable[];
}

@ObjectType({ description: 'The models of matching, what is in force, and how evenly experts are shown.' })
export class MatchModels {
  @Field(() => [MatchModel], { description: 'At most 101, that in force first, then the newest.' })
  models: MatchModel[];

  @Field(() => [MatchModelSwitch], { description: 'At most 100, newest first.' })
  switches: MatchModelSwitch[];

  @Field(() => MatchExposure, { description: 'Exposure.' })
  exposure: MatchExposure;

  @Field(() => MatchImpact, { description: 'Impact ratios by volunteered group.' })
  impact: MatchImpact;
}

@InputType({ description: 'A model that was learned.' })
export class AddMatchModelInput {
  @Field(() => String, {
    description: 'The JSON that npm run matching:learn wrote, at most 20,000 characters.',
  })
  model: string;

  @Field(() => String, { description: 'The same key with the same input gives the first result again.' })
  idempotencyKey: string;
}

@InputType({ description: 'Which model is to be in force, and why.' })
export class ChooseMatchModelInput {
  @Field(() => ID, { description: 'The model.' })
  modelId: string;

  @Field(() => String, { description: 'Why, in at least 10 characters.' })
  reason: string;
}
