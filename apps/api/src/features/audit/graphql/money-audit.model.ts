import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({
  description: 'Money that waits on accounts that should empty themselves: of one kind, currency and age.',
})
export class WaitingMoney {
  @Field(() => ID, { description: 'Kind, currency and age.' })
  id: string;

  @Field(() => String, { description: 'Kind of account, or payout_on_its_way.' })
  kind: string;

  @Field(() => Int, { description: 'It waits for at least so many days.' })
  fromDays: number;

  @Field(() => Int, { nullable: true, description: 'And at most so many; null where there is no end.' })
  toDays: number | null;

  @Field(() => Int, { description: 'How many items.' })
  count: number;

  @Field(() => Money, { description: 'How much.' })
  amount: Money;

  @Field(() => Date, { description: 'Since when the oldest waits (UTC).' })
  since: Date;

  @Field(() => String, { nullable: true, description: 'Account of the oldest.' })
  accountCode: string | null;

  @Field(() => ID, { nullable: true, description: 'Ledger transaction of the oldest.' })
  ledgerTransactionId: string | null;
}

@ObjectType({ description: 'Money that came to an account that should empty itself, and has not left it.' })
export class WaitingMoneyItem {
  @Field(() => ID, { description: 'The posting, or the payout.' })
  id: string;

  @Field(() => String, { description: 'Kind of account, or payout_on_its_way.' })
  kind: string;

  @Field(() => String, { nullable: true, description: 'The account.' })
  accountCode: string | null;

  @Field(() => ID, { nullable: true, description: 'Whose it is; null for the platform.' })
  ownerId: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the lab or expert.' })
  ownerName: string | null;

  @Field(() => Money, { description: 'How much of it is left.' })
  amount: Money;

  @Field(() => Date, { description: 'Since when (UTC).' })
  since: Date;

  @Field(() => Int, { description: 'For how many days.' })
  days: number;

  @Field(() => ID, { nullable: true, description: 'What brought it there.' })
  ledgerTransactionId: string | null;
}

export const WaitingMoneyItemConnection = connectionOf(WaitingMoneyItem);

@ObjectType({
  description: 'How long it took from approval to payment, of lines paid in a period in one currency.',
})
export class TimeToPaid {
  @Field(() => ID, { description: 'Period and currency.' })
  id: string;

  @Field(() => Date, { description: 'Where the period begins (UTC).' })
  at: Date;

  @Field(() => String, { description: 'The currency.' })
  currency: string;

  @Field(() => Int, { description: 'How many lines were paid.' })
  lines: number;

  @Field(() => Int, { description: 'The middle one.' })
  medianSeconds: number;

  @Field(() => Int, { description: 'Only one in ten took longer.' })
  p90Seconds: number;

  @Field(() => Int, { description: 'The slowest.' })
  mostSeconds: number;
}

@ObjectType({ description: 'A charged line that a payout has paid whole.' })
export class PaidLine {
  @Field(() => ID, { description: 'The charge.' })
  id: string;

  @Field(() => ID, { description: 'The payout.' })
  payoutId: string;

  @Field(() => ID, { description: 'The lab.' })
  labId: string;

  @Field(() => String, { description: 'Name of the lab.' })
  labName: string;

  @Field(() => ID, { description: 'The expert.' })
  expertId: string;

  @Field(() => String, { description: 'Name of the expert.' })
  expertName: string;

  @Field(() => Money, { description: 'What the expert got for it.' })
  pay: Money;

  @Field(() => Date, { description: 'When it was approved and charged (UTC).' })
  chargedAt: Date;

  @Field(() => Date, { description: 'When it was paid (UTC).' })
  paidAt: Date;

  @Field(() => Int, { description: 'How long that took.' })
  seconds: number;

  @Field(() => ID, { description: 'Ledger transaction of the charge.' })
  chargeTransactionId: string;

  @Field(() => ID, { nullable: true, description: 'Ledger transaction of the payout.' })
  payoutTransactionId: string | null;
}

export const PaidLineConnection = connectionOf(PaidLine);

@ObjectType({ description: 'What was taken back of a charged line, at the rate at which it was charged.' })
export class TakenBack {
  @Field(() => ID, { description: 'The charge that takes back.' })
  id: string;

  @Field(() => ID, { description: 'The charge that it takes back, whole or in part.' })
  ofChargeId: string;

  @Field(() => Date, { description: 'When (UTC).' })
  at: Date;

  @Field(() => String, { description: 'Name of the lab.' })
  labName: string;

  @Field(() => String, { description: 'Name of the expert.' })
  expertName: string;

  @Field(() => String, { description: 'Who asked for it.' })
  askedByName: string;

  @Field(() => String, { description: 'Why; both sides read it.' })
  reason: string;

