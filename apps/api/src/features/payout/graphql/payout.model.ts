import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'One reason why money waits.' })
export class PayoutBlock {
  @Field(() => String, {
    description:
      'Code of the gate: STOPPED, SANCTIONS, HOLD, PAYOUT_ACCOUNT, BANK_CHANGE, TAX_FORM, VELOCITY, FOUR_EYES, MINIMUM, RAIL_BALANCE, COOLING_OFF, TAKEN_BACK, SENT or RETURNED.',
  })
  gate: string;

  @Field(() => String, { description: 'Why, in a sentence.' })
  reason: string;

  @Field(() => String, { description: 'EXPERT, PLATFORM or TIME.' })
  decidedBy: string;

  @Field(() => Date, {
    nullable: true,
    description:
      'When time opens it, by when the platform decides, or, where nobody was asked yet, when somebody is (UTC); null where the expert acts first.',
  })
  until: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Of FOUR_EYES: whether a person of staff was asked and decides by `until`; null of other gates.',
  })
  isAsked: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Of FOUR_EYES: whether somebody was asked before and that request ended without being done; the reason says when and why. Null of other gates.',
  })
  wasAsked: boolean | null;

  @Field(() => Date, { description: 'Since when the money waits for it (UTC).' })
  since: Date;

  @Field(() => Date, {
    nullable: true,
    description:
      'Where the expert acts first: the payout run with which it goes when they act before it (UTC); each later day has one.',
  })
  runAt: Date | null;
}

@ObjectType({ description: 'Money on its way to an expert.' })
export class Payout {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'The run that asked for it, or that found it waiting first.' })
  runId: string;

  @Field(() => ID, { description: 'Whose it is.' })
  expertId: string;

  @Field(() => Money, { description: 'How much.' })
  amount: Money;

  @Field(() => String, {
    description: 'GATED, REQUESTED, UNKNOWN, IN_TRANSIT, PAID, FAILED, RETURNED or CANCELLED.',
  })
  state: string;

  @Field(() => Int, { description: 'Which attempt this is; part of the key at the rail.' })
  attempt: number;

  @Field(() => [PayoutBlock], { description: 'Why it waits; empty when it does not.' })
  blocks: PayoutBlock[];

  @Field(() => String, { nullable: true, description: 'What the rail or the bank said.' })
  failureReason: string | null;

  @Field(() => Date, { description: 'When it was made (UTC).' })
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When the rail was first asked in this attempt (UTC).' })
  requestedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the rail took it (UTC).' })
  transferredAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'The day by which it was promised to be in the bank, by the calendar of when it was asked for.',
  })
  promisedOn: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was paid (UTC).' })
  paidAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the bank returned it (UTC); null where it did not, and where it was sent again since.',
  })
  returnedAt: Date | null;

  @Field(() => Money, {
    nullable: true,
    description: 'What the payment provider took for it, for every time it was sent; null until it tells.',
  })
  railFee: Money | null;

  @Field(() => String, { description: "Who bears the provider's fee: PLATFORM or EXPERT." })
  feeBorneBy: string;

  @Field(() => String, {
    nullable: true,
    description: "Units of the bank's currency for one of the payout's; null where nothing was exchanged.",
  })
  exchangeRate: string | null;

  @Field(() => Money, {
    nullable: true,
    description: 'What arrived at the bank; null until the provider tells.',
  })
  bankAmount: Money | null;

  @Field(() => String, { nullable: true, description: "The rail's number of the transfer." })
  railTransferId: string | null;

  @Field(() => ID, { nullable: true, description: 'Where the books have it.' })
  ledgerTransactionId: string | null;
}

@ObjectType({ description: 'One run over experts with something to be paid.' })
export class PayoutRun {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'DAILY or ON_DEMAND.' })
  trigger: string;

  @Field(() => ID, { nullable: true, description: 'Who asked for it; null for the daily one.' })
  startedById: string | null;

  @Field(() => Date, { description: 'When it began (UTC).' })
  startedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was done (UTC).' })
  finishedAt: Date | null;

  @Field(() => Int, { description: 'Payouts that the rail was asked for.' })
  payoutCount: number;

  @Field(() => Int, { description: 'Payouts that wait at a gate.' })
  blockedCount: number;

  @Field(() => Int, { description: 'Experts who could not be looked at; the next run takes them.' })
  failedCount: number;

  @Field(() => Date, {
    nullable: true,
    description: 'The day that a daily run is for; null for a run by hand.',
  })
  period: Date | null;
}

