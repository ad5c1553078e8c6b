import { formatAmount, percent, type Currency } from '@tallystick/domain';
import type { Amount, OpeningRow, OpeningsFilter, Realised } from './page-data';

export { percent };

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** An amount in words. */
export function amount({ minor, currency }: Amount): string {
  return formatAmount({ minor: BigInt(minor), currency: currency as Currency });
}

/** A band in words: `US$80.00 to US$150.00`. */
export function rateBand({ rateMin, rateMax }: Pick<OpeningRow, 'rateMin' | 'rateMax'>): string {
  return rateMin.minor === rateMax.minor ? amount(rateMin) : `${amount(rateMin)} to ${amount(rateMax)}`;
}

/** What a realised figure is made of. */
export function realisedSource({ people }: Realised): string {
  return `median over ${people} people, paid by all logged time`;
}

/** A country by its two letters. */
export function country(code: string): string {
  return regions.of(code) ?? code;
}

/** Where work may be done. */
export function places(codes: readonly string[]): string {
  return codes.length === 0 ? 'Anywhere' : codes.map(country).join(', ');
}

/** A language by its code, or as it was written. */
export function language(text: string): string {
  return /^[a-z]{2,3}$/.test(text) ? (languages.of(text) ?? text) : text;
}

/** A day, year-month-day, in words: `27 November 2026`. */
export function day(text: string): string {
  return new Date(`${text}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** A month, year-month, in words: `November 2026`. */
export function month(text: string): string {
  return new Date(`${text}-01T00:00:00Z`).toLocaleDateString('en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** A number and its noun: `1 seat`, `3 seats`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

/** Address of the list under a filter, at a place in it. */
export function openingsAddress(
  filter: OpeningsFilter,
  cut: { readonly after?: string; readonly before?: string } = {},
): string {
  const query = new URLSearchParams(
    Object.entries({ ...filter, ...cut }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();
  return query === '' ? '/openings' : `/openings?${query}`;
}
