import type { ExpertDocument, OpeningDocument } from '../documents';
import { credentialGates } from './credential-gate';
import { stop, type Gate } from './gate';
import { authorship, conflict, exclusive } from './interest-gates';
import { languageGates } from './language-gate';
import { authorisation, country, overlap } from './place-gates';
import { hours, rate } from './wish-gates';

/** Every gate of an opening for an expert. Assignable is only who passes all. */
export function gatesOf(expert: ExpertDocument, opening: OpeningDocument): Gate[] {
  return [
    standing(expert),
    ...credentialGates(expert, opening),
    ...languageGates(expert, opening),
    country(expert, opening),
    authorisation(expert, opening),
    overlap(expert, opening),
    conflict(expert, opening),
    exclusive(expert, opening),
    authorship(expert, opening),
    rate(expert, opening),
    hours(expert, opening),
  ].flatMap((gate) => gate ?? []);
}

/** True where every gate is passed. */
export function isEligible(gates: readonly Gate[]): boolean {
  return gates.every(({ outcome }) => outcome === 'PASS');
}

function standing(expert: ExpertDocument): Gate | undefined {
  if (expert.isActive === false)
    return stop(
      'SUSPENDED',
      'FAIL',
      'The account is suspended.',
      'Your account is suspended; the email that we sent says why and how to appeal.',
    );
  if (expert.isVisible === false)
    return stop(
      'CONSENT',
      'FAIL',
      'The expert does not consent to be shown.',
      'Your profile is hidden from labs. Turn on “Visible to labs” in your profile.',
    );
  return undefined;
}
