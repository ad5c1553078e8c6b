import { ArgsType, Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { FitPart, FitStep } from './matching.model';

@ArgsType()
export class PastFitArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Only SHOWN, INVITED, APPLIED, ACCEPTED, PASSED_OVER, PASSED_REVIEW or FAILED_REVIEW.',
  })
  kind?: string;

  @Field(() => ID, { nullable: true, description: 'Only for openings of this lab.' })
  labId?: string;

  @Field(() => ID, { nullable: true, description: 'Only of this expert.' })
  expertId?: string;
}

@ObjectType({
  description: 'What came of a fit, as it was scored then, and computed again from what was stored.',
})
export class PastFit {
  @Field(() => ID, { description: 'Opening, expert and kind.' })
  id: string;

  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => String, { description: 'Its title.' })
  openingTitle: string;

  @Field(() => ID, { description: 'The expert.' })
  expertId: string;

  @Field(() => String, { description: 'Name of the expert.' })
  expertName: string;

  @Field(() => ID, { description: 'The lab.' })
  labId: string;

  @Field(() => String, { description: 'Name of the lab.' })
  labName: string;

  @Field(() => String, {
    description:
      'SHOWN to the lab, INVITED, APPLIED, ACCEPTED an offer, PASSED_OVER, PASSED_REVIEW or FAILED_REVIEW.',
  })
  kind: string;

  @Field(() => Date, { description: 'When (UTC).' })
  at: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'Its place on the shortlist then; null where it had none.',
  })
  rank: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The score then, 0 to 1; null where it was not scored.',
  })
  score: number | null;

  @Field(() => Float, {
    description: 'How probable it was to be shown at that place: 1 where it followed from the scores alone.',
  })
  propensity: number;

  @Field(() => String, { nullable: true, description: 'Which state of everybody it was scored on.' })
  snapshotId: string | null;

  @Field(() => String, { nullable: true, description: 'The model that was in force then.' })
  modelName: string | null;

  @Field(() => String, { nullable: true, description: 'Its hash.' })
  modelHash: string | null;

  @Field(() => String, {
    description:
      'SAME where what was stored gives the very same score again, DIFFERENT where it does not; NOT_SCORED, NOT_KEPT (before all of it was stored) or OTHER_RELEASE (the model weighs other parts) where it cannot be computed.',
  })
  replay: string;

  @Field(() => [FitPart], { description: 'The parts, computed again; none where that cannot be done.' })
  parts: FitPart[];

  @Field(() => [FitStep], { description: 'From the parts to the score, computed again; at most six.' })
  steps: FitStep[];
}

export const PastFitConnection = connectionOf(PastFit);
