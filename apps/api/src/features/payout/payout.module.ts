import { Module } from '@nestjs/common';
import { GateQueries } from './gate.queries';
import { GateResolver } from './gate.resolver';
import { BillingModule } from '../billing/billing.module';
import { ExpertModule } from '../expert/expert.module';
import { EarningsController } from './earnings.controller';
import { EarningsStatementQueries } from './earnings-statement.queries';
import { Gates } from './gates';
import { PayoutExports } from './payout.exports';
import { PayoutCalendars } from './payout-calendar';
import { PayoutJobs } from './payout.jobs';
import { PayoutQueries } from './payout.queries';
import { PayoutResolver } from './payout.resolver';
import { RailBalance } from './rail-balance';
import { RailHolds } from './rail-holds';
import { RunDetailQueries } from './run-detail.queries';
import { RunDetailResolver } from './run-detail.resolver';
import { AskGatesAgain } from './use-cases/ask-gates-again';
import { FollowPayout } from './use-cases/follow-payout';
import { HoldPayouts } from './use-cases/hold-payouts';
import { LookAtBanks } from './use-cases/look-at-banks';
import { MoveAccount } from './use-cases/move-account';
import { OpenBankDetails } from './use-cases/open-bank-details';
import { PayOut } from './use-cases/pay-out';
import { RunPayouts } from './use-cases/run-payouts';
import { SendApproved } from './use-cases/send-approved';
import { SendToBanks } from './use-cases/send-to-banks';
import { SetUpAccount } from './use-cases/set-up-account';
import { SignTaxForm } from './use-cases/sign-tax-form';
import { TakeBackCharge } from './use-cases/take-back-charge';
import { ThrowSwitch } from './use-cases/throw-switch';
import { TransferPayouts } from './use-cases/transfer-payouts';
import { WriteOffOwed } from './use-cases/write-off-owed';

const USE_CASES = [
  RunPayouts,
  PayOut,
  SendApproved,
  HoldPayouts,
  SignTaxForm,
  AskGatesAgain,
  TakeBackCharge,
  WriteOffOwed,
  ThrowSwitch,
  SetUpAccount,
  MoveAccount,
  OpenBankDetails,
  LookAtBanks,
  TransferPayouts,
  SendToBanks,
  FollowPayout,
];

@Module({
  imports: [ExpertModule, BillingModule],
  controllers: [EarningsController],
  providers: [
    PayoutResolver,
    PayoutQueries,
    PayoutJobs,
    PayoutExports,
    GateResolver,
    GateQueries,
    RunDetailResolver,
    RunDetailQueries,
    EarningsStatementQueries,
    Gates,
    PayoutCalendars,
    RailBalance,
    RailHolds,
    ...USE_CASES,
  ],
  exports: [PayoutQueries, ...USE_CASES],
})
export class PayoutModule {}
