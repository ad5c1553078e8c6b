/** States of a line, as the expert reads them. */
export const LINE_STATES: Readonly<Record<string, string>> = {
  DRAFT: 'Not submitted',
  SUBMITTED: 'With the lab',
  QUESTIONED: 'The lab asks you',
  ANSWERED: 'Answered, with the lab',
  APPROVED: 'Approved',
};

/** States of a sheet, as the expert reads them. */
export const SHEET_STATES: Readonly<Record<string, string>> = {
  OPEN: 'Not submitted',
  SUBMITTED: 'With the lab',
  IN_REVIEW: 'The lab is at it',
  CHARGED: 'Settled',
};