  @Field(() => Money, { description: 'What the lab has back.' })
  price: Money;

  @Field(() => Money, { description: 'What the expert no longer has of it.' })
  pay: Money;

  @Field(() => Money, { description: 'What the platform gave back.' })
  fee: Money;

  @Field(() => Money, { description: 'What of the pay had been paid out before.' })
  paidOut: Money;

  @Field(() => Money, { description: 'What of that later earnings have given back.' })
  recovered: Money;

  @Field(() => Money, { description: 'What of that the platform bears since: it was written off.' })
  writtenOff: Money;

  @Field(() => Money, { description: 'What of that is still open.' })
  open: Money;

  @Field(() => ID, { description: 'The expert.' })
  expertId: string;

  @Field(() => Money, { description: 'All that the expert still owes in the currency, also of other lines.' })
  owed: Money;

  @Field(() => Int, {
    nullable: true,
    description:
      'The share of it that later earnings have given back, parts per million; null where nothing had been paid out.',
  })
  recoveredPpm: number | null;

  @Field(() => ID, { nullable: true, description: 'The request that a second person approved.' })
  approvalRequestId: string | null;

  @Field(() => ID, { description: 'Where the books have it.' })
  ledgerTransactionId: string;
}

export const TakenBackConnection = connectionOf(TakenBack);

@ObjectType({
  description:
    'What a person did by hand where the product would have gone its own way, as the journal has it.',
})
export class Override {
  @Field(() => ID, { description: 'Number of the row of the journal.' })
  id: string;

  @Field(() => Date, { description: 'When (UTC).' })
  at: Date;

  @Field(() => String, {
    description:
      'TAKE_RATE, HOLD_RELEASED, PAYOUTS_STOPPED, PAYOUTS_OPENED, DIFFERENCE_ENDED, APPROVED, DECLINED or OWN_REQUEST.',
  })
  kind: string;

  @Field(() => String, { nullable: true, description: 'Who did it; null for the product itself.' })
  actorName: string | null;

  @Field(() => String, { nullable: true, description: 'Who had asked for it.' })
  askedByName: string | null;

  @Field(() => ID, { description: 'What it was about.' })
  subjectId: string;

  @Field(() => String, { nullable: true, description: 'Name of the lab.' })
  labName: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the expert.' })
  expertName: string | null;

  @Field(() => String, { nullable: true, description: 'What was asked for, in a sentence.' })
  summary: string | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason: string | null;

  @Field(() => Int, { nullable: true, description: "A take rate: the lab's fee, parts per million." })
  labFeePpm: number | null;

  @Field(() => Int, { nullable: true, description: "A take rate: the expert's fee." })
  expertFeePpm: number | null;

  @Field(() => Int, { nullable: true, description: "The lab's fee for the same people before." })
  labFeeBeforePpm: number | null;

  @Field(() => Int, { nullable: true, description: "The expert's fee for the same people before." })
  expertFeeBeforePpm: number | null;

  @Field(() => Money, { nullable: true, description: 'How much it was about.' })
  amount: Money | null;

  @Field(() => Int, { nullable: true, description: 'A decision: seconds after the request.' })
  secondsAfter: number | null;

  @Field(() => Boolean, { description: 'At a weekend, or before 7 or after 19 o’clock UTC.' })
  isOffHours: boolean;

  @Field(() => Boolean, { description: 'Approved within a minute of the request.' })
  isQuick: boolean;
}

export const OverrideConnection = connectionOf(Override);

@ObjectType({ description: 'The first thing to know of one view of money.' })
export class MoneyHeadline {
  @Field(() => String, {
    description:
      'TAKE_RATE, DRIFT, CONTRACT, PAYOUTS, REVERSALS, HOLDS, WAITING, OVERRIDES, MARGIN or EXPORTS.',
  })
  view: string;

  @Field(() => Int, { description: 'How many.' })
  count: number;

  @Field(() => Int, { nullable: true, description: 'Of how many; null where that says nothing.' })
  of: number | null;

  @Field(() => Int, { nullable: true, description: 'A share, parts per million.' })
  ppm: number | null;

  @Field(() => Date, { nullable: true, description: 'Since when, or when (UTC).' })
  at: Date | null;

  @Field(() => [Money], { description: 'How much, one a currency.' })
  amounts: Money[];
}

@ObjectType({ description: 'A list of the admin pages as somebody filtered it, under a name.' })
export class SavedView {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Address of the list.' })
  list: string;

  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => String, { description: 'Search part of the address: the filters.' })
  search: string;

  @Field(() => Boolean, { description: 'Whether all of the staff see it.' })
  isShared: boolean;

  @Field(() => Boolean, { description: 'Whether it is the reader’s.' })
  isOwn: boolean;
}
