import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'One person’s decision on a request.' })
export class ApprovalDecision {
  @Field(() => String, { description: 'Who decided.' })
  approverName: string;

  @Field(() => String, { description: 'APPROVE or DECLINE.' })
  decision: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => Date, { description: 'When (UTC).' })
  at: Date;
}

@ObjectType({ description: 'One thing that the payload says.' })
export class ApprovalFact {
  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => String, { description: 'What it says.' })
  value: string;
}

@ObjectType({ description: 'What came of a request by a decision on it, or by who asked for it.' })
export class DecidedRequest {
  @Field(() => ID, { description: 'The request.' })
  id: string;

  @Field(() => String, {
    description:
      'PENDING where more people must approve, DECLINED, EXECUTED where it was approved and is done, FAILED where it was approved and could not be done, WITHDRAWN where who asked does not want it any more.',
  })
  state: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why it was not done, in a sentence; null unless it is FAILED or WITHDRAWN.',
  })
  outcome: string | null;
}

@ObjectType({ description: 'Something that is done only after another person has approved exactly this.' })
export class ApprovalRequest {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'What is done, e.g. payout.send.' })
  action: string;

  @Field(() => String, { description: 'What is done, in a sentence.' })
  summary: string;

  @Field(() => [ApprovalFact], { description: 'Everything that is done.' })
  payload: ApprovalFact[];

  @Field(() => String, { description: 'SHA-256 of the payload; a decision is bound to it.' })
  payloadSha256: string;

  @Field(() => String, { nullable: true, description: 'Who asks; null where the product itself does.' })
  requestedByName: string | null;

  @Field(() => Boolean, { description: 'Whether the reader asked for it: nobody decides on their own.' })
  isOwn: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'Why the reader may not decide on it, in a sentence: they asked for it, it is about them or their lab, or who asked gave them their role afterwards. Null where they may, or it does not wait.',
  })
  barred: string | null;

  @Field(() => Boolean, {
    description: 'Whether the reader may withdraw it: they asked for it, and it waits.',
  })
  mayWithdraw: boolean;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => ID, { nullable: true, description: 'The expert whom it is about.' })
  expertId: string | null;

  @Field(() => Money, { nullable: true, description: 'How much.' })
  amount: Money | null;

  @Field(() => Int, { description: 'How many people must approve.' })
  approvalsNeeded: number;

  @Field(() => [ApprovalDecision], { description: 'The decisions so far, oldest first.' })
  decisions: ApprovalDecision[];

  @Field(() => String, {
    description: 'PENDING, APPROVED, DECLINED, EXPIRED, OVERTAKEN, WITHDRAWN, EXECUTED or FAILED.',
  })
  state: string;

  @Field(() => Date, { description: 'When it was asked for (UTC).' })
  createdAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'By when whoever waits for it was promised a decision (UTC); null where nobody was.',
  })
  promisedBy: Date | null;

  @Field(() => Date, { description: 'When it lapses (UTC).' })
  expiresAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was done (UTC).' })
  executedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was not done.' })
  outcome: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What keeps it from being done now, of one that waits; null where nothing does.',
  })
  hindrance: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why one that waits would end undone even if it were approved, in a sentence: who asked has lost the role for it, has left the lab, or is concerned by it now, or what it is about has changed since. Null where nothing is known that would keep it from being done.',
  })
  fault: string | null;
}

export const ApprovalConnection = connectionOf(ApprovalRequest);
