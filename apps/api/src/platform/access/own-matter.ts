import { Refused } from '../errors/refused';
import type { Person } from './actor';

/** Whom a decision is about: whose money, terms or standing it changes. Ids of an expert, a lab, an account. */
export interface Concerned {
  readonly expertId?: string | null;
  /** All its members are concerned. */
  readonly labId?: string | null;
  readonly accountId?: string | null;
}

/** True where a decision is about the person: about them as an expert, about their lab, or about their account. */
export function isOwnMatter(person: Person, { expertId, labId, accountId }: Concerned): boolean {
  return (
    (person.expertId !== undefined && person.expertId === expertId) ||
    (person.labId !== undefined && person.labId === labId) ||
    person.accountId === accountId
  );
}

/** Refuses with OWN_MATTER where a decision is about the person who takes it, whatever their role. */
export function refuseOwnMatter(person: Person, concerned: Concerned): void {
  if (isOwnMatter(person, concerned))
    throw new Refused('OWN_MATTER', 'Nobody decides on their own matter. Somebody else of the staff does.');
}
