import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'One reason why money waits.' })
export class PayoutBlock {
  @Field(() => String, { description: 'Code of the gate.' })
  gate: string;

  @Field(() => String, { description: 'Why, in a sentence.' })
  reason: string;

  @Field(() => String, { description: 'EXPERT, PLATFORM or TIME.' })
  decidedBy: string;
}

@ObjectType({ description: 'Money on its way to an expert.' })
export class Payout {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'Whose it is.' })
  expertId: string;

  @Field(() => Money, { description: 'How much.' })
  amount: Money;

  @Field(() => String, {
    description: 'GATED, REQUESTED, UNKNOWN, IN_TRANSIT, PAID, FAILED, RETURNED or CANCELLED.',
  })
  state: string;

  @Field(() => [PayoutBlock], { description: 'Why it waits; empty when it does not.' })
  blocks: PayoutBlock[];

  @Field(() => String, { nullable: true, description: 'What the bank said.' })
  failureReason: string | null;

  @Field(() => Date, { description: 'When it was made (UTC).' })
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was paid (UTC).' })
  paidAt: Date | null;
}

@ObjectType({ description: 'Where an expert is paid and what is payable.' })
export class PayoutStanding {
  @Field(() => String, {
    nullable: true,
    description: 'ONBOARDING, ACTIVE or RESTRICTED; null before it is set up.',
  })
  accountState: string | null;

  @Field(() => [Money], { description: 'Earned and not sent yet, one a currency.' })
  payable: Money[];
}

export const PayoutConnection = connectionOf(Payout);
