import { Module } from '@nestjs/common';
import { Gates } from './gates';
import { PayoutExports } from './payout.exports';
import { PayoutCalendars } from './payout-calendar';
import { PayoutJobs } from './payout.jobs';
import { PayoutQueries } from './payout.queries';
import { PayoutResolver } from './payout.resolver';
import { RailBalance } from './rail-balance';
import { FollowPayout } from './use-cases/follow-payout';
import { PayOut } from './use-cases/pay-out';
import { RunPayouts } from './use-cases/run-payouts';
import { SetUpAccount } from './use-cases/set-up-account';
import { TransferPayouts } from './use-cases/transfer-payouts';

const USE_CASES = [RunPayouts, PayOut, SetUpAccount, TransferPayouts, FollowPayout];

@Module({
  providers: [
    PayoutResolver,
    PayoutQueries,
    PayoutJobs,
    PayoutExports,
    Gates,
    PayoutCalendars,
    RailBalance,
    ...USE_CASES,
  ],
  exports: [PayoutQueries, ...USE_CASES],
})
export class PayoutModule {}
