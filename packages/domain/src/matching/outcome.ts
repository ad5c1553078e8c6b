/** What can come of an expert's fit for an opening. */
export const OUTCOME_KINDS = [
  'SHOWN',
  'INVITED',
  'APPLIED',
  'ACCEPTED',
  'PASSED_OVER',
  'PASSED_REVIEW',
  'FAILED_REVIEW',
] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/**
 * How good an expert turned out for an opening, by what the lab did: 3 where work passed review, 2 where an offer was
 * accepted, 1 where they were invited, 0 where they were shown and no more. Work that failed review is worth an
 * invitation, no more; that somebody applied says what the expert wants, not what the lab does.
 */
export function gradeOf(kinds: ReadonlySet<OutcomeKind>): 0 | 1 | 2 | 3 {
  if (kinds.has('FAILED_REVIEW')) return 1;
  if (kinds.has('PASSED_REVIEW')) return 3;
  if (kinds.has('ACCEPTED')) return 2;
  return kinds.has('INVITED') ? 1 : 0;
}
