import { isProvenUntil, organisationKey } from '@tallystick/domain';
import type { ExpertDocument, OpeningDocument } from '../documents';
import { growingBytes, growingDoubles, growingShorts, growingWords } from '../index/growing';
import { LEVELS } from './gates';

/** The gates in the order in which they are told. */
const CODES = [
  'SUSPENDED',
  'CONSENT',
  'CREDENTIAL',
  'LANGUAGE',
  'COUNTRY',
  'CONFLICT',
  'RATE',
  'HOURS',
] as const;
type Code = (typeof CODES)[number];
const bitOf = (code: Code) => 1 << CODES.indexOf(code);
const COMBINATIONS = 1 << CODES.length;

const NO_DAY = new Date(0);
/** Hours a week of somebody who says none. */
export const NO_HOURS = 255;
/** Ends after every day that is asked for. */
const NEVER_ENDS = Number.MAX_VALUE;

/** Who passes all gates of an opening, by place, and how many experts each gate removes. */
export interface Eligible {
  readonly places: Uint32Array;
  /** How many fail or are unknown at each gate, most first; somebody may be counted at several. */
  readonly removed: { readonly code: string; readonly count: number }[];
}

interface Holders {
  readonly places: ReturnType<typeof growingWords>;
  /** Of a credential, until when it is proven (milliseconds, UTC); of a language, its level. */
  readonly values: number[];
}

/** The gates of everybody in typed arrays: the same answers as `gatesOf` gives one by one. */
export class GateIndex {
  private readonly standing = growingBytes();
  private readonly countries = growingShorts();
  private readonly countryNumbers = new Map<string, number>([['', 0]]);
  /** Lowest rate, minor units; 0 where none is said. */
  readonly rates = growingDoubles();
  /** The currency of each rate, as a number of `currencyNumbers`. */
  readonly currencies = growingBytes();
  readonly currencyNumbers = new Map<string, number>();
  /** Hours a week; `NO_HOURS` where none are said. */
  readonly hours = growingBytes();
  private readonly credentials = new Map<string, Holders>();
  private readonly languages = new Map<string, Holders>();
  private readonly employers = new Map<string, Holders>();

  /** Adds an expert at the next place. */
  add(expert: ExpertDocument): void {
    const at = this.standing.length;
    this.standing.push(standingOf(expert));
    this.countries.push(numberOf(this.countryNumbers, expert.country ?? ''));
    this.rates.push(Number(expert.minimumRateMinor ?? 0));
    this.currencies.push(numberOf(this.currencyNumbers, expert.rateCurrency ?? ''));
    this.hours.push(
      expert.hoursPerWeek === undefined ? NO_HOURS : Math.min(NO_HOURS - 1, expert.hoursPerWeek),
    );
    for (const { type, jurisdiction, state, expiresOn } of expert.credentials ?? []) {
      const until = isProvenUntil(state, expiresOn, NO_DAY)
        ? (expiresOn?.getTime() ?? NEVER_ENDS)
        : -NEVER_ENDS;
      for (const key of new Set([keyOf(type, null), keyOf(type, jurisdiction)]))
        held(this.credentials, key, at, until);
    }
    const spoken = new Set<string>();
    for (const { language, level } of expert.languages) {
      const key = language.toLowerCase();
      // The first entry of a language is the one that counts.
      if (!spoken.has(key)) held(this.languages, key, at, LEVELS.indexOf(level));
      spoken.add(key);
    }
    for (const employer of expert.employers ?? []) held(this.employers, organisationKey(employer), at, 0);
  }

  /** What is kept in typed arrays, in bytes. */
  get bytes(): number {
    const holders = [...this.credentials.values(), ...this.languages.values(), ...this.employers.values()];
    return holders.reduce(
      (sum, { places }) => sum + places.length * 12,
      this.standing.length * (1 + 2 + 8 + 1 + 1),
    );
  }

