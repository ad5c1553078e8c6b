import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'Something that will happen at the sandbox rail.' })
export class SandboxDue {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'What, e.g. payment.succeeds.' })
  what: string;

  @Field(() => String, { description: 'To which object of the rail.' })
  objectId: string;

  @Field(() => Date, { description: 'When (UTC).' })
  dueAt: Date;
}

@ObjectType({ description: 'A named number or word of the sandbox.' })
export class SandboxSetting {
  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => String, { description: 'Its value; delays are seconds.' })
  value: string;
}

@ObjectType({ description: 'What the stand-in bank has for the platform in one currency.' })
export class SandboxBalance {
  @Field(() => String, { description: 'The currency.' })
  currency: string;

  @Field(() => Money, { description: 'What can be paid out.' })
  available: Money;

  @Field(() => Money, { description: 'What has not arrived yet.' })
  pending: Money;
}

@ObjectType({ description: 'A message of the sandbox rail to the product, and how its delivery goes.' })
export class SandboxEvent {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'platform, connect or v2: the webhook that it goes to.' })
  route: string;

  @Field(() => String, { description: 'What happened, e.g. payment_intent.succeeded.' })
  type: string;

  @Field(() => String, { description: 'To which object of the rail.' })
  objectId: string;

  @Field(() => Date, { description: 'When it happened (UTC).' })
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When the product took it (UTC); null while it waits.' })
  deliveredAt: Date | null;

  @Field(() => Int, { description: 'How often delivery was tried.' })
  attempts: number;

  @Field(() => Date, { description: 'When delivery is tried next, where it waits (UTC).' })
  nextAt: Date;
}

@ObjectType({ description: 'Something at the sandbox rail to which something can be made to happen.' })
export class SandboxObject {
  @Field(() => ID, { description: 'Its id at the rail.' })
  id: string;

  @Field(() => String, { description: 'payment_intent, dispute, refund, payout or account.' })
  kind: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Whose it is, where it is a payment, a refund or a dispute of a lab.',
  })
  labId: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Whose it is, where it is an account or a payout of an expert.',
  })
  expertId: string | null;

  @Field(() => String, { description: 'How it stands there; a payment that was disputed is `disputed`.' })
  status: string;

  @Field(() => Money, { nullable: true, description: 'Its amount, where it has one.' })
  amount: Money | null;

  @Field(() => Date, { description: 'When it was made (UTC).' })
  createdAt: Date;

  @Field(() => [String], { description: 'What can be made to happen to it.' })
  actions: string[];
}

@ObjectType({ description: 'The sandbox rail: what comes next and how it is set.' })
export class SandboxState {
  @Field(() => [SandboxDue], { description: 'What comes next, soonest first; at most 100.' })
  due: SandboxDue[];

  @Field(() => Int, { description: 'Webhooks that were not taken yet.' })
  undeliveredEvents: number;

  @Field(() => [SandboxSetting], { description: 'Delays in seconds.' })
  delays: SandboxSetting[];

  @Field(() => [SandboxSetting], {
    description: 'What the stand-in bank keeps: parts per million or minor units.',
  })
  fees: SandboxSetting[];

  @Field(() => [SandboxSetting], {
    description: 'How unruly its messages are: percent sent twice, 1 for out of order, seconds of delay.',
  })
  webhooks: SandboxSetting[];

  @Field(() => [SandboxSetting], {
    description:
      'At which rates it exchanges what it sends to accounts in other currencies: millionths of a unit for one US dollar; 0 is no rate.',
  })
  rates: SandboxSetting[];

  @Field(() => [SandboxObject], {
    description: 'What something can be made to happen to, the newest 30 of each kind, newest first.',
  })
  objects: SandboxObject[];

  @Field(() => [SandboxSetting], { description: 'Failures that the next call of a kind will have.' })
  failures: SandboxSetting[];

  @Field(() => [SandboxBalance], { description: 'What the stand-in bank has, one a currency.' })
  balances: SandboxBalance[];

  @Field(() => [SandboxEvent], { description: 'What happened there, newest first; at most 50.' })
  events: SandboxEvent[];
}
