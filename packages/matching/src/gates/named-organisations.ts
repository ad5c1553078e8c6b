import { organisationKey, organisationName, type OrganisationName } from '@tallystick/domain';
import type { DeclaredConflict } from '../documents';

/** Names of organisations, made ready once: the same employers come in many openings' lists. */
const known = new Map<string, OrganisationName>();
/** So many are kept, some 2 kB each. */
const MOST_KNOWN = 20_000;

export function knownOrganisation(name: string): OrganisationName {
  const kept = known.get(name);
  if (kept) return kept;
  if (known.size >= MOST_KNOWN) known.clear();
  const made = organisationName(name);
  known.set(name, made);
  return made;
}

/** By what a declaration is found again: the lab that asked, and the two names however they are written. */
export function declarationKey({
  labId,
  organisation,
  competitor,
}: Pick<DeclaredConflict, 'labId' | 'organisation' | 'competitor'>): string {
  return `${labId}\n${organisationKey(organisation)}\n${organisationKey(competitor)}`;
}