  /** Asks every gate of an opening of everybody. */
  eligible(opening: OpeningDocument): Eligible {
    const failed = this.standing.view.slice();
    for (const { type, jurisdiction } of opening.credentials ?? []) {
      const until = (opening.lastDay ?? NO_DAY).getTime();
      failWithout(failed, 'CREDENTIAL', this.credentials.get(keyOf(type, jurisdiction)), until);
    }
    for (const { language, level } of opening.languages ?? [])
      failWithout(failed, 'LANGUAGE', this.languages.get(language.toLowerCase()), LEVELS.indexOf(level));
    this.failCountries(failed, opening);
    for (const key of new Set((opening.competitors ?? []).map(organisationKey)))
      for (const at of this.employers.get(key)?.places.view ?? [])
        failed[at] = (failed[at] as number) | bitOf('CONFLICT');
    this.failRates(failed, opening);
    this.failHours(failed, opening);
    return counted(failed);
  }

  private failCountries(failed: Uint8Array, { countries: allowed }: OpeningDocument): void {
    if (!allowed || allowed.length === 0) return;
    const isAllowed = new Uint8Array(this.countryNumbers.size);
    for (const code of allowed) {
      const number = this.countryNumbers.get(code);
      if (number) isAllowed[number] = 1;
    }
    const [countries, bit] = [this.countries.view, bitOf('COUNTRY')];
    for (let at = 0; at < failed.length; at++)
      if (isAllowed[countries[at] as number] === 0) failed[at] = (failed[at] as number) | bit;
  }

  private failRates(failed: Uint8Array, { rateMaxMinor, currency }: OpeningDocument): void {
    const number = this.currencyNumbers.get(currency ?? '');
    if (rateMaxMinor === undefined || number === undefined) return;
    const [rates, currencies, ceiling, bit] = [
      this.rates.view,
      this.currencies.view,
      Number(rateMaxMinor),
      bitOf('RATE'),
    ];
    for (let at = 0; at < failed.length; at++)
      if ((rates[at] as number) > ceiling && currencies[at] === number)
        failed[at] = (failed[at] as number) | bit;
  }

  private failHours(failed: Uint8Array, { hoursPerWeek }: OpeningDocument): void {
    if (hoursPerWeek === undefined) return;
    const [hours, bit] = [this.hours.view, bitOf('HOURS')];
    for (let at = 0; at < failed.length; at++) {
      const own = hours[at] as number;
      if (own !== NO_HOURS && own * 2 < hoursPerWeek) failed[at] = (failed[at] as number) | bit;
    }
  }
}

function standingOf({ isActive, isVisible }: ExpertDocument): number {
  if (isActive === false) return bitOf('SUSPENDED');
  return isVisible === false ? bitOf('CONSENT') : 0;
}

/** Fails everybody who does not hold something, or holds it below a value. */
function failWithout(failed: Uint8Array, code: Code, holders: Holders | undefined, least: number): void {
  const passes = new Uint8Array(failed.length);
  const places = holders?.places.view ?? new Uint32Array(0);
  for (let i = 0; i < places.length; i++)
    if ((holders?.values[i] as number) >= least) passes[places[i] as number] = 1;
  const bit = bitOf(code);
  for (let at = 0; at < failed.length; at++) if (passes[at] === 0) failed[at] = (failed[at] as number) | bit;
}

function counted(failed: Uint8Array): Eligible {
  const combinations = new Uint32Array(COMBINATIONS);
  for (let at = 0; at < failed.length; at++) {
    const each = failed[at] as number;
    combinations[each] = (combinations[each] as number) + 1;
  }
  const places = new Uint32Array(combinations[0] ?? 0);
  for (let at = 0, next = 0; at < failed.length; at++) if (failed[at] === 0) places[next++] = at;
  const removed = CODES.map((code) => ({
    code,
    count: combinations.reduce((sum, count, each) => (each & bitOf(code) ? sum + count : sum), 0),
  }));
  return {
    places,
    removed: removed
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
  };
}

function held(to: Map<string, Holders>, key: string, at: number, value: number): void {
  const holders = to.get(key) ?? { places: growingWords(), values: [] };
  holders.places.push(at);
  holders.values.push(value);
  to.set(key, holders);
}

function numberOf(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}

function keyOf(type: string, jurisdiction: string | null): string {
  return `${type} ${jurisdiction ?? ''}`;
}
