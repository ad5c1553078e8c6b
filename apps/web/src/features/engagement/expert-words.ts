/** States of an engagement, as the expert reads them. */
export const ENGAGEMENT_STATES: Readonly<Record<string, string>> = {
  ACTIVE: 'Runs',
  BLOCKED_FUNDING: 'Waits for the lab’s money',
  NOTICE: 'Notice was given',
  ENDED: 'Ended',
};

/** States of a week's money. */
export const HOLD_STATES: Readonly<Record<string, string>> = {
  HELD: 'Held',
  FAILED: 'Not held',
  SETTLED: 'Settled',
  NOT_DUE: 'Not due yet',
  NO_WORK: 'No work',
  STOPPED: 'Not held',
};
