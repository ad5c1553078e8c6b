import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';

@ObjectType({ description: 'A hard condition of an opening.' })
export class FitGate {
  @Field(() => String, { description: 'Code of the gate.' })
  code: string;

  @Field(() => String, { description: 'PASS, FAIL or UNKNOWN.' })
  outcome: string;

  @Field(() => String, { description: 'What it found, in words for the reader.' })
  sentence: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Path of the page where the expert can mend it; null where it holds, or only time or we can.',
  })
  mendPath: string | null;
}

@ObjectType({ description: 'One part of a score.' })
export class FitPart {
  @Field(() => String, { description: 'What it measures, in words.' })
  name: string;

  @Field(() => Float, { description: '0 to 1.' })
  value: number;

  @Field(() => Float, { description: '0 to 1.' })
  weight: number;

  @Field(() => Float, { description: 'Value times weight; the contributions sum to the first step.' })
  contribution: number;
}

@ObjectType({ description: 'One step from the sum of contributions to the score.' })
export class FitStep {
  @Field(() => String, {
    description:
      'SUM of the contributions, AVERAGE (how much of the way from it to 1), CHANCE of a yes, INTEREST of the expert, EVENNESS of who is shown, NEWCOMER.',
  })
  code: string;

  @Field(() => String, { description: 'What it does, in a sentence.' })
  sentence: string;

  @Field(() => Float, {
    nullable: true,
    description:
      'What it comes to, 0 to 1, below 0 for who is behind the average; null where it moves only the place.',
  })
  value: number | null;
}

@ObjectType({ description: 'Where an expert stands with an opening that they applied to.' })
export class FitStanding {
  @Field(() => String, { description: 'APPLIED, OFFERED, ENGAGED, ENDED, DECLINED or WITHDRAWN.' })
  state: string;

  @Field(() => Date, { description: 'When they applied (UTC).' })
  appliedAt: Date;

  @Field(() => ID, { nullable: true, description: 'The contract, where there is or was one.' })
  engagementId: string | null;
}

@ObjectType({ description: 'What a lab marked an expert with for one opening. Seen by that lab alone.' })
export class CandidateMark {
  @Field(() => String, { description: 'KEPT or PASSED_OVER.' })
  kind: string;

  @Field(() => String, { nullable: true, description: 'Code of why they were passed over; null where kept.' })
  reason: string | null;

  @Field(() => String, { nullable: true, description: 'The same in words.' })
  reasonWords: string | null;

  @Field(() => String, { description: 'A note; may be empty.' })
  note: string;

  @Field(() => Date, { description: 'When it was marked (UTC).' })
  markedAt: Date;
}

@InputType({ description: 'A mark on an expert of a shortlist.' })
export class MarkCandidateInput {
  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => ID, { description: 'The expert; on its shortlist.' })
  expertId: string;

  @Field(() => String, { nullable: true, description: 'KEPT or PASSED_OVER; none takes the mark away.' })
  kind?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Why they are passed over: OTHER_FIELD, TOO_LITTLE_DEPTH, TOO_JUNIOR, TOO_SENIOR, TIME, ENOUGH_ALREADY, or OTHER with a note.',
  })
  reason?: string;

  @Field(() => String, { nullable: true, description: 'A note for the lab itself, at most 500 characters.' })
  note?: string;
}

@ObjectType({ description: 'How an expert fits an opening. The score means the same for every opening.' })
export class Fit {
  @Field(() => ID, { description: 'Opening and expert.' })
  id: string;

  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => ID, { description: 'The expert.' })
  expertId: string;

  @Field(() => Int, { description: '1 is best.' })
  rank: number;

  @Field(() => Float, { description: '0 to 1.' })
  score: number;

  @Field(() => Boolean, { description: 'Whether every gate is passed.' })
  isEligible: boolean;

  @Field(() => FitStanding, {
    nullable: true,
    description: 'Where the expert stands since they applied; null before, and always for the lab.',
  })
  standing: FitStanding | null;

  @Field(() => CandidateMark, {
    nullable: true,
    description: 'What the lab marked the expert with; null where it has not, and always for the expert.',
  })
  mark: CandidateMark | null;

  @Field(() => [FitGate], { description: 'Gates.' })
  gates: FitGate[];

  @Field(() => [FitPart], { description: 'Parts.' })
  parts: FitPart[];

  @Field(() => [FitStep], {
    description:
      'From the sum of the contributions to the score, at most six; none where it was scored before they were kept.',
  })
  steps: FitStep[];

  @Field(() => [String], { description: 'At most three.' })
  reasonsFor: string[];

  @Field(() => [String], { description: 'At most three.' })
  reasonsAgainst: string[];

  @Field(() => [String], { description: 'What would change it, at most three.' })
  whatWouldChange: string[];
}

@ObjectType({ description: 'How many experts a gate removed, and how many more would pass without it.' })
export class GateCount {
  @Field(() => String, { description: 'Code of the gate.' })
  code: string;

  @Field(() => Int, { description: 'How many do not pass it; somebody may be counted at several gates.' })
  count: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How many fail at this gate alone; null where it was not counted yet.',
  })
  wouldPass: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many of them are only asked something and have not answered; null where that is nobody, or was not counted yet.',
  })
  unknown: number | null;

  @Field({
    description:
      'Whether only those were counted at this gate who pass all that PostgreSQL can ask, as where it finds experts; more may be stopped there.',
  })
  isInPart: boolean;
}

export const FitConnection = connectionOf(Fit);

@ObjectType({ description: 'The ranked experts of an opening.' })
export class Shortlist {
  @Field(() => String, { description: 'WAITING until the worker has scored it, then READY.' })
  state: string;

  @Field(() => Date, { nullable: true, description: 'When scoring was asked for (UTC).' })
  askedAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Since when scoring waits (UTC); null where it does not.',
  })
  waitingSince: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was scored (UTC).' })
  scoredAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Names the experts and the counts that it was scored with: the same snapshot, opening and model give the same bytes. Null while scoring waits.',
  })
  snapshotId: string | null;

  @Field(() => Int, { description: 'Experts looked at.' })
  candidateCount: number;

  @Field(() => Int, { description: 'Experts who pass every gate.' })
  eligibleCount: number;

  @Field(() => [GateCount], { description: 'How many each gate removed.' })
  removed: GateCount[];

  @Field(() => FitConnection, { description: 'Best first; at most 200.' })
  fits: InstanceType<typeof FitConnection>;
}

@ObjectType({ description: 'Openings ranked for an expert.' })
export class Recommendations {
  @Field(() => String, {
    description: 'WAITING until the worker has scored the present profile, then READY.',
  })
  state: string;

  @Field(() => Date, {
    nullable: true,
    description: 'Since when scoring waits (UTC); null where it does not.',
  })
  waitingSince: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When they were scored (UTC); null while scoring waits.',
  })
  scoredAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Names the experts and the counts that they were scored with, as a shortlist does. Null while scoring waits.',
  })
  snapshotId: string | null;

  @Field(() => FitConnection, {
    description: 'Those that can be taken first, then those applied to, then those with something missing.',
  })
  fits: InstanceType<typeof FitConnection>;
}
