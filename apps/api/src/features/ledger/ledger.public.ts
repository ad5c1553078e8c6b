export {
  CreditLimit,
  InsufficientBalance,
  post,
  postAll,
  reverse,
  setCeiling,
  tryPost,
  type LedgerFact,
  type Posted,
} from './ledger.repository';
export {
  availableMinor,
  balancesOf,
  balancesOfOwner,
  currenciesOfKind,
  owedAccounts,
  type Balance,
  type OwedAccount,
} from './balance.repository';
export {
  lastOfExperts,
  movementsOwed,
  owedBefore,
  owedSince,
  sentByYear,
  writtenOffOwed,
  type Movement,
} from './movement.repository';
export {
  countLabMovements,
  labMovements,
  labStandings,
  type LabMovement,
  type LabMovementFilter,
  type LabStanding,
} from './lab-movement.repository';
export { LedgerExport } from './export.queries';
export { LedgerQueries } from './ledger.queries';
export { KeepMovements } from './use-cases/keep-movements';
