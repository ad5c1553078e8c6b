export {
  availableMinor,
  balancesOf,
  balancesOfOwner,
  currenciesOfKind,
  InsufficientBalance,
  owedAccounts,
  post,
  postAll,
  tryPost,
  type Balance,
  type LedgerFact,
  type LedgerLine,
  type OwedAccount,
  type Posted,
} from './ledger.repository';
export { LedgerQueries } from './ledger.queries';
