import type { ExpertDocument, OpeningDocument } from '../documents';
import { conflict } from './conflict-gate';
import { credentialGates } from './credential-gate';
import { stop, type Gate, type GateOf } from './gate';
import { authorship, exclusive } from './interest-gates';
import { languageGates } from './language-gate';
import { authorisation, country, overlap } from './place-gates';
import { hours, rate } from './wish-gates';

/** Every gate of an opening for an expert. Assignable is only who passes all. */
export function gatesOf(expert: ExpertDocument, opening: OpeningDocument): Gate[] {
  return gatesFor(opening)(expert);
}

/** The gates of an opening, made ready once to be asked of many experts. */
export function gatesFor(opening: OpeningDocument): (expert: ExpertDocument) => Gate[] {
  const gates: GateOf[] = [
    standing,
    ...credentialGates(opening),
    ...languageGates(opening),
    country(opening),
    authorisation(opening),
    overlap(opening),
    conflict(opening),
    exclusive(opening),
    authorship(opening),
    rate(opening),
    hours(opening),
  ];
  return (expert) => {
    const found: Gate[] = [];
    for (const gate of gates) {
      const said = gate(expert);
      if (said) found.push(said);
    }
    return found;
  };
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
