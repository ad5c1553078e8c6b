import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money, Tally } from '../../../platform/graphql/money.model';

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

  @Field(() => Date, { nullable: true, description: 'When it was submitted (UTC).' })
  submittedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When silence approves (UTC).' })
  reviewDueAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the lab first acted (UTC).' })
  labActedAt: Date | null;

  @Field(() => Boolean, { description: 'Whether it can be recalled: submitted, and the lab has not acted.' })
  isRecallable: boolean;

  @Field(() => Boolean, { description: 'Whether the money of the week is held.' })
  isFunded: boolean;

  @Field(() => [TimeEntry], { description: 'In the order of time.' })
  lines: TimeEntry[];

  @Field(() => Int, { description: 'Seconds that count, in all.' })
  countedSeconds: number;

  @Field(() => Money, { description: 'Agreed pay an hour.' })
  rate: Money;

  @Field(() => Int, { description: 'Hours a week at most.' })
  weeklyCapHours: number;

  @Field(() => Tally, { description: 'The sum of the lines.' })
  total: Tally;

  @Field(() => String, {
    nullable: true,
    description:
      'What the lab is charged beside the estimate of a full week, and why; null until it is charged.',
  })
  labEstimate: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What the expert earned beside the estimate of a full week, and why; null until it is charged.',
  })
  expertEstimate: string | null;
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

  @Field(() => Date, { description: 'When the expert was last seen at work (UTC).' })
  lastHeartbeatAt: Date;

  @Field(() => Date, { description: "The server's own time (UTC), to correct the clock of the page by." })
  now: Date;
}

@ObjectType({ description: 'One engagement in the week of an expert.' })
export class WeekGridRow {
  @Field(() => ID, { description: 'The engagement.' })
  engagementId: string;

  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => ID, { description: 'The lab.' })
  labId: string;

  @Field(() => ID, { description: 'The expert.' })
  expertId: string;

  @Field(() => Money, { description: 'Agreed pay an hour.' })
  rate: Money;

  @Field(() => String, { description: 'HELD, FAILED or SETTLED; time can be logged while it is HELD.' })
  holdState: string;

  @Field(() => String, { nullable: true, description: 'Why the money is not held.' })
  failureReason: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the work waits now, so that no time can be logged; null where it does not.',
  })
  waitReason: string | null;

  @Field(() => Int, { description: 'The weekly cap, seconds.' })
  weeklyCapSeconds: number;

  @Field(() => Int, { description: 'Seconds that count so far.' })
  loggedSeconds: number;

  @Field(() => Int, { description: 'Seconds left under the cap.' })
  leftSeconds: number;

  @Field(() => Boolean, { description: 'True from 90 % of the cap on.' })
  isNearCap: boolean;

  @Field(() => [Timesheet], { description: 'The sheets of the week; later hours make another.' })
  sheets: Timesheet[];
}

@ObjectType({ description: 'The week of an expert, over all engagements.' })
export class WeekGrid {
  @Field(() => Date, { description: 'Monday 00:00 UTC.' })
  weekStart: Date;

  @Field(() => Date, { description: 'The next Monday 00:00 UTC.' })
  weekEnd: Date;

  @Field(() => [WeekGridRow], { description: 'One an engagement, in the order of their signing.' })
  rows: WeekGridRow[];

  @Field(() => Int, { description: 'Seconds that count, over all rows.' })
  loggedSeconds: number;

  @Field(() => Timer, { nullable: true, description: 'The running timer.' })
  timer: Timer | null;
}

export const TimesheetConnection = connectionOf(Timesheet);
