export { RunPayouts } from './use-cases/run-payouts';
export { SendToBanks } from './use-cases/send-to-banks';
export { SetUpAccount } from './use-cases/set-up-account';
export { TransferPayouts } from './use-cases/transfer-payouts';
export { PayoutQueries } from './payout.queries';
