import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'A message of the rail.' })
export class RailNote {
  @Field(() => String, { description: 'Its type, e.g. charge.dispute.created.' })
  type: string;

  @Field(() => Date, { description: 'When it came (UTC).' })
  receivedAt: Date;
}

@ObjectType({ description: 'What the ledger moved for a dispute.' })
export class DisputeMove {
  @Field(() => ID, { description: 'The ledger transaction.' })
  transactionId: string;

  @Field(() => String, { description: 'Its kind.' })
  kind: string;

  @Field(() => Date, { description: 'When (UTC).' })
  at: Date;

  @Field(() => Money, { description: 'How much.' })
  amount: Money;

  @Field(() => String, { description: 'Code of the account that was debited.' })
  debit: string;

  @Field(() => String, { description: 'Code of the account that was credited.' })
  credit: string;
}

@ObjectType({ description: 'A payment of a lab that somebody told their bank was not right.' })
export class LabDispute {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => Money, { description: 'How much is disputed.' })
  amount: Money;

  @Field(() => String, { description: 'INQUIRY, INQUIRY_CLOSED, OPEN, WON or LOST.' })
  state: string;

  @Field(() => Date, { description: 'Since when (UTC).' })
  openedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When the bank decided (UTC).' })
  closedAt: Date | null;

  @Field(() => Money, { description: 'What the lab has paid of what was lost.' })
  repaid: Money;

  @Field(() => Money, { description: 'What was written off of what was lost.' })
  writtenOff: Money;

  @Field(() => Money, { description: 'What the lab still owes.' })
  left: Money;
}

@ObjectType({ description: 'A disputed payment as finance sees it.' })
export class Dispute extends LabDispute {
  @Field(() => ID, { description: 'The lab.' })
  labId: string;

  @Field(() => String, { description: 'Name of the lab.' })
  labName: string;

  @Field(() => ID, { description: 'The payment that is disputed.' })
  fundingId: string;

  @Field(() => String, { description: 'The rail’s id of it.' })
  railDisputeId: string;

  @Field(() => String, { description: 'The state in the rail’s own word; empty where it was not kept.' })
  railStatus: string;

  @Field(() => String, { description: 'The reason in the rail’s own word.' })
  reason: string;

  @Field(() => Int, { description: 'Days since it was opened, until it was closed.' })
  ageDays: number;

  @Field(() => Date, { nullable: true, description: 'Until when the rail takes evidence (UTC).' })
  evidenceDueAt: Date | null;
}

@ObjectType({ description: 'A disputed payment with all that is known of it.' })
export class DisputeDetail extends Dispute {
  @Field(() => [RailNote], { description: 'What the rail told, oldest first; at most 100.' })
  railNotes: RailNote[];

  @Field(() => [DisputeMove], { description: 'What the ledger moved, in its order.' })
  moves: DisputeMove[];

  @Field(() => Int, { description: 'Weeks of the lab’s work that wait for money.' })
  waitingWeeks: number;

  @Field(() => Money, { description: 'Price of these weeks.' })
  waiting: Money;
}

export const DisputeConnection = connectionOf(Dispute);

@InputType({ description: 'What is to be written off.' })
export class WriteOffDisputeInput {
  @Field(() => ID, { description: 'The lost dispute.' })
  disputeId: string;

  @Field(() => String, { description: 'Why; at least 10 characters.' })
  reason: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}
