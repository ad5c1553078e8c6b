import { isProvenUntil, organisationKey } from '@tallystick/domain';
import type { ExpertDocument, OpeningDocument, Schedule } from '../documents';
import { credentialKeys, requiredKeys } from './credential-keys';
import { growingBytes, growingDoubles, growingShorts, growingWords } from '../index/growing';
import { GATE_CODES, type GateCode } from './gate';
import { LEVELS } from './language-gate';
import { leastOverlap } from './overlap';
import { workKeysOf } from './work-key';

const BITS = Object.fromEntries(GATE_CODES.map((code, place) => [code, 1 << place])) as Record<
  GateCode,
  number
>;
const COMBINATIONS = 1 << GATE_CODES.length;

const NO_DAY = new Date(0);
/** Hours a week of somebody who says none. */
export const NO_HOURS = 255;
/** Ends after every day that is asked for. */
const NEVER_ENDS = Number.MAX_VALUE;
/** Works for several labs. */
const SEVERAL = 0xffff;
/** Of the right to work where somebody is: not said, declared, not declared. */
const AUTHORISED = { unknown: 0, yes: 1, no: 2 } as const;

/** What one gate does. */
export interface Removed {
  readonly code: GateCode;
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
  private readonly authorised = growingBytes();
  /** The schedule of each, as one more than its place among `schedules`; 0 where none is said. Many keep the same hours. */
  private readonly scheduleNumbers = growingWords();
  private readonly schedules = new Map<string, { readonly number: number; readonly schedule: Schedule }>();
  /** For which lab each works exclusively, and for which at all: a number of `labNumbers`, `SEVERAL`, or 0 for none. */
  private readonly exclusiveLabs = growingShorts();
  private readonly engagedLabs = growingShorts();
  private readonly labNumbers = new Map<string, number>([['', 0]]);
  private readonly works = { keys: growingDoubles(), owners: growingWords() };

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
    for (const credential of expert.credentials ?? []) {
      const { state, expiresOn } = credential;
      const until = isProvenUntil(state, expiresOn, NO_DAY)
        ? (expiresOn?.getTime() ?? NEVER_ENDS)
        : -NEVER_ENDS;
      for (const key of credentialKeys(credential)) held(this.credentials, key, at, until);
    }
    const spoken = new Set<string>();
    for (const { language, level } of expert.languages) {
      const key = language.toLowerCase();
      // The first entry of a language is the one that counts.
      if (!spoken.has(key)) held(this.languages, key, at, LEVELS.indexOf(level));
      spoken.add(key);
    }
    for (const employer of expert.employers ?? []) held(this.employers, organisationKey(employer), at, 0);
    this.authorised.push(authorisedOf(expert));
    this.scheduleNumbers.push(this.scheduleNumber(expert.schedule));
    const labs = expert.engagedBy ?? [];
    this.engagedLabs.push(this.labNumber(labs));
    this.exclusiveLabs.push(this.labNumber(labs.filter(({ isExclusive }) => isExclusive)));
    for (const { title, text } of expert.evidence)
      for (const key of workKeysOf(title, text)) {
        this.works.keys.push(hashOf(key));
        this.works.owners.push(at);
      }
  }

  /** What is kept in typed arrays, in bytes. */
  get bytes(): number {
    const holders = [...this.credentials.values(), ...this.languages.values(), ...this.employers.values()];
    return holders.reduce(
      (sum, { places }) => sum + places.length * 12,
      this.standing.length * PER_EXPERT + this.works.keys.length * PER_WORK,
    );
  }

  /** Asks every gate of an opening of everybody, in one pass. */
  eligible(opening: OpeningDocument): Eligible {
    const size = this.standing.length;
    const standing = this.standing.view;
    const marked = this.marked(opening);
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
      let failed = (standing[at] as number) | (marked[at] as number);
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

  /** The bits of the gates that are about a few experts or asked by a few openings: authorisation, overlap and what binds somebody elsewhere. */
  private marked(opening: OpeningDocument): Uint16Array {
    const marked = new Uint16Array(this.standing.length);
    this.markUnauthorised(opening, marked);
    this.markApart(opening, marked);
    this.markConflicts(opening, marked);
    this.markBound(opening, marked);
    this.markAuthors(opening, marked);
    return marked;
  }

  private markUnauthorised({ needsAuthorisation }: OpeningDocument, marked: Uint16Array): void {
    if (!needsAuthorisation) return;
    const authorised = this.authorised.view;
    for (let at = 0; at < marked.length; at++)
      if (authorised[at] !== AUTHORISED.yes) marked[at] = (marked[at] as number) | BITS.AUTHORISATION;
  }

  /** Who shares too few hours with the window that is asked for. */
  private markApart(opening: OpeningDocument, marked: Uint16Array): void {
    if (!opening.overlap) return;
    const numbers = this.scheduleNumbers.view;
    const isApart = new Uint8Array(this.schedules.size + 1).fill(1);
    for (const { number, schedule } of this.schedules.values())
      if (leastOverlap(schedule, opening) >= opening.overlap.leastHours * 60) isApart[number] = 0;
    for (let at = 0; at < marked.length; at++)
      if (isApart[numbers[at] as number] === 1) marked[at] = (marked[at] as number) | BITS.OVERLAP;
  }

  private markConflicts({ competitors }: OpeningDocument, marked: Uint16Array): void {
    for (const key of new Set((competitors ?? []).map(organisationKey)))
      for (const at of this.employers.get(key)?.places.view ?? [])
        marked[at] = (marked[at] as number) | BITS.CONFLICT;
  }

  /** Who works exclusively for another lab, or for another lab at all where the opening is exclusive. */
  private markBound({ labId, isExclusive }: OpeningDocument, marked: Uint16Array): void {
    const own = this.labNumbers.get(labId ?? '') ?? 0;
    const bound = isExclusive ? this.engagedLabs.view : this.exclusiveLabs.view;
    for (let at = 0; at < marked.length; at++)
      if (bound[at] !== 0 && bound[at] !== own) marked[at] = (marked[at] as number) | BITS.EXCLUSIVE;
  }

  private markAuthors({ evaluatedWorks }: OpeningDocument, marked: Uint16Array): void {
    if (!evaluatedWorks?.length) return;
    const evaluated = new Set(evaluatedWorks.flatMap((work) => workKeysOf(work)).map(hashOf));
    const [keys, owners] = [this.works.keys.view, this.works.owners.view];
    for (let i = 0; i < keys.length; i++) {
      if (!evaluated.has(keys[i] as number)) continue;
      const at = owners[i] as number;
      marked[at] = (marked[at] as number) | BITS.AUTHORSHIP;
    }
  }

  private heldCredentials({ credentials, lastDay }: OpeningDocument): Held {
    const wanted = new Map(
      (credentials ?? []).map((required) => {
        const keys = requiredKeys(required);
        return [keys.join('\n'), keys] as const;
      }),
    );
    const until = (lastDay ?? NO_DAY).getTime();
    return this.heldOf(
      [...wanted.values()].map((keys) => ({
        any: keys.map((key) => this.credentials.get(key)),
        least: until,
      })),
    );
  }

  private heldLanguages({ languages }: OpeningDocument): Held {
    return this.heldOf(
      (languages ?? []).map(({ language, level }) => ({
        any: [this.languages.get(language.toLowerCase())],
        least: LEVELS.indexOf(level),
      })),
    );
  }

  /** How many of several things each expert holds, in any of its forms, at least at a value. */
  private heldOf(wanted: readonly Wanted[]): Held {
    const held = new Uint8Array(this.standing.length);
    wanted.forEach(({ any, least }, done) => {
      for (const holders of any) {
        const places = holders?.places.view ?? NOBODY;
        const values = holders?.values.view ?? NOBODY;
        for (let i = 0; i < places.length; i++)
          // Only who has all before it is looked at, and nobody counts twice.
          if ((values[i] as number) >= least && held[places[i] as number] === done)
            held[places[i] as number] = done + 1;
      }
    });
    return { held, wanted: wanted.length };
  }

  private scheduleNumber(schedule: Schedule | undefined): number {
    if (!schedule) return 0;
    const { timeZone, days, fromMinute, toMinute } = schedule;
    const key = `${timeZone} ${days.join('')} ${fromMinute} ${toMinute}`;
    const number = this.schedules.get(key)?.number ?? this.schedules.size + 1;
    this.schedules.set(key, { number, schedule });
    return number;
  }

  private labNumber(labs: readonly { readonly labId: string }[]): number {
    const ids = [...new Set(labs.map(({ labId }) => labId))];
    return ids.length > 1 ? SEVERAL : numberOf(this.labNumbers, ids[0] ?? '');
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

/** A thing that is wanted, in any of some forms, at least at a value. */
interface Wanted {
  readonly any: readonly (Holders | undefined)[];
  readonly least: number;
}

/** How many things each expert holds, of how many that are wanted: only those that come before the first that is lacking. */
interface Held {
  readonly held: Uint8Array;
  readonly wanted: number;
}

const NOBODY = new Uint32Array(0);
const PER_EXPERT = 1 + 2 + 8 + 1 + 1 + 1 + 4 + 2 + 2;
const PER_WORK = 8 + 4;

function standingOf({ isActive, isVisible }: ExpertDocument): number {
  if (isActive === false) return BITS.SUSPENDED;
  return isVisible === false ? BITS.CONSENT : 0;
}

function removedBy(combinations: Uint32Array): Removed[] {
  return GATE_CODES.map((code) => ({
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

function authorisedOf({ country, authorisedIn }: ExpertDocument): number {
  if (!country || !authorisedIn?.length) return AUTHORISED.unknown;
  return authorisedIn.includes(country) ? AUTHORISED.yes : AUTHORISED.no;
}

/** A number of 52 bits that stands for a text: that one of fifty texts meets another by chance among a million is one in a hundred million. */
function hashOf(text: string): number {
  let [high, low] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca6b);
  }
  return (high >>> 6) * 2 ** 26 + (low >>> 6);
}
