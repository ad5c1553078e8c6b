export { RunPayouts } from './use-cases/run-payouts';
export { SetUpAccount } from './use-cases/set-up-account';
export { TransferPayout } from './use-cases/transfer-payout';
export { PayoutQueries } from './payout.queries';
