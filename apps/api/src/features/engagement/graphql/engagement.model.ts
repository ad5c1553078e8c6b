import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money, Tally } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'A week of an engagement and the money held for it.' })
export class EngagementWeek {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => Date, { description: 'Monday 00:00 UTC.' })
  weekStart: Date;

  @Field(() => String, { description: 'HELD, FAILED or SETTLED.' })
  state: string;

  @Field(() => Money, { description: 'What is still held.' })
  held: Money;

  @Field(() => String, { nullable: true, description: 'Why the hold failed.' })
  failureReason: string | null;
}

@ObjectType({ description: 'The contract that an accepted offer makes. Its terms are frozen.' })
export class Engagement {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'The opening.' })
  openingId: string;

  @Field(() => ID, { description: 'Who works.' })
  expertId: string;

  @Field(() => ID, { description: 'For whom.' })
  labId: string;

  @Field(() => Money, { description: 'Agreed pay an hour.' })
  rate: Money;

  @Field(() => Int, { description: 'Hours a week at most.' })
  weeklyCapHours: number;

  @Field(() => Int, { description: 'Days of notice.' })
  noticeDays: number;

  @Field(() => Date, { description: 'First day.' })
  startsOn: Date;

  @Field(() => Tally, { description: 'One hour: price, pay and fee.' })
  hour: Tally;

  @Field(() => Tally, { description: 'A full week: price, pay and fee.' })
  week: Tally;

  @Field(() => String, { description: 'Where the take rate comes from.' })
  takeRateExplanation: string;

  @Field(() => String, { description: 'ACTIVE, BLOCKED_FUNDING, NOTICE or ENDED.' })
  state: string;

  @Field(() => Date, { description: 'When it was signed (UTC).' })
  signedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it ends (UTC).' })
  endsAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it ends.' })
  endReason: string | null;
}

@ObjectType({ description: 'How the money of one week stands, in words for the side that reads.' })
export class WeekFunding {
  @Field(() => Date, { description: 'Monday 00:00 UTC.' })
  weekStart: Date;

  @Field(() => String, {
    description:
      'HELD; FAILED (the balance does not cover it); NOT_DUE (held later, see triedAt); SETTLED; NO_WORK (before the start or after the end); STOPPED (no new week is held while a payment of the lab is disputed, or lost and not paid).',
  })
  state: string;

  @Field(() => Money, { description: 'What is held, or what a full week needs.' })
  amount: Money;

  @Field(() => String, { description: 'What it means for the reader, and what to do.' })
  sentence: string;

  @Field(() => String, {
    description:
      'What the reader is to do: NOTHING, ADD_FUNDS or WITHDRAW_DISPUTE at the bank (lab), DO_NOT_WORK (expert).',
  })
  action: string;

  @Field(() => String, { nullable: true, description: 'Path of the page where it can be done.' })
  actionPath: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it is held, or tried again at the latest (UTC); money that arrives is used at once.',
  })
  triedAt: Date | null;
}

@ObjectType({
  description:
    'Work that waits, because a condition of its opening is not met. No time in it is logged; what was logged before is paid.',
})
export class EngagementWait {
  @Field(() => String, { description: 'The gate that is not passed, e.g. CREDENTIAL, SUSPENDED, CONFLICT.' })
  gate: string;

  @Field(() => Date, { description: 'From when on (UTC); it may lie ahead.' })
  since: Date;

  @Field(() => String, { description: 'What is missing, in the words for the reader.' })
  sentence: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Path of the page on which the expert mends it; null for the lab, and where it is not theirs to mend.',
  })
  mendPath: string | null;
}

@ObjectType({ description: 'An engagement with its weeks.' })
export class EngagementDetail extends Engagement {
  @Field(() => WeekFunding, { description: 'The money of the present week.' })
  thisWeekFunding: WeekFunding;

  @Field(() => WeekFunding, { description: 'The money of the next week.' })
  nextWeekFunding: WeekFunding;

  @Field(() => EngagementWait, {
    nullable: true,
    description: 'Why work waits now, or will from a day on; null where it does not.',
  })
  wait: EngagementWait | null;

  @Field(() => [EngagementWeek], { description: 'Newest first.' })
  weeks: EngagementWeek[];
}

@InputType({ description: 'Notice.' })
export class GiveNoticeInput {
  @Field(() => ID, { description: 'The engagement.' })
  engagementId: string;

  @Field(() => String, { description: 'At least 10 characters; the other side reads it.' })
  reason: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

export const EngagementConnection = connectionOf(Engagement);
