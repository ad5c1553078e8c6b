export {
  resolveTakeRateFor,
  resolveTakeRateForAll,
  resolveTakeRatesFor,
  type ResolvedTakeRate,
} from './take-rates';
export { holdWeek, releaseHold, type WeekHold } from './holds';
export {
  chargeBonuses,
  chargeLine,
  type ApprovedLine,
  type BonusLine,
  type StandingHold,
} from './charge-line';
export { mustBeUndisputed, weeksStoppedBy } from './undisputed';
export { takenBackAlone } from './reversal.repository';
export { reversalOf, reverseCharge, workOutReversal, type WorkedReversal } from './reverse-charge';
export { MONEY_ROLES } from './money-roles';
export {
  chargesBetween,
  chargesOfEntries,
  keptOfPair,
  listCharges,
  payChargedSince,
  sumCharges,
  type ChargeFilter,
  type ChargeRecord,
} from './charge.repository';
export { chargeOf } from './graphql/billing.shapes';
export { halfLines, signedWeeks, type SignedWeekRecord } from './signed-week.repository';
export { newest, sha256Hex, SignWeeks } from './use-cases/sign-weeks';
export { StatementKey } from './statement-key';
export { BillingQueries } from './billing.queries';
export { RequestFunding } from './use-cases/request-funding';
export { RequestRefund } from './use-cases/request-refund';
export { FollowPayment } from './use-cases/follow-payment';
export { CreateTakeRatePolicy } from './use-cases/create-take-rate-policy';
export { sendCsv, sendPdf, STATEMENT_DAYS } from './statement-files';
