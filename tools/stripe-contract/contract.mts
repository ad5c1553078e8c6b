import type { Stripe } from 'stripe';

type List<T> = Stripe.ApiList<T>;

/** What the product and Stripe's own client ask of Stripe, in the types of the pinned SDK: what goes in, what comes out. */
export interface Contract {
  'POST /v1/payment_intents': { request: Stripe.PaymentIntentCreateParams; answer: Stripe.PaymentIntent };
  'POST /v1/payment_intents/:id/cancel': {
    request: Stripe.PaymentIntentCancelParams;
    answer: Stripe.PaymentIntent;
  };
  'GET /v1/payment_intents/:id': {
    request: Stripe.PaymentIntentRetrieveParams;
    answer: Stripe.PaymentIntent;
  };
  'GET /v1/payment_intents': {
    request: Stripe.PaymentIntentListParams;
    answer: List<Stripe.PaymentIntent>;
  };
  'GET /v1/charges/:id': { request: Stripe.ChargeRetrieveParams; answer: Stripe.Charge };
  'POST /v1/refunds': { request: Stripe.RefundCreateParams; answer: Stripe.Refund };
  'POST /v1/refunds/:id': { request: Stripe.RefundUpdateParams; answer: Stripe.Refund };
  'GET /v1/refunds/:id': { request: Stripe.RefundRetrieveParams; answer: Stripe.Refund };
  'GET /v1/refunds': { request: Stripe.RefundListParams; answer: List<Stripe.Refund> };
  'GET /v1/disputes': { request: Stripe.DisputeListParams; answer: List<Stripe.Dispute> };
  'GET /v1/disputes/:id': { request: Stripe.DisputeRetrieveParams; answer: Stripe.Dispute };
  'POST /v1/disputes/:id': { request: Stripe.DisputeUpdateParams; answer: Stripe.Dispute };
  'POST /v1/disputes/:id/close': { request: Stripe.DisputeCloseParams; answer: Stripe.Dispute };
  'POST /v1/transfers': { request: Stripe.TransferCreateParams; answer: Stripe.Transfer };
  'GET /v1/transfers/:id': { request: Stripe.TransferRetrieveParams; answer: Stripe.Transfer };
  'GET /v1/transfers': { request: Stripe.TransferListParams; answer: List<Stripe.Transfer> };
  'POST /v1/transfers/:id/reversals': {
    request: Stripe.TransferCreateReversalParams;
    answer: Stripe.TransferReversal;
  };
  'GET /v1/transfers/:id/reversals': {
    request: Stripe.TransferListReversalsParams;
    answer: List<Stripe.TransferReversal>;
  };
  'POST /v1/payouts': { request: Stripe.PayoutCreateParams; answer: Stripe.Payout };
  'POST /v1/payouts/:id': { request: Stripe.PayoutUpdateParams; answer: Stripe.Payout };
  'GET /v1/payouts/:id': { request: Stripe.PayoutRetrieveParams; answer: Stripe.Payout };
  'GET /v1/payouts': { request: Stripe.PayoutListParams; answer: List<Stripe.Payout> };
  'GET /v1/balance': { request: Stripe.BalanceRetrieveParams; answer: Stripe.Balance };
  'GET /v1/balance_settings': {
    request: Stripe.BalanceSettingsRetrieveParams;
    answer: Stripe.BalanceSettings;
  };
  'POST /v1/balance_settings': {
    request: Stripe.BalanceSettingsUpdateParams;
    answer: Stripe.BalanceSettings;
  };
  'GET /v1/balance_transactions/:id': {
    request: Stripe.BalanceTransactionRetrieveParams;
    answer: Stripe.BalanceTransaction;
  };
  'GET /v1/balance_transactions': {
    request: Stripe.BalanceTransactionListParams;
    answer: List<Stripe.BalanceTransaction>;
  };
  'GET /v1/events/:id': { request: Stripe.EventRetrieveParams; answer: Stripe.EventBase };
  'GET /v1/events': { request: Stripe.EventListParams; answer: List<Stripe.EventBase> };
  'POST /v1/customers': { request: Stripe.CustomerCreateParams; answer: Stripe.Customer };
  'GET /v1/customers/:id': { request: Stripe.CustomerRetrieveParams; answer: Stripe.Customer };
  'POST /v1/customers/:id/funding_instructions': {
    request: Stripe.CustomerCreateFundingInstructionsParams;
    answer: Stripe.FundingInstructions;
  };
  'POST /v1/test_helpers/customers/:id/fund_cash_balance': {
    request: Parameters<Stripe['testHelpers']['customers']['fundCashBalance']>[1];
    answer: Stripe.CustomerCashBalanceTransaction;
  };
  'POST /v1/payment_methods/:id/attach': {
    request: Stripe.PaymentMethodAttachParams;
    answer: Stripe.PaymentMethod;
  };
  'POST /v1/invoiceitems': { request: Stripe.InvoiceItemCreateParams; answer: Stripe.InvoiceItem };
  'POST /v1/invoices': { request: Stripe.InvoiceCreateParams; answer: Stripe.Invoice };
  'GET /v1/invoices/:id': { request: Stripe.InvoiceRetrieveParams; answer: Stripe.Invoice };
  'GET /v1/invoices/:id/lines': {
    request: NonNullable<Parameters<Stripe['invoices']['listLineItems']>[1]>;
    answer: List<Stripe.InvoiceLineItem>;
  };
  'POST /v1/invoices/:id/finalize': { request: Stripe.InvoiceFinalizeInvoiceParams; answer: Stripe.Invoice };
  'POST /v1/invoices/:id/send': { request: Stripe.InvoiceSendInvoiceParams; answer: Stripe.Invoice };
  'POST /v1/invoices/:id/pay': { request: Stripe.InvoicePayParams; answer: Stripe.Invoice };
  'POST /v1/accounts': { request: Stripe.AccountCreateParams; answer: Stripe.Account };
  'GET /v1/accounts/:id/external_accounts': {
    request: Stripe.AccountListExternalAccountsParams;
    answer: List<Stripe.BankAccount>;
  };
  'POST /v1/accounts/:id': { request: Stripe.AccountUpdateParams; answer: Stripe.Account };
  'POST /v2/core/accounts': { request: Stripe.V2.Core.AccountCreateParams; answer: Stripe.V2.Core.Account };
  'GET /v2/core/accounts/:id': {
    request: Stripe.V2.Core.AccountRetrieveParams;
    answer: Stripe.V2.Core.Account;
  };
  'POST /v2/core/account_links': {
    request: Stripe.V2.Core.AccountLinkCreateParams;
    answer: Stripe.V2.Core.AccountLink;
  };
}
