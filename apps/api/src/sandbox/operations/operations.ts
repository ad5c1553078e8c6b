import { sumsOf } from '../balance';
import type { Body, Books } from '../store';
import {
  createAccountLink,
  createOldAccount,
  createRecipient,
  externalAccounts,
  retrieveRecipient,
  updateOldAccount,
} from './accounts';
import { balanceSettings, changeBalanceSettings } from './balance-settings';
import { annotate, listed, retrieve, type Operation, type ReadCall } from './call';
import { attachMethod, createCustomer, fundCashBalance, fundingInstructions } from './customers';
import { acceptDispute } from './disputes';
import { eventsOf, retrieveEvent } from './events';
import {
  createInvoice,
  createInvoiceItem,
  finalizeInvoice,
  linesOf,
  payInvoice,
  sendInvoice,
} from './invoices';
import { cancelPayment, createPayment } from './payments';
import { createPayout } from './payouts';
import { createRefund } from './refunds';
import { createTransfer, reversalsOf, reverseTransfer } from './transfers';

/** Every operation that the sandbox has, in Stripe's addresses and shapes; what each takes and answers is in the contract. */
export const OPERATIONS: Record<string, Operation> = {
  'POST /v1/payment_intents': createPayment,
  'POST /v1/payment_intents/:id/cancel': cancelPayment,
  'GET /v1/payment_intents/:id': retrieve('payment_intent'),
  'GET /v1/payment_intents': listed('payment_intent', ['customer']),
  'GET /v1/charges/:id': retrieve('charge'),
  'POST /v1/refunds': createRefund,
  'POST /v1/refunds/:id': annotate('refund', 'refund.updated'),
  'GET /v1/refunds/:id': retrieve('refund'),
  'GET /v1/refunds': listed('refund', ['payment_intent', 'charge']),
  'GET /v1/disputes': listed('dispute', ['payment_intent', 'charge']),
  'GET /v1/disputes/:id': retrieve('dispute'),
  'POST /v1/disputes/:id': annotate('dispute', 'charge.dispute.updated'),
  'POST /v1/disputes/:id/close': acceptDispute,
  'POST /v1/transfers': createTransfer,
  'GET /v1/transfers/:id': retrieve('transfer'),
  'GET /v1/transfers': listed('transfer', ['transfer_group', 'destination']),
  'POST /v1/transfers/:id/reversals': reverseTransfer,
  'GET /v1/transfers/:id/reversals': reversalsOf,
  'POST /v1/payouts': createPayout,
  'POST /v1/payouts/:id': annotate('payout', 'payout.updated'),
  'GET /v1/payouts/:id': retrieve('payout'),
  'GET /v1/payouts': listed('payout', ['status', 'destination']),
  'GET /v1/balance': balance,
  'GET /v1/balance_settings': balanceSettings,
  'POST /v1/balance_settings': changeBalanceSettings,
  'GET /v1/balance_transactions/:id': retrieve('balance_transaction'),
  'GET /v1/balance_transactions': listed('balance_transaction', ['currency', 'payout', 'source', 'type']),
  'GET /v1/events/:id': retrieveEvent,
  'GET /v1/events': eventsOf,
  'POST /v1/customers': createCustomer,
  'GET /v1/customers/:id': retrieve('customer'),
  'POST /v1/customers/:id/funding_instructions': fundingInstructions,
  'POST /v1/test_helpers/customers/:id/fund_cash_balance': fundCashBalance,
  'POST /v1/payment_methods/:id/attach': attachMethod,
  'POST /v1/invoiceitems': createInvoiceItem,
  'POST /v1/invoices': createInvoice,
  'GET /v1/invoices/:id': retrieve('invoice'),
  'GET /v1/invoices/:id/lines': linesOf,
  'POST /v1/invoices/:id/finalize': finalizeInvoice,
  'POST /v1/invoices/:id/send': sendInvoice,
  'POST /v1/invoices/:id/pay': payInvoice,
  'POST /v1/accounts': createOldAccount,
  'GET /v1/accounts/:id/external_accounts': externalAccounts,
  'POST /v1/accounts/:id': updateOldAccount,
  'POST /v2/core/accounts': createRecipient,
  'GET /v2/core/accounts/:id': retrieveRecipient,
  'POST /v2/core/account_links': createAccountLink,
};

async function balance(books: Books, { account }: ReadCall): Promise<Body> {
  const sums = [...(await sumsOf(books, account))];
  const side = (pick: 'available' | 'pending') =>
    sums.map(([currency, each]) => ({ amount: Number(each[pick]), currency, source_types: {} }));
  return { object: 'balance', livemode: false, available: side('available'), pending: side('pending') };
}
