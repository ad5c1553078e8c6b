/** How late an open invoice is, in words. */
export const INVOICE_AGES: readonly (readonly [string, string])[] = [
  ['NOT_DUE', 'Not due yet'],
  ['DAYS_1_30', '1 to 30 days late'],
  ['DAYS_31_60', '31 to 60 days late'],
  ['DAYS_61_90', '61 to 90 days late'],
  ['DAYS_OVER_90', 'More than 90 days late'],
];

/** Where an invoice stands, in words. */
export const INVOICE_STATES: readonly (readonly [string, string])[] = [
  ['OPEN', 'To be paid'],
  ['PAID', 'Paid'],
  ['VOID', 'Taken back'],
];

export const INVOICE_WORDS: ReadonlyMap<string, string> = new Map([...INVOICE_AGES, ...INVOICE_STATES]);

const MOVES: Readonly<Record<string, string>> = {
  'invoice-issued': 'Issued',
  'invoice-paid': 'Paid',
  'invoice-void': 'Taken back',
  'invoice-taken-back': 'Taken back',
  'funding-cleared': 'The payment arrived',
  'funding-arrived': 'The payment arrived',
  'funding-available': 'The payment can be spent at the rail',
};

/** A ledger transaction about an invoice, in words. */
export const invoiceMoveWords = (kind: string) => MOVES[kind] ?? kind.replaceAll('-', ' ');
