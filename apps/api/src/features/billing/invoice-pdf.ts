import type { Readable } from 'node:stream';
import { dayWords, formatAmount, isCurrency } from '@tallystick/domain';
import { PdfPages } from '../../platform/pdf/document';
import type { InvoiceRecord, PurchaseOrderRecord } from './invoice.repository';

export interface InvoiceShown {
  readonly invoice: InvoiceRecord;
  readonly labLegalName: string;
  readonly labCountry: string;
  readonly order: PurchaseOrderRecord | null;
}

/** What the sum of the table is, by state. */
const SUMS: Readonly<Record<string, string>> = { OPEN: 'To be paid', PAID: 'Paid', VOID: 'Taken back' };
const STATES: Readonly<Record<string, string>> = {
  OPEN: 'To be paid',
  PAID: 'Paid',
  VOID: 'Taken back; nothing is owed',
};

/** An invoice on paper: whom, what, how much, until when, and the purchase order that it counts against. */
export function invoicePdf({ invoice, labLegalName, labCountry, order }: InvoiceShown): Readable {
  const { number, currency, amountMinor, dueOn, issuedAt, paidAt, state } = invoice;
  const amount = isCurrency(currency)
    ? formatAmount({ minor: amountMinor, currency })
    : `${amountMinor} ${currency}`;
  const pages = new PdfPages(`Invoice ${number}`, `Invoice ${number}`);
  pages.title(`Invoice ${number}`, `For ${labLegalName}: money for work on Tallystick, paid later.`);
  pages.facts([
    ['For', `${labLegalName}, ${labCountry}`],
    ['Issued', dayWords(issuedAt)],
    [state === 'OPEN' ? 'To be paid by' : 'Was to be paid by', dayWords(dueOn)],
    ...(order ? ([['Purchase order', order.number]] as const) : []),
    ['State', `${STATES[state] ?? state}${paidAt ? `, on ${dayWords(paidAt)}` : ''}`],
  ]);
  const row = pages.table([
    { header: 'What', share: 70 },
    { header: 'Amount', share: 30, isFigure: true },
  ]);
  row(['Prepaid balance for the pay of experts and the fee on top', amount]);
  row([SUMS[state] ?? 'To be paid', amount], true);
  pages.space(8);
  pages.paragraph(
    state === 'VOID'
      ? 'This invoice was taken back, and its money with it: nothing is owed.'
      : 'This money was in your balance from the day of the invoice. What is charged from it stands line by line in your statement, with what the lab pays, what the expert gets and what the platform keeps.',
  );
  pages.end();
  return pages.stream;
}
