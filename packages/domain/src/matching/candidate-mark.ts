/** What a lab marks an expert with for one opening, before anybody is asked. */
export const CANDIDATE_MARKS = ['KEPT', 'PASSED_OVER'] as const;
export type CandidateMarkKind = (typeof CANDIDATE_MARKS)[number];

/** Why a lab passes somebody over: about the work, never about the person. */
export const PASS_REASONS = {
  OTHER_FIELD: 'Works in another field',
  TOO_LITTLE_DEPTH: 'Too little shown of this work',
  TOO_JUNIOR: 'More experience is needed',
  TOO_SENIOR: 'The work is below their level',
  TIME: 'Hours or time zone do not suit',
  ENOUGH_ALREADY: 'Enough others are kept',
  OTHER: 'Another reason, in the note',
} as const;
export type PassReason = keyof typeof PASS_REASONS;
