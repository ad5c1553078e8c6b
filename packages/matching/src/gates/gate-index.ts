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
const BITS = Object.fromEntries(CODES.map((code, place) => [code, 1 << place])) as Record<Code, number>;
const COMBINATIONS = 1 << CODES.length;

const NO_DAY = new Date(0);
/** Hours a week of somebody who says none. */
export const NO_HOURS = 255;
/** Ends after every day that is asked for. */
const NEVER_ENDS = Number.MAX_VALUE;

/** What one gate does. */
export interface Removed {
  readonly code: string;
  /** How many fail at it or are unknown; somebody may be counted at several gates. */
  readonly count: number;
  /** How many fail at it alone: so many more would pass without it. */
  readonly wouldPass: number;
}

/** Who passes all gates of an opening, by place, and how many experts each gate removes. */
export interface Eligible {
  readonly places: Uint32Array;
  /** What each gate does, the one that removes most first. */
  readonly removed: Removed[];
}

interface Holders {
  readonly places: ReturnType<typeof growingWords>;
  /** Of a credential, until when it is proven (milliseconds, UTC); of a language, its level. */
  readonly values: ReturnType<typeof growingDoubles>;
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
      for (const key of new Set([credentialKey(type, null), credentialKey(type, jurisdiction)]))
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

  /** Asks every gate of an opening of everybody, in one pass. */
  eligible(opening: OpeningDocument): Eligible {
    const size = this.standing.length;
    const standing = this.withConflicts(opening);
    const credentials = this.heldCredentials(opening);
    const languages = this.heldLanguages(opening);
    const isAllowed = this.allowedCountries(opening);
    const { ceiling, currency } = this.rateAsked(opening);
    const leastHours = (opening.hoursPerWeek ?? 0) / 2;
    const [countries, rates] = [this.countries.view, this.rates.view];
    const [currencies, hours] = [this.currencies.view, this.hours.view];
    const combinations = new Uint32Array(COMBINATIONS);
    const places = new Uint32Array(size);
    let passing = 0;
    for (let at = 0; at < size; at++) {
      let failed = standing[at] as number;
      if ((credentials.held[at] as number) < credentials.wanted) failed |= BITS.CREDENTIAL;
      if ((languages.held[at] as number) < languages.wanted) failed |= BITS.LANGUAGE;
      if (isAllowed[countries[at] as number] === 0) failed |= BITS.COUNTRY;
      if ((rates[at] as number) > ceiling && currencies[at] === currency) failed |= BITS.RATE;
      if ((hours[at] as number) < leastHours) failed |= BITS.HOURS;
      combinations[failed] = (combinations[failed] as number) + 1;
      if (failed === 0) places[passing++] = at;
    }
    return { places: places.slice(0, passing), removed: removedBy(combinations) };
  }

  /** Who is suspended, hidden or in conflict. */
  private withConflicts({ competitors }: OpeningDocument): Uint8Array {
    const standing = this.standing.view;
    const keys = new Set((competitors ?? []).map(organisationKey));
    if (keys.size === 0) return standing;
    const both = standing.slice();
    for (const key of keys)
      for (const at of this.employers.get(key)?.places.view ?? [])
        both[at] = (both[at] as number) | BITS.CONFLICT;
    return both;
  }

  private heldCredentials({ credentials, lastDay }: OpeningDocument): Held {
    const wanted = new Set(
      (credentials ?? []).map(({ type, jurisdiction }) => credentialKey(type, jurisdiction)),
    );
    const until = (lastDay ?? NO_DAY).getTime();
    return this.heldOf([...wanted].map((key) => [this.credentials.get(key), until]));
  }

  private heldLanguages({ languages }: OpeningDocument): Held {
    return this.heldOf(
      (languages ?? []).map(({ language, level }) => [
        this.languages.get(language.toLowerCase()),
        LEVELS.indexOf(level),
      ]),
    );
  }

  /** How many of several things each expert holds at least at a value. */
  private heldOf(wanted: readonly (readonly [Holders | undefined, number])[]): Held {
    const held = new Uint8Array(this.standing.length);
    for (const [holders, least] of wanted) {
      const places = holders?.places.view ?? NOBODY;
      const values = holders?.values.view ?? NOBODY;
      // Somebody may hold a thing several times; the entries of one expert follow each other.
      for (let i = 0, last = -1; i < places.length; i++) {
        const at = places[i] as number;
        if (at === last || (values[i] as number) < least) continue;
        held[at] = (held[at] as number) + 1;
        last = at;
      }
    }
    return { held, wanted: wanted.length };
  }

  private allowedCountries({ countries }: OpeningDocument): Uint8Array {
    const isAll = !countries || countries.length === 0;
    const isAllowed = new Uint8Array(this.countryNumbers.size).fill(isAll ? 1 : 0);
    for (const code of countries ?? []) {
      const number = this.countryNumbers.get(code);
      if (number) isAllowed[number] = 1;
    }
    return isAllowed;
  }

  private rateAsked({ rateMaxMinor, currency }: OpeningDocument): { ceiling: number; currency: number } {
    const number = this.currencyNumbers.get(currency ?? '');
    return rateMaxMinor === undefined || number === undefined
      ? { ceiling: Infinity, currency: 0 }
      : { ceiling: Number(rateMaxMinor), currency: number };
  }
}

/** How many things each expert holds, of how many that are wanted. */
interface Held {
  readonly held: Uint8Array;
  readonly wanted: number;
}

const NOBODY = new Uint32Array(0);

function standingOf({ isActive, isVisible }: ExpertDocument): number {
  if (isActive === false) return BITS.SUSPENDED;
  return isVisible === false ? BITS.CONSENT : 0;
}

function removedBy(combinations: Uint32Array): Removed[] {
  return CODES.map((code) => ({
    code,
    count: combinations.reduce((sum, count, each) => (each & BITS[code] ? sum + count : sum), 0),
    wouldPass: combinations[BITS[code]] ?? 0,
  }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

function held(to: Map<string, Holders>, key: string, at: number, value: number): void {
  const holders = to.get(key) ?? { places: growingWords(), values: growingDoubles() };
  holders.places.push(at);
  holders.values.push(value);
  to.set(key, holders);
}

function numberOf(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}

/** A kind of credential where it holds; anywhere where no place is given. */
export function credentialKey(type: string, jurisdiction: string | null): string {
  return `${type} ${jurisdiction ?? ''}`;
}
