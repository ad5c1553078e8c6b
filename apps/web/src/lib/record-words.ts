import { words } from './words';

const COMMANDS: Readonly<Record<string, string>> = {
  'approve-lines': 'Lines approved',
  'begin-payout-run': 'Payout run begun',
  'finish-payout-run': 'Payout run finished',
  'follow-payment': 'Payment followed at the rail',
  'follow-payout': 'Payout followed at the rail',
  'follow-recipient': 'Payout account followed at the rail',
  'follow-refund': 'Refund followed at the rail',
  'follow-dispute': 'Dispute followed at the rail',
  'write-off-dispute': 'Writing off a dispute asked for',
  'reconcile-rail': 'Rail compared with the ledger',
  'take-break': 'Difference looked after',
  'assign-break': 'Difference given to somebody',
  'note-break': 'Note about a difference',
  'resolve-break': 'Difference ended',
  'handle-rail-event': 'Message of the rail handled',
  'receive-rail-event': 'Message of the rail received',
  'open-week': 'Week opened and its money held',
  'retry-hold': 'Holding the money tried again',
  'settle-week': 'Week settled, the rest of its money freed',
  'silence-approves': 'Lines approved by silence',
  'propose-seats': 'Seats asked to be proposed',
  'compute-seats': 'Seats proposed',
  'confirm-seats': 'Seats confirmed',
  'add-match-model': 'Model of matching added',
  'ask-for-match-model': 'Model of matching asked for',
  'go-back-to-match-model': 'Back to a model of matching',
  'follow-release': 'Model of matching that a release brings',
  'note-seat-offer': 'Outcome of an offer for a seat noted',
  'prove-books': 'Books proven',
  'add-credential': 'Credential claimed',
  'change-credential': 'Credential submitted, appealed or withdrawn',
  'decide-credential': 'Credential decided',
  'suspend-expert': 'Expert suspended',
  'lift-suspension': 'Suspension lifted',
  'uphold-suspension': 'Suspension upheld after an appeal',
  'appeal-suspension': 'Suspension appealed against',
  'run-suspensions': 'Suspension in force, or ended for want of a decision',
  'ask-gates': 'Gates of work asked',
  'stop-credential': 'Credential suspended or revoked',
  'add-evidence': 'Evidence added',
  'expire-credentials': 'Credentials checked for their end',
  'vet-lab': 'Lab vetted or refused',
  'create-take-rate-policy': 'Take rate set',
  'hire-directly': 'Hired directly',
  'publish-conversion-schedule': 'Schedule of direct hiring published',
  'recompute-fees': 'All fees worked out again',
  'grant-staff-role': 'Staff role given, or asked for',
  'request-payout': 'Payout asked for',
  'open-transfer': 'Gates asked again before the rail',
  'stop-payouts': 'All payouts stopped',
  'ask-to-open-payouts': 'Opening of payouts asked for',
  'hold-payouts': 'Payouts of an expert held',
  'release-hold': 'Hold on payouts released',
  'sign-tax-form': 'Tax form signed',
  'know-customer': 'Made known to the payment provider',
  'ask-gates-again': 'Gates asked again',
  'write-off-owed': 'Writing off what an expert owes asked for',
  'follow-bank-account': 'Bank account followed at the rail',
  'decide-approval': 'Approval given or declined',
  'refuse-own-approval': 'Own request, not allowed to decide',
  'save-view': 'View of a list saved',
  'change-view': 'Saved view changed',
  'forget-view': 'Saved view forgotten',
  'export-list': 'List taken away',
  'execute-approval': 'Approved thing done',
  'expire-approval': 'Request for approval lapsed',
  'transfer-payout': 'Payout handed to the rail',
  'request-funding': 'Funds added',
  'request-refund': 'Refund asked for',
  'withdraw-refund': 'Refund withdrawn',
  'set-credit-terms': 'Credit terms set',
  'add-purchase-order': 'Purchase order added',
  'issue-invoice': 'Invoice issued',
  'pay-invoice': 'Invoice to be paid',
  'void-invoice': 'Invoice taken back',
  'remind-invoice': 'Reminded of an invoice',
  'volunteer-group': 'Group volunteered, for counting alone',
  'withdraw-group': 'Volunteered group withdrawn and erased',
  'save-search': 'Search saved',
  'change-search': 'Saved search changed',
  'forget-search': 'Saved search deleted',
  'set-mail-setting': 'Emails chosen',
  unsubscribe: 'Emails ended by their own address',
  'sign-in': 'Signed in',
  'sign-out': 'Signed out',
  'sign-up': 'Account created',
  'create-lab': 'Lab created',
  'edit-vetting': 'Details corrected',
};

