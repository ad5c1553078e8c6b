import { words } from '../../lib/words';

const GATES: Readonly<Record<string, string>> = {
  SUSPENDED: 'Account suspended',
  CONSENT: 'Not to be shown to labs',
  CREDENTIAL: 'No required credential verified for the whole time',
  LANGUAGE: 'No required language at its level',
  COUNTRY: 'Country not allowed',
  AUTHORISATION: 'No right to work where they are',
  OVERLAP: 'Too few hours at the same time',
  CONFLICT: 'Conflict of interest',
  EXCLUSIVE: 'Bound to other work',
  AUTHORSHIP: 'Wrote what is evaluated',
  RATE: 'Lowest rate above the band',
  HOURS: 'Not enough hours',
};

/** What those are asked whom a gate only asks. */
const ASKED: Readonly<Record<string, string>> = {
  CONFLICT: 'Conflict of interest: not answered yet',
  RATE: 'Lowest rate in another currency',
  CREDENTIAL: 'Required credential not decided on yet',
  LANGUAGE: 'Required language not in the profile',
  COUNTRY: 'Country not said',
  AUTHORISATION: 'Right to work not said',
  OVERLAP: 'Working hours not said',
};

/** What is asked of those whom a gate stops until they answer: `Lowest rate in another currency`. */
export function askedWords(code: string): string {
  return ASKED[code] ?? `${gateWords(code)}: not said yet`;
}

/** Why a gate does not let somebody pass: `Lowest rate above the band`. */
export function gateWords(code: string): string {
  return GATES[code] ?? words(code);
}
