import { counted, words } from '../../lib/words';

const GATES: Readonly<Record<string, string>> = {
  SUSPENDED: 'whose account is suspended',
  CONSENT: 'who are not to be shown to labs',
  CREDENTIAL: 'without a required credential that is verified for the whole time',
  LANGUAGE: 'without a required language at its level',
  COUNTRY: 'who work from a country that is not allowed',
  CONFLICT: 'with a conflict of interest',
  RATE: 'whose lowest rate is above the band',
  HOURS: 'without enough hours',
};

/** How many experts a gate removed, in words: `12 experts without a required credential …`. */
export function removedBy({ code, count }: { readonly code: string; readonly count: number }): string {
  return `${counted(count, 'expert')} ${GATES[code] ?? `stopped by ${words(code).toLowerCase()}`}`;
}
