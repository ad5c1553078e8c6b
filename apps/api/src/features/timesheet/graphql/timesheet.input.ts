import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';

@InputType({ description: 'Time entered by hand.' })
export class EntryInput {
  @Field(() => ID, { description: 'The engagement.' })
  engagementId: string;

  @Field(() => String, { description: 'Activity.' })
  kind: string;

  @Field(() => String, { description: 'What was done; needed by hand.' })
  note: string;

  @Field(() => Date, { description: 'Start (UTC).' })
  startsAt: Date;

  @Field(() => Date, { description: 'End (UTC).' })
  endsAt: Date;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'A draft as it shall be.' })
export class EditEntryInput {
  @Field(() => ID, { description: 'The entry.' })
  id: string;

  @Field(() => String, { description: 'Activity.' })
  kind: string;

  @Field(() => String, { description: 'What was done.' })
  note: string;

  @Field(() => Date, { description: 'Start (UTC).' })
  startsAt: Date;

  @Field(() => Date, { description: 'End (UTC).' })
  endsAt: Date;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'A timer.' })
export class TimerInput {
  @Field(() => ID, { description: 'The engagement.' })
  engagementId: string;

  @Field(() => String, { description: 'Activity.' })
  kind: string;

  @Field(() => String, { description: 'What is done.' })
  note: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Stop the timer that runs first, and keep what it counted.',
  })
  stopRunning?: boolean;
}

/** How the timer shall end. */
@ArgsType()
export class StopTimerArgs {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Keep only the parts that no other entry covers, instead of refusing.',
  })
  trimOverlap?: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Keep only what fits under the weekly cap and lies in held weeks, instead of refusing.',
  })
  keepWhatFits?: boolean;

  @Field(() => Date, { nullable: true, description: 'Earlier than now: cut at the last activity (UTC).' })
  endsAt?: Date;
}

@InputType({ description: 'Lines to approve.' })
export class ApproveLinesInput {
  @Field(() => ID, { description: 'The week.' })
  timesheetId: string;

  @Field(() => [ID], { description: 'Its lines.' })
  entryIds: string[];

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'A week to approve.' })
export class ApproveWeekInput {
  @Field(() => ID, { description: 'The week.' })
  timesheetId: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'A question about a line.' })
export class QuestionLineInput {
  @Field(() => ID, { description: 'The line.' })
  entryId: string;

  @Field(() => String, { description: 'At least 10 characters.' })
  question: string;

  @Field(() => Int, { nullable: true, description: 'Minutes to count instead.' })
  proposedMinutes?: number;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'An answer.' })
export class AnswerQuestionInput {
  @Field(() => ID, { description: 'The line.' })
  entryId: string;

  @Field(() => Boolean, { description: 'Accept the proposal.' })
  accept: boolean;

  @Field(() => String, { description: 'Or explain.' })
  answer: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@ArgsType()
export class TimesheetArgs {
  @Field(() => ID, { nullable: true, description: 'Only of this engagement.' })
  engagementId?: string;

  @Field(() => ID, { nullable: true, description: 'Only of this expert; experts see their own in any case.' })
  expertId?: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Only these states: OPEN, SUBMITTED, IN_REVIEW, CHARGED.',
  })
  states?: string[];

  @Field(() => Date, { nullable: true, description: 'Weeks that begin at or after (UTC).' })
  from?: Date;

  @Field(() => Date, { nullable: true, description: 'Weeks that begin before (UTC).' })
  to?: Date;
}
