import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'One account of the book.' })
export class LedgerAccount {
  @Field(() => ID, {
    description: 'Its code, kind:owner:currency; the owner is a lab, an expert or the platform.',
  })
  code: string;

  @Field(() => String, {
    description:
      'lab_prepaid, work_reserve, expert_payable, platform_fee, rail_available, refund_clearing and the like.',
  })
  kind: string;

  @Field(() => ID, { nullable: true, description: 'The lab or expert; null for the platform.' })
  ownerId: string | null;

  @Field(() => Money, { description: "What is on it, in the account's own direction." })
  posted: Money;

  @Field(() => Money, { description: 'What of it holds reserve.' })
  held: Money;

  @Field(() => Money, { description: 'Posted less held.' })
  available: Money;

  @Field(() => Date, { description: 'When it was opened (UTC).' })
  openedAt: Date;
}

@ObjectType({ description: 'One debit and one credit of the same amount.' })
export class LedgerPosting {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'The ledger transaction that it belongs to.' })
  transactionId: string;

  @Field(() => Int, { description: 'Its place there, from 1.' })
  line: number;

  @Field(() => String, { description: 'Code of the account that is debited.' })
  debit: string;

  @Field(() => String, { description: 'Code of the account that is credited.' })
  credit: string;

  @Field(() => Money, { description: 'How much.' })
  amount: Money;

  @Field(() => String, {
    description:
      'S single, P pending (a hold), C captures a hold or a part of it, R what then stays held, V voids a hold.',
  })
  phase: string;

  @Field(() => ID, { nullable: true, description: 'The hold that it ends.' })
  pendingId: string | null;

  @Field(() => String, { description: 'The business fact, e.g. line-charged.' })
  kind: string;

  @Field(() => Date, { description: 'When (UTC).' })
  effectiveAt: Date;
}

@ObjectType({ description: 'One business fact, posted once.' })
export class LedgerTransaction {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'The key under which it could be posted only once.' })
  idempotencyKey: string;

  @Field(() => String, { description: 'The business fact, e.g. line-charged.' })
  kind: string;

  @Field(() => String, {
    description: 'What it is about: charge, funding, payout, engagement-week or lab-refund.',
  })
  subjectType: string;

  @Field(() => ID, { description: 'Which one.' })
  subjectId: string;

  @Field(() => ID, { nullable: true, description: 'The ledger transaction that it takes back.' })
  reversesId: string | null;

  @Field(() => ID, { nullable: true, description: 'The ledger transaction that takes it back.' })
  reversedById: string | null;

  @Field(() => Date, { description: 'When (UTC).' })
  effectiveAt: Date;

  @Field(() => String, { description: 'Id of the account of who did it; `system` for the product itself.' })
  actor: string;

  @Field(() => [LedgerPosting], { description: 'Its lines, in their order.' })
  postings: LedgerPosting[];
}

export const LedgerAccountConnection = connectionOf(LedgerAccount);
export const LedgerPostingConnection = connectionOf(LedgerPosting);
