import { formatAmount, invoiceMachine, invoicePaid, move, type Currency } from '@tallystick/domain';
import { orRefuse } from '../../platform/errors/refused';
import type { Tx } from '../../platform/prisma/transaction';
import { post } from '../ledger/ledger.public';
import { notify } from '../notification/notification.public';
import { lockInvoice, moveInvoice } from './invoice.repository';
import { MONEY_ROLES } from './money-roles';

/** The money of an invoice has arrived, in this transaction: the lab does not owe it any more. */
export async function settleInvoice(tx: Tx, invoiceId: string): Promise<void> {
  const invoice = await lockInvoice(tx.db, invoiceId);
  if (!invoice) throw new Error('a payment is for an invoice that is not there');
  const state = orRefuse(move(invoiceMachine, invoice.state, 'PAY'));
  const { labId, number, amountMinor, currency } = invoice;
  await post(tx, {
    key: `invoice:${invoiceId}:paid`,
    kind: 'invoice-paid',
    subjectType: 'invoice',
    subjectId: invoiceId,
    lines: invoicePaid(invoice),
  });
  if (!(await moveInvoice(tx.db, invoice, { state, paidAt: tx.now })))
    throw new Error('the invoice moved meanwhile');
  const facts = { amountMinor, currency };
  tx.record({ subjectType: 'invoice', subjectId: invoiceId, from: invoice.state, to: state, facts, labId });
  const amount = formatAmount({ minor: amountMinor, currency: currency as Currency });
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    {
      kind: 'INVOICE_PAID',
      title: `Invoice ${number} is paid`,
      body: `${amount} arrived. Thank you.`,
      link: '/lab/invoices',
    },
  );
}
