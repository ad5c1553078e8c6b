/** The states of a week as its lab reads them. */
export const WEEK_WORDS: Readonly<Record<string, string>> = {
  SUBMITTED: 'Waits for you',
  IN_REVIEW: 'In review',
  CHARGED: 'Charged',
};

/** The states of a line as its lab reads them. */
export const LINE_WORDS: Readonly<Record<string, string>> = {
  SUBMITTED: 'Waits for you',
  QUESTIONED: 'You asked; waits for the expert',
  ANSWERED: 'Answered; waits for you',
  APPROVED: 'Approved',
  VOIDED: 'Taken out',
};
