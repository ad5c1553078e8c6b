export {
  availableMinor,
  balancesOf,
  balancesOfOwner,
  balancesOfKind,
  InsufficientBalance,
  post,
  tryPost,
  type Balance,
  type LedgerFact,
  type LedgerLine,
  type Posted,
} from './ledger.repository';
export { LedgerQueries } from './ledger.queries';
