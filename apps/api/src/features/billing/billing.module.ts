import { Module } from '@nestjs/common';
import { BillingJobs } from './billing.jobs';
import { BillingQueries } from './billing.queries';
import { BillingResolver } from './billing.resolver';
import { FollowPayment } from './use-cases/follow-payment';
import { RequestFunding } from './use-cases/request-funding';
import { SetTakeRate } from './use-cases/set-take-rate';

@Module({
  providers: [BillingResolver, BillingQueries, BillingJobs, RequestFunding, FollowPayment, SetTakeRate],
  exports: [BillingQueries, RequestFunding, FollowPayment],
})
export class BillingModule {}
