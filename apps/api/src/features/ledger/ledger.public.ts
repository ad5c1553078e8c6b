export {
  accountCode,
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
