export { resolveTakeRateFor, type ResolvedTakeRate } from './take-rates';
export { holdWeek, releaseHold, type WeekHold } from './holds';
export { chargeLine, type ApprovedLine } from './charge-line';
export { chargesOfEntries, listCharges, type ChargeRecord } from './billing.repository';
export { RequestFunding } from './use-cases/request-funding';
export { FollowPayment } from './use-cases/follow-payment';
