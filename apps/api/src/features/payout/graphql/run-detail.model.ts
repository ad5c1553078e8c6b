import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { Money } from '../../../platform/graphql/money.model';
import { PayoutRun } from './payout.model';

@ObjectType({ description: 'Payouts of a run in one currency and state.' })
export class PayoutRunSum {
  @Field(() => String, { description: 'As the state of a payout.' })
  state: string;

  @Field(() => Int, { description: 'How many.' })
  count: number;

  @Field(() => Money, { description: 'What they come to.' })
  amount: Money;

  @Field(() => Int, { description: 'Those that took more than one attempt.' })
  retried: number;

  @Field(() => Int, { description: 'All attempts beyond the first.' })
  retries: number;
}

@ObjectType({
  description: 'What a gate of a run holds in one currency; a payout counts at each of its gates.',
})
export class PayoutRunGate {
  @Field(() => String, { description: 'Code of the gate.' })
  gate: string;

  @Field(() => Int, { description: 'How many payouts.' })
  count: number;

  @Field(() => Money, { description: 'What they come to.' })
  amount: Money;
}

@ObjectType({ description: 'How long the payouts of a run took, and how promises were kept.' })
export class PayoutRunTimes {
  @Field(() => Int, { description: 'In the bank.' })
  paid: number;

  @Field(() => Float, { nullable: true, description: 'Median from request to bank, seconds.' })
  medianSeconds: number | null;

  @Field(() => Float, { nullable: true, description: '95 of 100 took this or less, seconds.' })
  p95Seconds: number | null;

  @Field(() => Float, { nullable: true, description: 'The slowest, seconds.' })
  slowestSeconds: number | null;

  @Field(() => ID, { nullable: true, description: 'The slowest payout.' })
  slowestPayoutId: string | null;

  @Field(() => Int, { description: 'In the bank by the promised day (UTC).' })
  onTime: number;

  @Field(() => Int, { description: 'In the bank after the promised day (UTC).' })
  late: number;

  @Field(() => Int, { description: 'Not in the bank although the promised day is over.' })
  overdue: number;
}

@ObjectType({ description: 'A person who approved payouts of a run.' })
export class PayoutRunApprover {
  @Field(() => String, { description: 'Their name.' })
  name: string;

  @Field(() => Int, { description: 'How many payouts.' })
  count: number;
}

@ObjectType({ description: 'One run and what became of it.' })
export class PayoutRunDetail {
  @Field(() => PayoutRun, { description: 'The run.' })
  run: PayoutRun;

  @Field(() => String, { nullable: true, description: 'Who asked for it; null for the daily one.' })
  startedByName: string | null;

  @Field(() => [PayoutRunSum], { description: 'By currency and state.' })
  sums: PayoutRunSum[];

  @Field(() => [PayoutRunGate], { description: 'What waits, by gate, the most money first.' })
  gates: PayoutRunGate[];

  @Field(() => PayoutRunTimes, { description: 'How long it took.' })
  times: PayoutRunTimes;

  @Field(() => [PayoutRunApprover], { description: 'Who approved payouts above the limit.' })
  approvers: PayoutRunApprover[];
}
