import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../platform/graphql/connection';
import { Money } from '../../../platform/graphql/money.model';
import { Invoice, PurchaseOrder } from './invoice.model';

@ObjectType({ description: 'An invoice of any lab.' })
export class ListedInvoice extends Invoice {
  @Field(() => String, { description: 'Name of the lab.' })
  labName: string;
}

export const ListedInvoiceConnection = connectionOf(ListedInvoice);

@ObjectType({ description: 'How many invoices stand how in a currency, and what they come to.' })
export class InvoiceSum {
  @Field(() => String, {
    description: 'NOT_DUE, DAYS_1_30, DAYS_31_60, DAYS_61_90 or DAYS_OVER_90 of open ones; PAID; VOID.',
  })
  standing: string;

  @Field(() => Int, { description: 'How many.' })
  count: number;

  @Field(() => Money, { description: 'What they come to.' })
  amount: Money;
}

@ObjectType({ description: 'A payment for an invoice.' })
export class InvoicePayment {
  @Field(() => ID, { description: 'The funding.' })
  id: string;

  @Field(() => String, { description: 'REQUESTED, PROCESSING, ARRIVED, CLEARED or FAILED.' })
  state: string;

  @Field(() => Date, { description: 'When it was asked for (UTC).' })
  requestedAt: Date;
}

@ObjectType({ description: 'A ledger transaction about an invoice or its payment.' })
export class InvoiceMove {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'Its kind.' })
  kind: string;

  @Field(() => Date, { description: 'When (UTC).' })
  at: Date;
}

@ObjectType({ description: 'An invoice with everything that it hangs together with.' })
export class InvoiceDetail extends ListedInvoice {
  @Field(() => PurchaseOrder, { nullable: true, description: 'The purchase order that it counts against.' })
  order: PurchaseOrder | null;

  @Field(() => [InvoicePayment], { description: 'Its payments, newest first.' })
  payments: InvoicePayment[];

  @Field(() => [InvoiceMove], { description: 'What the ledger has about it, in its order.' })
  moves: InvoiceMove[];
}
