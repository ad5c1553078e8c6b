/** States of a disputed payment, in words. */
export const DISPUTE_STATES: readonly (readonly [string, string])[] = [
  ['INQUIRY', 'A question of the bank'],
  ['OPEN', 'The bank looks at it'],
  ['WON', 'Won'],
  ['LOST', 'Lost'],
  ['INQUIRY_CLOSED', 'The question ended'],
];
export const DISPUTE_WORDS = new Map(DISPUTE_STATES);

const TAGS: Readonly<Record<string, string>> = {
  INQUIRY: 'WAITING',
  OPEN: 'PROCESSING',
  WON: 'SUCCEEDED',
  LOST: 'FAILED',
};

/** The state whose colour fits a dispute's. */
export const tagOf = (state: string) => TAGS[state] ?? state;

const RAIL: Readonly<Record<string, string>> = {
  needs_response: 'The bank waits for evidence',
  under_review: 'The bank reads the evidence',
  warning_needs_response: 'The bank asks a question',
  warning_under_review: 'The bank reads the answer',
  warning_closed: 'The question ended without a dispute',
  prevented: 'It was prevented',
  won: 'The bank decided for the payment',
  lost: 'The bank decided against the payment',
};

/** What the rail says of a dispute, in words. */
export const railWords = (status: string) => RAIL[status] ?? status.replaceAll('_', ' ');

const MESSAGES: Readonly<Record<string, string>> = {
  'charge.dispute.created': 'It was opened',
  'charge.dispute.updated': 'It was updated',
  'charge.dispute.funds_withdrawn': 'The money was taken from the balance',
  'charge.dispute.funds_reinstated': 'The money came back',
  'charge.dispute.closed': 'It was closed',
};

/** A message of the rail, in words. */
export const messageWords = (type: string) => MESSAGES[type] ?? type;

const MOVES: Readonly<Record<string, string>> = {
  'dispute-lost': 'Lost: owed by the lab',
  'dispute-repaid': 'Paid by the lab',
  'dispute-written-off': 'Written off',
};

/** A ledger transaction of a dispute, in words; what the bank moves goes either way. */
export function moveWords(kind: string, debit: string): string {
  if (kind !== 'dispute-moved') return MOVES[kind] ?? kind;
  return debit.startsWith('dispute_clearing') ? 'Taken by the bank' : 'Given back by the bank';
}
