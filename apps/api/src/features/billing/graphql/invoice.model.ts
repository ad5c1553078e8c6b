import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money } from '../../../platform/graphql/money.model';

@ObjectType({ description: 'How much a lab may owe in a currency, and what it owes.' })
export class CreditTerms {
  @Field(() => ID, { description: 'The lab.' })
  labId: string;

  @Field(() => Money, { description: 'The most that may be owed at a time.' })
  limit: Money;

  @Field(() => Money, { description: 'What is owed now: the sum of open invoices.' })
  owed: Money;

  @Field(() => Money, { description: 'What can still be invoiced.' })
  left: Money;

  @Field(() => Int, { description: 'Days from issue until an invoice is due.' })
  dueDays: number;

  @Field(() => Date, { description: 'Since when (UTC).' })
  setAt: Date;
}

@ObjectType({ description: "A purchase order of the lab's own, with how much of it was invoiced." })
export class PurchaseOrder {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Its number, as the lab gave it.' })
  number: string;

  @Field(() => Money, { description: 'How much it allows.' })
  amount: Money;

  @Field(() => Money, { description: 'How much of it was invoiced.' })
  invoiced: Money;

  @Field(() => Money, { description: 'How much is left.' })
  left: Money;

  @Field(() => String, { nullable: true, description: 'Its last day, year-month-day (UTC).' })
  endsOn: string | null;
}

@ObjectType({ description: 'Money that a lab has at once and pays until a day.' })
export class Invoice {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'The lab.' })
  labId: string;

  @Field(() => String, { description: 'Its number, e.g. INV-2026-000042.' })
  number: string;

  @Field(() => Money, { description: 'How much.' })
  amount: Money;

  @Field(() => String, { description: 'OPEN, PAID or VOID.' })
  state: string;

  @Field(() => Date, { description: 'When it was issued (UTC).' })
  issuedAt: Date;

  @Field(() => String, { description: 'The day until which it is paid, year-month-day (UTC).' })
  dueOn: string;

  @Field(() => Int, { description: 'Whole days that it is overdue; 0 where it is not, or is not open.' })
  daysOverdue: number;

  @Field(() => Date, { nullable: true, description: 'When its money arrived (UTC).' })
  paidAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Number of the purchase order that it counts against.',
  })
  purchaseOrderNumber: string | null;

  @Field(() => Boolean, {
    description: 'Whether a payment for it is on its way: it can be neither paid again nor taken back.',
  })
  isBeingPaid: boolean;
}

@InputType({ description: 'Terms on which a lab may pay later.' })
export class SetCreditTermsInput {
  @Field(() => ID, { description: 'The lab.' })
  labId: string;

  @Field(() => String, { description: 'The most that may be owed at a time, minor units; 0 ends it.' })
  amountMinor: string;

  @Field(() => String, { description: 'ISO 4217 code.' })
  currency: string;

  @Field(() => Int, { description: 'Days from issue until an invoice is due, 1 to 90.' })
  dueDays: number;

  @Field(() => String, { description: 'Why, in a sentence; kept in the journal.' })
  reason: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: "A purchase order of the lab's own." })
export class AddPurchaseOrderInput {
  @Field(() => String, { description: 'Its number, as it stands on the order.' })
  number: string;

  @Field(() => String, { description: 'How much it allows, minor units.' })
  amountMinor: string;

  @Field(() => String, { description: 'ISO 4217 code.' })
  currency: string;

  @Field(() => String, { nullable: true, description: 'Its last day, year-month-day (UTC).' })
  endsOn?: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'Money to have now and pay later.' })
export class IssueInvoiceInput {
  @Field(() => String, { description: 'Minor units.' })
  amountMinor: string;

  @Field(() => String, { description: 'ISO 4217 code.' })
  currency: string;

  @Field(() => ID, { nullable: true, description: 'The purchase order that it counts against.' })
  purchaseOrderId?: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

@InputType({ description: 'An invoice that something is done with.' })
export class InvoiceInput {
  @Field(() => ID, { description: 'The invoice.' })
  invoiceId: string;

  @Field(() => String, { description: 'The same key with the same input acts once.' })
  idempotencyKey: string;
}

export const InvoiceConnection = connectionOf(Invoice);
