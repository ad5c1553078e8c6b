import { Module } from '@nestjs/common';
import { Gates } from './gates';
import { PayoutJobs } from './payout.jobs';
import { PayoutQueries } from './payout.queries';
import { PayoutResolver } from './payout.resolver';
import { FollowPayout } from './use-cases/follow-payout';
import { RunPayouts } from './use-cases/run-payouts';
import { SetUpAccount } from './use-cases/set-up-account';
import { TransferPayout } from './use-cases/transfer-payout';

const USE_CASES = [RunPayouts, SetUpAccount, TransferPayout, FollowPayout];

@Module({
  providers: [PayoutResolver, PayoutQueries, PayoutJobs, Gates, ...USE_CASES],
  exports: [PayoutQueries, ...USE_CASES],
})
export class PayoutModule {}
