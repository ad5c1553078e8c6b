export { RunPayouts } from './use-cases/run-payouts';
export { SetUpAccount } from './use-cases/set-up-account';
