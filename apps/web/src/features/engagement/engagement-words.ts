/** The states of an engagement in words. */
export const ENGAGEMENT_WORDS: Readonly<Record<string, string>> = {
  ACTIVE: 'Running',
  BLOCKED_FUNDING: 'No money for the week',
  NOTICE: 'Notice given',
  ENDED: 'Ended',
};

/** The states of a week's money in words. */
export const HOLD_WORDS: Readonly<Record<string, string>> = {
  HELD: 'Held',
  FAILED: 'Not held',
  SETTLED: 'Settled',
};
