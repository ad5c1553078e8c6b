import { likenessOf, organisationName } from './organisation-likeness';

/** What an expert's words on who owns an organisation say of another one that a lab named; UNSETTLED is for a person at the lab. */
export type ConflictAnswer = 'NO' | 'YES' | 'UNSETTLED';
/** How it stands with the two: as the expert answered, or as a person at the lab decided since. */
export type ConflictStanding = ConflictAnswer | 'CLEARED' | 'RAISED';

/**
 * What it means for a lab's competitor to whom an organisation belongs, or under which other names it goes: YES where it is one of them,
 * NO where none is even alike, and UNSETTLED where one is only alike: no machine decides on that.
 * @param belongsTo names that the expert gave; none where the organisation stands alone
 */
export function conflictAnswer(competitor: string, belongsTo: readonly string[]): ConflictAnswer {
  const named = organisationName(competitor);
  const found = belongsTo.map((name) => likenessOf(organisationName(name), named));
  if (found.includes('SAME')) return 'YES';
  return found.includes('ALIKE') ? 'UNSETTLED' : 'NO';
}
