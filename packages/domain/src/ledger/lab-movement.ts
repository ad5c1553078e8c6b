const WORDS: Readonly<Record<string, string>> = {
  'funding-cleared': 'A payment of yours arrived',
  'funding-arrived': 'A payment of yours arrived',
  'invoice-issued': 'Money given by invoice',
  'invoice-paid': 'An invoice was paid',
  'invoice-taken-back': 'An invoice was taken back',
  'invoice-void': 'An invoice was taken back',
  'line-charged': 'Work',
  'bonus-charged': 'A bonus',
  'charge-reversed': 'A charged line was taken back',
  'conversion-charged': 'A direct hire',
  'conversion-credited': 'Fees until the end of the work came off a direct hire',
  'refund-requested': 'Money that you took back',
  'refund-refused': 'Money that you took back did not go',
  'refund-withdrawn': 'Money that you took back, withdrawn',
  'refund-returned': 'Money that you took back came back',
  'dispute-lost': 'A disputed payment was lost',
  'dispute-repaid': 'What a lost dispute left you owing was paid',
  'dispute-written-off': 'What a lost dispute left you owing was waived',
};

/** What moved a lab's money, in the words of a page: a kind of ledger transaction. */
export function labMovementWords(kind: string): string {
  return WORDS[kind] ?? kind.replaceAll('-', ' ');
}
