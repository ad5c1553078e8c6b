import { Module } from '@nestjs/common';
import { BillingExports } from './billing.exports';
import { BillingJobs } from './billing.jobs';
import { BillingQueries } from './billing.queries';
import { BillingResolver } from './billing.resolver';
import { ChargeReasonResolver } from './charge-reason.resolver';
import { DisputeQueries } from './dispute.queries';
import { DisputeResolver } from './dispute.resolver';
import { FundingResolver } from './funding.resolver';
import { InvoiceAuditResolver } from './invoice-audit.resolver';
import { InvoiceController } from './invoice.controller';
import { InvoiceQueries } from './invoice.queries';
import { InvoiceResolver } from './invoice.resolver';
import { LabMoneyController } from './lab-money.controller';
import { LabMoneyFiles } from './lab-money-files';
import { LabMoneyQueries } from './lab-money.queries';
import { LabMoneyResolver } from './lab-money.resolver';
import { StatementKey } from './statement-key';
import { TakeRateCheckResolver } from './take-rate-check.resolver';
import { TakeRateRunResolver } from './take-rate-run.resolver';
import { TakeRateResolver } from './take-rate.resolver';
import { AddPurchaseOrder } from './use-cases/add-purchase-order';
import { CreateTakeRatePolicy } from './use-cases/create-take-rate-policy';
import { FollowDispute } from './use-cases/follow-dispute';
import { FollowPayment } from './use-cases/follow-payment';
import { FollowRefund } from './use-cases/follow-refund';
import { RecomputeFees } from './use-cases/recompute-fees';
import { IssueInvoice } from './use-cases/issue-invoice';
import { PayInvoice } from './use-cases/pay-invoice';
import { RemindInvoices } from './use-cases/remind-invoices';
import { RequestFunding } from './use-cases/request-funding';
import { RequestRefund } from './use-cases/request-refund';
import { SettleDebts } from './use-cases/settle-debts';
import { SignWeeks } from './use-cases/sign-weeks';
import { SetCreditTerms } from './use-cases/set-credit-terms';
import { VoidInvoice } from './use-cases/void-invoice';
import { WithdrawRefund } from './use-cases/withdraw-refund';
import { WriteOffDispute } from './use-cases/write-off-dispute';

const USE_CASES = [
  RequestFunding,
  RequestRefund,
  WithdrawRefund,
  FollowPayment,
  FollowRefund,
  FollowDispute,
  WriteOffDispute,
  CreateTakeRatePolicy,
  RecomputeFees,
  SettleDebts,
  SignWeeks,
];

const INVOICES = [SetCreditTerms, AddPurchaseOrder, IssueInvoice, PayInvoice, VoidInvoice, RemindInvoices];

@Module({
  controllers: [InvoiceController, LabMoneyController],
  providers: [
    InvoiceResolver,
    InvoiceAuditResolver,
    InvoiceQueries,
    ...INVOICES,
    BillingResolver,
    ChargeReasonResolver,
    FundingResolver,
    LabMoneyResolver,
    LabMoneyQueries,
    LabMoneyFiles,
    DisputeResolver,
    DisputeQueries,
    TakeRateResolver,
    TakeRateCheckResolver,
    TakeRateRunResolver,
    BillingQueries,
    BillingJobs,
    BillingExports,
    StatementKey,
    ...USE_CASES,
  ],
  exports: [
    BillingQueries,
    RequestFunding,
    RequestRefund,
    FollowPayment,
    CreateTakeRatePolicy,
    SignWeeks,
    StatementKey,
  ],
})
export class BillingModule {}
