interface Standing {
  /** Of the tag, for its colour. */
  readonly state: 'PASS' | 'FAIL' | 'UNKNOWN';
  readonly text: string;
}

const FOR_EXPERT: Readonly<Record<string, Standing>> = {
  NO: { state: 'PASS', text: 'No conflict known' },
  CLEARED: { state: 'PASS', text: 'No conflict, the lab decided' },
  YES: { state: 'FAIL', text: 'A conflict, by what you declared' },
  RAISED: { state: 'FAIL', text: 'A conflict, the lab decided' },
  UNSETTLED: { state: 'UNKNOWN', text: 'A person at the lab decides' },
};
const FOR_LAB: Readonly<Record<string, Standing>> = {
  NO: { state: 'PASS', text: 'Not part of it, the expert says' },
  CLEARED: { state: 'PASS', text: 'No conflict, you decided' },
  YES: { state: 'FAIL', text: 'Part of it, the expert says' },
  RAISED: { state: 'FAIL', text: 'A conflict, you decided' },
  UNSETTLED: { state: 'UNKNOWN', text: 'Waits for you' },
};
const UNKNOWN: Standing = { state: 'UNKNOWN', text: 'Not settled' };

/** How a declaration stands, as its expert reads it. */
export const ownStanding = (code: string) => FOR_EXPERT[code] ?? UNKNOWN;
/** How a declaration stands, as the lab reads it. */
export const labStanding = (code: string) => FOR_LAB[code] ?? UNKNOWN;
