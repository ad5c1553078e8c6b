import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Tally } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'A question about one line, and how it was settled.' })
export class LineQuestion {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'What the lab asks.' })
  question: string;

  @Field(() => Int, { nullable: true, description: 'Seconds that the lab proposes to count.' })
  proposedSeconds: number | null;

  @Field(() => Date, { description: 'When (UTC).' })
  askedAt: Date;

  @Field(() => String, { nullable: true, description: 'What the expert answers.' })
  answer: string | null;

  @Field(() => Date, { nullable: true, description: 'When (UTC).' })
  answeredAt: Date | null;

  @Field(() => String, { nullable: true, description: 'ACCEPTED or APPROVED.' })
  resolution: string | null;

  @Field(() => Date, { nullable: true, description: 'When (UTC).' })
  resolvedAt: Date | null;
}

@ObjectType({ description: 'Logged time of one activity kind: a line of a week.' })
export class TimeEntry {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'WORK, ONBOARDING, INSTRUCTIONS, QUALIFICATION, MEETING or REVIEW.' })
  kind: string;

  @Field(() => String, { description: 'TRACKED or MANUAL.' })
  source: string;

  @Field(() => String, { description: 'What was done.' })
  note: string;

  @Field(() => Date, { description: 'Start (UTC).' })
  startsAt: Date;

  @Field(() => Date, { description: 'End (UTC).' })
  endsAt: Date;

  @Field(() => String, { description: 'DRAFT, SUBMITTED, QUESTIONED, ANSWERED or APPROVED.' })
  state: string;

  @Field(() => Int, { description: 'Seconds that count.' })
  countedSeconds: number;

  @Field(() => Tally, { description: 'Price, pay and fee: as charged, or as it would be charged now.' })
  tally: Tally;

  @Field(() => Boolean, { description: 'Whether the numbers are charged.' })
  isCharged: boolean;

  @Field(() => [LineQuestion], { description: 'Questions, oldest first.' })
  questions: LineQuestion[];
}

@ObjectType({ description: 'A week of logged time for one engagement.' })
export class Timesheet {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'The engagement.' })
  engagementId: string;

  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => ID, { description: 'Who worked.' })
  expertId: string;

  @Field(() => ID, { description: 'For whom.' })
  labId: string;

  @Field(() => Date, { description: 'Monday 00:00 UTC.' })
  weekStart: Date;

  @Field(() => Int, { description: '1, or more for later hours of the week.' })
  sheetNumber: number;

  @Field(() => String, { description: 'OPEN, SUBMITTED, IN_REVIEW or CHARGED.' })
  state: string;

  @Field(() => Date, { nullable: true, description: 'When it was handed in (UTC).' })
  submittedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When silence approves (UTC).' })
  reviewDueAt: Date | null;

  @Field(() => Boolean, { description: 'Whether it can be recalled: handed in, and the lab has not acted.' })
  isRecallable: boolean;

  @Field(() => Boolean, { description: 'Whether the money of the week is held.' })
  isFunded: boolean;

  @Field(() => [TimeEntry], { description: 'In the order of time.' })
  lines: TimeEntry[];

  @Field(() => Int, { description: 'Seconds that count, in all.' })
  countedSeconds: number;

  @Field(() => Int, { description: 'Hours a week at most.' })
  weeklyCapHours: number;

  @Field(() => Tally, { description: 'The sum of the lines.' })
  total: Tally;
}

@ObjectType({ description: 'The one running timer of an expert.' })
export class Timer {
  @Field(() => ID, { description: 'The engagement.' })
  engagementId: string;

  @Field(() => String, { description: 'Activity.' })
  kind: string;

  @Field(() => String, { description: 'What is done.' })
  note: string;

  @Field(() => Date, { description: 'Since when (UTC).' })
  startedAt: Date;
}

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

export const TimesheetConnection = connectionOf(Timesheet);
