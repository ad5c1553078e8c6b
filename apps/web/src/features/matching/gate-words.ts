import { words } from '../../lib/words';

const GATES: Readonly<Record<string, string>> = {
  SUSPENDED: 'Account suspended',
  CONSENT: 'Not to be shown to labs',
  CREDENTIAL: 'No required credential verified for the whole time',
  LANGUAGE: 'No required language at its level',
  COUNTRY: 'Country not allowed',
  AUTHORISATION: 'Right to work not declared',
  OVERLAP: 'Too few hours at the same time',
  CONFLICT: 'Conflict of interest',
  EXCLUSIVE: 'Bound to other work',
  AUTHORSHIP: 'Wrote what is evaluated',
  RATE: 'Lowest rate above the band',
  HOURS: 'Not enough hours',
};

/** Why a gate does not let somebody pass: `Lowest rate above the band`. */
export function gateWords(code: string): string {
  return GATES[code] ?? words(code);
}
