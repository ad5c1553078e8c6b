import { dayOf, daysOverdue } from '@tallystick/domain';
import { moneyOf } from '../../../platform/graphql/money.model';
import type { CreditStanding, InvoiceWithOrder } from '../invoice.queries';
import type { PurchaseOrderRecord } from '../invoice.repository';
import type { CreditTerms, Invoice, PurchaseOrder } from './invoice.model';

/** Terms as the lab and staff see them. */
export function creditTermsShown({ currency, limitMinor, owedMinor, ...terms }: CreditStanding): CreditTerms {
  const leftMinor = limitMinor > owedMinor ? limitMinor - owedMinor : 0n;
  return {
    ...terms,
    limit: moneyOf(limitMinor, currency),
    owed: moneyOf(owedMinor, currency),
    left: moneyOf(leftMinor, currency),
  };
}

/** A purchase order as its lab sees it. */
export function purchaseOrderOf({
  currency,
  amountMinor,
  invoicedMinor,
  endsOn,
  ...order
}: PurchaseOrderRecord): PurchaseOrder {
  return {
    ...order,
    amount: moneyOf(amountMinor, currency),
    invoiced: moneyOf(invoicedMinor, currency),
    left: moneyOf(amountMinor - invoicedMinor, currency),
    endsOn: endsOn && dayOf(endsOn),
  };
}

/** An invoice as the lab and staff see it at an instant. */
export function invoiceOf(
  { currency, amountMinor, dueOn, ...invoice }: InvoiceWithOrder,
  now: Date,
): Invoice {
  return {
    ...invoice,
    amount: moneyOf(amountMinor, currency),
    dueOn: dayOf(dueOn),
    daysOverdue: invoice.state === 'OPEN' ? daysOverdue(dueOn, now) : 0,
  };
}
