import { Module } from '@nestjs/common';
import { BillingExports } from './billing.exports';
import { BillingJobs } from './billing.jobs';
import { BillingQueries } from './billing.queries';
import { BillingResolver } from './billing.resolver';
import { FundingResolver } from './funding.resolver';
import { TakeRateCheckResolver } from './take-rate-check.resolver';
import { TakeRateRunResolver } from './take-rate-run.resolver';
import { TakeRateResolver } from './take-rate.resolver';
import { CreateTakeRatePolicy } from './use-cases/create-take-rate-policy';
import { FollowDispute } from './use-cases/follow-dispute';
import { FollowPayment } from './use-cases/follow-payment';
import { FollowRefund } from './use-cases/follow-refund';
import { RecomputeFees } from './use-cases/recompute-fees';
import { RequestFunding } from './use-cases/request-funding';
import { RequestRefund } from './use-cases/request-refund';

const USE_CASES = [
  RequestFunding,
  RequestRefund,
  FollowPayment,
  FollowRefund,
  FollowDispute,
  CreateTakeRatePolicy,
  RecomputeFees,
];

@Module({
  providers: [
    BillingResolver,
    FundingResolver,
    TakeRateResolver,
    TakeRateCheckResolver,
    TakeRateRunResolver,
    BillingQueries,
    BillingJobs,
    BillingExports,
    ...USE_CASES,
  ],
  exports: [BillingQueries, RequestFunding, RequestRefund, FollowPayment, CreateTakeRatePolicy],
})
export class BillingModule {}
