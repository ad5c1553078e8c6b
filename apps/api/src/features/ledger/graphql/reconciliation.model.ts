import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'What the ledger and the rail say of the balance in one currency.' })
export class BalanceProof {
  @Field(() => String, { description: 'The currency.' })
  currency: string;

  @Field(() => Money, { description: 'Pending and available together, by the ledger.' })
  ledger: Money;

  @Field(() => Money, { description: 'Pending and available together, by the rail.' })
  rail: Money;

  @Field(() => Money, { description: 'The part that is not available yet, by the rail.' })
  railPending: Money;

  @Field(() => Money, { description: 'Rail less ledger; nothing where they say the same.' })
  difference: Money;
}

@ObjectType({ description: 'One comparison of the rail with the ledger.' })
export class ReconciliationRun {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => Boolean, { description: 'True where a person asked for it; the others run every night.' })
  isOnDemand: boolean;

  @Field(() => Date, { description: 'When it began (UTC).' })
  startedAt: Date;

  @Field(() => Date, { description: 'When it was done (UTC).' })
  finishedAt: Date;

  @Field(() => Int, { description: 'How many movements the rail told of.' })
  looked: number;

  @Field(() => Int, { description: 'How many of them found their ledger transaction in this run.' })
  matched: number;

  @Field(() => Int, { description: 'How many differences were open when it was done.' })
  openBreaks: number;

  @Field(() => [BalanceProof], { description: 'The balance by currency, both sides.' })
  proofs: BalanceProof[];
}

@ObjectType({ description: 'What a person wrote about a difference.' })
export class BreakNote {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Who wrote it.' })
  authorName: string;

  @Field(() => String, { description: 'What.' })
  words: string;

  @Field(() => Date, { description: 'When (UTC).' })
  at: Date;
}

@ObjectType({ description: 'A person of staff who may look after differences.' })
export class MoneyAdmin {
  @Field(() => ID, { description: 'The account.' })
  id: string;

  @Field(() => String, { description: 'The name.' })
  name: string;
}

@ObjectType({ description: 'Something that the rail and the ledger do not say alike.' })
export class ReconciliationBreak {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, {
    description:
      'MISSING_IN_LEDGER, MISSING_IN_RAIL, AMOUNT_DIFF, CURRENCY_DIFF, DUPLICATE, TIMING or BALANCE (the balances differ by more than all others explain).',
  })
  kind: string;

  @Field(() => String, {
    description: 'OPEN, CLEARED (both sides say the same now) or RESOLVED (by a person).',
  })
  state: string;

  @Field(() => String, {
    nullable: true,
    description: 'The movement at the rail; null where the rail has none.',
  })
  movementId: string | null;

  @Field(() => ID, { nullable: true, description: 'The ledger transaction; null where the ledger has none.' })
  ledgerTransactionId: string | null;

  @Field(() => Money, { nullable: true, description: 'What the rail moved; of BALANCE: what it has.' })
  rail: Money | null;

  @Field(() => Money, {
    nullable: true,
    description: 'What the ledger moved; of BALANCE: what it says, with what other differences explain.',
  })
  ledger: Money | null;

  @Field(() => Date, { description: 'When it was found (UTC).' })
  foundAt: Date;

  @Field(() => ID, { nullable: true, description: 'The account of the person who looks after it.' })
  ownerId: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the person who looks after it.' })
  ownerName: string | null;

  @Field(() => Int, { description: 'Whole days since it was found, until it ended.' })
  ageDays: number;

  @Field(() => Date, { description: 'Until when it is to be ended, by its kind (UTC).' })
  dueAt: Date;

  @Field(() => Boolean, { description: 'True where it is open beyond that.' })
  isLate: boolean;

  @Field(() => [BreakNote], { description: 'What people wrote about it, oldest first.' })
  notes: BreakNote[];

  @Field(() => Boolean, { description: 'True where the reader looks after it.' })
  isMine: boolean;

  @Field(() => Date, { nullable: true, description: 'When it ended (UTC).' })
  endedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why a person ended it.' })
  reason: string | null;
}

/** A page of breaks. */
export const ReconciliationBreakConnection = connectionOf(ReconciliationBreak);
