import { Module } from '@nestjs/common';
import { PayoutJobs } from './payout.jobs';
import { PayoutQueries } from './payout.queries';
import { PayoutResolver } from './payout.resolver';
import { RunPayouts } from './use-cases/run-payouts';
import { SetUpAccount } from './use-cases/set-up-account';
import { TransferPayout } from './use-cases/transfer-payout';

@Module({
  providers: [PayoutResolver, PayoutQueries, PayoutJobs, RunPayouts, SetUpAccount, TransferPayout],
  exports: [RunPayouts, SetUpAccount],
})
export class PayoutModule {}
