import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({ description: "What moved a lab's money: what it has, what it owes, or both." })
export class LabMovement {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'The ledger transaction that it is of.' })
  ledgerTransactionId: string;

  @Field(() => Date, { description: 'When (UTC).' })
  at: Date;

  @Field(() => String, { description: 'The kind of ledger transaction, e.g. conversion-charged.' })
  kind: string;

  @Field(() => String, { description: 'What it was, in words.' })
  words: string;

  @Field(() => String, { nullable: true, description: 'Name of the expert, or number of the invoice.' })
  about: string | null;

  @Field(() => Money, { description: 'More, or less where below zero, of what the lab has.' })
  has: Money;

  @Field(() => Money, {
    description: 'More, or less where below zero, of what it owes by invoice and from lost disputes.',
  })
  owes: Money;
}

export const LabMovementConnection = connectionOf(LabMovement);