const ACCOUNT_KINDS: Readonly<Record<string, string>> = {
  lab_prepaid: 'Money that a lab has put in',
  work_reserve: 'Reserved for weeks of work',
  expert_payable: 'Owed to an expert',
  platform_fee: 'Kept by the platform',
  rail_available: 'Money at the bank (rail)',
  rail_pending: 'On its way to the bank (rail)',
  refund_clearing: 'Refunds on their way back',
  lab_receivable: 'Owed by a lab',
  expert_receivable: 'Owed by an expert',
  bank: 'Money at the bank',
  rail_fee_expense: 'Fees of the rail',
  dispute_clearing: 'Disputed payments',
  dispute_loss: 'Lost to disputes',
  reversal_loss: 'Lost to lines that were taken back',
  tax_withheld: 'Taxes kept back',
  unapplied_cash: 'Money that nobody has claimed',
  rounding: 'Rounding',
};

const TRANSACTION_KINDS: Readonly<Record<string, string>> = {
  'funding-cleared': 'Funds arrived',
  'funding-arrived': 'Funds arrived, not available yet',
  'funding-available': 'Funds became available',
  'refund-returned': 'Refund came back',
  'dispute-moved': 'Dispute moved money at the bank',
  'dispute-lost': 'Dispute lost',
  'dispute-repaid': 'Lost dispute paid by the lab',
  'week-held': 'Week held',
  'hold-released': 'Hold given back',
  'line-charged': 'Line charged',
  'bonus-charged': 'Bonus charged',
  'charge-reversed': 'Charge taken back',
  'conversion-charged': 'Direct hire charged',
  'payout-transferred': 'Paid out',
  'payout-fee': 'Fee of a payout',
  'rail-fee': 'Fee of the rail',
  'payout-returned': 'Payout came back',
  'invoice-issued': 'Invoice issued',
  'invoice-paid': 'Invoice paid',
  'invoice-taken-back': 'Invoice taken back',
  'refund-requested': 'Refund asked for',
  'refund-sent': 'Refund sent',
  'refund-refused': 'Refund refused, money back in the balance',
  'refund-withdrawn': 'Refund withdrawn, money back in the balance',
  'reversal-carried': 'What was paid out of a line taken back',
  'reversal-settled': 'Earnings settled what was taken back',
  'owed-written-off': 'What an expert owed written off',
};

const PAYOUT_STATES: Readonly<Record<string, string>> = {
  GATED: 'Waits at a gate',
  REQUESTED: 'Asked for',
  UNKNOWN: 'No answer yet',
  IN_TRANSIT: 'On its way to the bank',
  PAID: 'In the bank',
  FAILED: 'Refused',
  RETURNED: 'Came back',
  CANCELLED: 'Cancelled',
};

/** What the journal says of a payout, or of the account that is paid, that is no state of it. */
const PAYOUT_NEWS: Readonly<Record<string, string>> = {
  SENT_TO_BANK: 'Sent on to the bank',
  NOT_SENT_ON: 'Not sent on to the bank',
  SENT_BY_RAIL: 'Sent by the payment provider, asked for by nobody here',
};

const plain = (code: string) => words(code.replaceAll(/[-.]/g, '_'));

/** What was done, in words: `vet-lab` reads “Lab vetted or refused”. */
export const commandWords = (command: string) => COMMANDS[command] ?? plain(command);

/** A kind of thing in words: `engagement-week` reads “Engagement week”. */
export const subjectWords = plain;

/** A kind of account of the ledger in words. */
export const accountKindWords = (kind: string) => ACCOUNT_KINDS[kind] ?? plain(kind);

/** A kind of ledger transaction in words. */
export const transactionWords = (kind: string) => TRANSACTION_KINDS[kind] ?? plain(kind);

/** The state of a payout in words. */
export const payoutWords = (state: string) => PAYOUT_STATES[state] ?? PAYOUT_NEWS[state] ?? words(state);

/** All that a filter can ask for, with what it reads as. */
export const ACCOUNT_KIND_OPTIONS = Object.entries(ACCOUNT_KINDS);
export const COMMAND_OPTIONS = Object.entries(COMMANDS).toSorted(([, a], [, b]) => a.localeCompare(b));
export const PAYOUT_STATE_OPTIONS = Object.entries(PAYOUT_STATES);

/** The parts of an account's code, `kind:owner:currency`. */
export function accountParts(code: string): { kind: string; owner: string; currency: string } {
  const [kind = '', owner = '', currency = ''] = code.split(':');
  return { kind, owner, currency };
}