@ObjectType({ description: 'When payouts are made, and by which day banks have them.' })
export class PayoutCalendar {
  @Field(() => Date, { description: 'When the next daily run begins (UTC).' })
  nextRunAt: Date;

  @Field(() => Date, { description: 'The day by which the bank has what the next run sends.' })
  nextPromisedOn: Date;

  @Field(() => Date, { description: 'The day by which the bank has what is asked for now.' })
  promisedOnNow: Date;

  @Field(() => Int, { description: 'Business days that a bank is given.' })
  bankDays: number;

  @Field(() => [Date], {
    description: 'Days of the next two months on which banks are closed, weekends apart.',
  })
  closedDays: Date[];
}

@ObjectType({
  description:
    "Where an expert's money of one currency is. Payable, held, on its way and paid, less what is owed and what was written off, sum to what was earned.",
})
export class Earnings {
  @Field(() => String, { description: 'The currency.' })
  currency: string;

  @Field(() => Money, { description: 'Pay of everything that was approved.' })
  earned: Money;

  @Field(() => Money, {
    description: 'What the next run sends, or what can be asked for now below the limits that hold the rest.',
  })
  payable: Money;

  @Field(() => Money, {
    description: 'What waits for what `blocks` say, with what came back from the bank.',
  })
  heldBack: Money;

  @Field(() => Money, {
    description:
      'What can be asked for by hand now without a decision of a person: payable, or what is only too small for a run.',
  })
  askable: Money;

  @Field(() => Money, { description: 'The smallest payout that can be asked for by hand.' })
  smallestPart: Money;

  @Field(() => Money, { description: 'The smallest payout of a daily run: less waits until more is earned.' })
  smallestOfRun: Money;

  @Field(() => [PayoutBlock], { description: 'Why it waits, who decides, until when.' })
  blocks: PayoutBlock[];

  @Field(() => Money, { description: 'Asked for or sent, and not in the bank yet.' })
  onItsWay: Money;

  @Field(() => Money, { description: 'In the bank.' })
  paid: Money;

  @Field(() => Money, {
    description: 'The part of what is held that came back from the bank; safe in the payout account.',
  })
  returned: Money;

  @Field(() => Money, {
    description: 'Paid out for lines that were taken back since; it goes off what is earned next.',
  })
  owed: Money;

  @Field(() => Money, {
    description: 'The same, where the platform bears it since: nothing goes off for it.',
  })
  writtenOff: Money;
}

@ObjectType({ description: 'Where an expert was paid before they moved. Nothing more is sent there.' })
export class PastPayoutAccount {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => Boolean, {
    description: 'Whether something came back there that waits for other bank details of that account.',
  })
  needsBankDetails: boolean;

  @Field(() => String, { description: 'Country of the account, ISO 3166.' })
  country: string;

  @Field(() => String, { description: 'Currency of the account.' })
  currency: string;

  @Field(() => Date, { description: 'When the expert left it (UTC).' })
  closedAt: Date;
}

@ObjectType({ description: "The payment provider's own page for bank details." })
export class BankDetailsPage {
  @Field(() => String, { description: 'Its address. It comes back to /expert/bank-details.' })
  url: string;

  @Field(() => Date, { description: 'Until when it can be opened (UTC); once.' })
  expiresAt: Date;
}

@ObjectType({ description: 'Where an expert is paid.' })
export class PayoutStanding {
  @Field(() => String, {
    nullable: true,
    description: 'ONBOARDING, ACTIVE or RESTRICTED; null before it is set up.',
  })
  accountState: string | null;

  @Field(() => String, { nullable: true, description: 'Country of the account, ISO 3166.' })
  country: string | null;

  @Field(() => String, { nullable: true, description: 'Currency of the account.' })
  currency: string | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'Until when payouts wait because another bank account was set (UTC); null where they do not.',
  })
  bankWaitsUntil: Date | null;

  @Field(() => [PastPayoutAccount], {
    description: 'Where they were paid before, newest first; the last ten.',
  })
  pastAccounts: PastPayoutAccount[];

  @Field(() => Int, { description: 'Hours that payouts wait after another bank account was set.' })
  coolDownHours: number;

  @Field(() => Int, {
    description: 'At most so much of the pay of each line goes off what the expert owes, percent.',
  })
  nettingPercent: number;

  @Field(() => [Money], { description: 'Earned and not asked for at the rail yet, one a currency.' })
  payable: Money[];

  @Field(() => [Earnings], { description: 'Where the money is, one a currency.' })
  earnings: Earnings[];
}

export const PayoutConnection = connectionOf(Payout);
export const PayoutRunConnection = connectionOf(PayoutRun);
