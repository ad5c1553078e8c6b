import { isProvenUntil, organisationKey } from '@tallystick/domain';
import type { CredentialFact, ExpertDocument, OpeningDocument, Schedule } from '../documents';
import { credentialKeys, wantedKeys } from './credential-keys';
import { growingBytes, growingShorts, growingWords } from '../index/growing';
import { GATE_CODES, type GateCode } from './gate';
import { Holders } from './holders';
import { LEVELS } from './language-gate';
import { leastOverlap } from './overlap';
import { WorkIndex } from './work-index';
import { workKeysOf } from './work-key';

const BITS = Object.fromEntries(GATE_CODES.map((code, place) => [code, 1 << place])) as Record<
  GateCode,
  number
>;
const COMBINATIONS = 1 << GATE_CODES.length;

/** Nobody is suspended and hidden at once: both mark a place whose expert is not there any more. */
const GONE = BITS.SUSPENDED | BITS.CONSENT;

const NO_DAY = new Date(0);
/** Hours a week of somebody who says none. */
export const NO_HOURS = 255;
/** Whole numbers are kept up to this one: a rate in minor units. */
const LARGEST = 2 ** 31 - 1;
const DAY_MS = 86_400_000;
/** Ends after every day that is asked for: in 2149. */
const LAST_DAY = 2 ** 16 - 1;
const BYTES_OF_VALUES = 256;
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

/** The gates of everybody in typed arrays: the same answers as `gatesOf` gives one by one. */
export class GateIndex {
  private readonly standing = growingBytes();
  private readonly countries = growingShorts();
  private readonly countryNumbers = new Map<string, number>([['', 0]]);
  /** Lowest rate, minor units; 0 where none is said. */
  readonly rates = growingWords();
  /** The currency of each rate, as a number of `currencyNumbers`. */
  readonly currencies = growingBytes();
  readonly currencyNumbers = new Map<string, number>();
  /** Hours a week; `NO_HOURS` where none are said. */
  readonly hours = growingBytes();
  /** Until when each is proven: days since 1970, UTC. */
  private readonly credentials = new Holders(growingShorts);
  /** One more than the place of the level among `LEVELS`. */
  private readonly languages = new Holders(growingBytes);
  private readonly employers = new Holders(growingBytes);
  private readonly authorised = growingBytes();
  /** The schedule of each, as one more than its place among `schedules`; 0 where none is said. Many keep the same hours. */
  private readonly scheduleNumbers = growingWords();
  private readonly schedules = new Map<string, { readonly number: number; readonly schedule: Schedule }>();
  /** Who works for which lab, and who exclusively: few do. */
  private readonly engaged = { places: growingWords(), labs: growingWords() };
  private readonly exclusive = { places: growingWords(), labs: growingWords() };
  private readonly labNumbers = new Map<string, number>([['', 0]]);
  /** Minutes that each schedule shares with the window of an opening, as long as the opening is kept. */
  private readonly sharedMinutes = new WeakMap<OpeningDocument, Uint16Array>();
  private readonly works = new WorkIndex();
  private room: Room | undefined;

  /** Adds an expert at the next place. */
  add(expert: ExpertDocument): void {
    const at = this.standing.length;
    this.standing.push(standingOf(expert));
    this.countries.push(numberOf(this.countryNumbers, expert.country ?? ''));
    this.rates.push(Math.min(LARGEST, Number(expert.minimumRateMinor ?? 0)));
    this.currencies.push(numberOf(this.currencyNumbers, expert.rateCurrency ?? ''));
    this.hours.push(
      expert.hoursPerWeek === undefined ? NO_HOURS : Math.min(NO_HOURS - 1, expert.hoursPerWeek),
    );
    for (const credential of expert.credentials ?? []) {
      const until = provenUntil(credential);
      if (until >= 0) for (const key of credentialKeys(credential)) this.credentials.add(key, at, until);
    }
    const spoken = new Set<string>();
    for (const { language, level } of expert.languages) {
      const key = language.toLowerCase();
      // The first entry of a language is the one that counts.
      if (!spoken.has(key)) this.languages.add(key, at, LEVELS.indexOf(level) + 1);
      spoken.add(key);
    }
    for (const employer of expert.employers ?? []) this.employers.add(organisationKey(employer), at, 0);
    this.authorised.push(authorisedOf(expert));
    this.scheduleNumbers.push(this.scheduleNumber(expert.schedule));
    for (const { labId, isExclusive } of expert.engagedBy ?? []) {
      const lab = numberOf(this.labNumbers, labId);
      for (const list of isExclusive ? [this.engaged, this.exclusive] : [this.engaged]) {
        list.places.push(at);
        list.labs.push(lab);
      }
    }
    for (const { title, text } of expert.evidence)
      for (const key of workKeysOf(title, text)) this.works.add(key, at);
  }

  /** Takes the expert at a place away: they pass no gate and are counted nowhere. */
  remove(at: number): void {
    this.standing.set(at, GONE);
  }

  isGone(at: number): boolean {
    return this.standing.at(at) === GONE;
  }

  /** What is kept in typed arrays, in bytes. */
  get bytes(): number {
    const ties = this.engaged.places.length + this.exclusive.places.length;
    return [this.credentials, this.languages, this.employers, this.works].reduce(
      (sum, { bytes }) => sum + bytes,
      this.standing.length * PER_EXPERT + ties * PER_TIE,
    );
  }

  /** Asks every gate of an opening of everybody, in one pass. */
  eligible(opening: OpeningDocument): Eligible {
    const size = this.standing.length;
    // What each value means for this opening, in tables: a branch for each gate would take several times as long.
    const byHeld = this.heldTables(opening);
    const byCountry = this.countryTable(opening);
    const byAuthorised = tableOf(
      3,
      BITS.AUTHORISATION,
      (each) => !!opening.needsAuthorisation && each !== AUTHORISED.yes,
    );
    const bySchedule = this.scheduleTable(opening);
    const leastHours = (opening.hoursPerWeek ?? 0) / 2;
    const byHours = tableOf(BYTES_OF_VALUES, BITS.HOURS, (each) => each < leastHours);
    const { ceiling, byCurrency } = this.rateAsked(opening);
    const { places, marked, credentials, languages } = this.asked(opening);
    const [countries, rates, currencies] = [this.countries.view, this.rates.view, this.currencies.view];
    const [hours, standing] = [this.hours.view, this.standing.view];
    const [authorised, schedules] = [this.authorised.view, this.scheduleNumbers.view];
    const combinations = new Uint32Array(COMBINATIONS);
    let passing = 0;
    for (let at = 0; at < size; at++) {
      const failed =
        (standing[at] as number) |
        (marked[at] as number) |
        (byHeld.credentials[credentials[at] as number] as number) |
        (byHeld.languages[languages[at] as number] as number) |
        (byCountry[countries[at] as number] as number) |
        (byAuthorised[authorised[at] as number] as number) |
        (bySchedule[schedules[at] as number] as number) |
        (byHours[hours[at] as number] as number) |
        // The sign of the difference says whether the rate is above the ceiling.
        (((ceiling - (rates[at] as number)) >> 31) & (byCurrency[currencies[at] as number] as number));
      combinations[failed] = (combinations[failed] as number) + 1;
      if (failed === 0) places[passing++] = at;
    }
    return { places: places.slice(0, passing), removed: removedBy(combinations) };
  }

  /** Of everybody, what is counted for an opening: what they hold of what it wants, and the bits of the gates that are about few. */
  private asked(opening: OpeningDocument): Room {
    if (this.room?.places.length !== this.standing.length) this.room = roomFor(this.standing.length);
    const { credentials, languages, marked } = this.room;
    for (const array of [credentials, languages, marked]) array.fill(0);
    const until = Math.min(LAST_DAY, Math.ceil((opening.lastDay ?? NO_DAY).getTime() / DAY_MS));
    wantedKeys(opening).forEach((keys, done) => {
      for (const key of keys) this.credentials.count(key, until, done, credentials);
    });
    (opening.languages ?? []).forEach(({ language, level }, done) =>
      this.languages.count(language.toLowerCase(), LEVELS.indexOf(level) + 1, done, languages),
    );
    this.markConflicts(opening, marked);
    this.markBound(opening, marked);
    for (const work of opening.evaluatedWorks ?? [])
      for (const key of workKeysOf(work)) mark(marked, this.works.authorsOf(key), BITS.AUTHORSHIP);
    return this.room;
  }

  private heldTables(opening: OpeningDocument) {
    const wanted = {
      credentials: wantedKeys(opening).length,
      languages: opening.languages?.length ?? 0,
    };
    return {
      credentials: tableOf(BYTES_OF_VALUES, BITS.CREDENTIAL, (held) => held < wanted.credentials),
      languages: tableOf(BYTES_OF_VALUES, BITS.LANGUAGE, (held) => held < wanted.languages),
    };
  }

  /** Who shares too few hours with the window that is asked for, by schedule. */
  private scheduleTable(opening: OpeningDocument): Uint16Array {
    const { overlap } = opening;
    if (!overlap) return new Uint16Array(this.schedules.size + 1);
    const minutes = this.minutesBySchedule(opening);
    const least = overlap.leastHours * 60;
    return tableOf(
      minutes.length,
      BITS.OVERLAP,
      (number) => number === 0 || (minutes[number] as number) < least,
    );
  }

  /** Minutes a week that each schedule shares with the window of an opening; worked out once for it. */
  private minutesBySchedule(opening: OpeningDocument): Uint16Array {
    const known = this.sharedMinutes.get(opening);
    if (known) return known;
    const minutes = new Uint16Array(this.schedules.size + 1);
    for (const { number, schedule } of this.schedules.values())
      minutes[number] = leastOverlap(schedule, opening);
    this.sharedMinutes.set(opening, minutes);
    return minutes;
  }

  /** Minutes a week that the experts at some places share with the window of an opening; 0 where they do not say when they work. */
  minutesShared(opening: OpeningDocument, places: Uint32Array): Uint16Array {
    const minutes = this.minutesBySchedule(opening);
    const numbers = this.scheduleNumbers.view;
    return Uint16Array.from(places, (at) => minutes[numbers[at] as number] as number);
  }

  /** How many levels above the one that is asked for the experts at some places speak a language; below 0 where they do not reach it. */
  levelsAbove(language: string, level: string, places: Uint32Array): Int32Array {
    const least = LEVELS.indexOf(level) + 1;
    return this.languages.best(language.toLowerCase(), places).map((own) => (own < 0 ? -1 : own - least));
  }

  /** For how many days beyond one the experts at some places hold any of some credentials; below 0 where they do not. */
  daysHeldBeyond(keys: readonly string[], day: Date, places: Uint32Array): Int32Array {
    const last = Math.ceil(day.getTime() / DAY_MS);
    const beyond = new Int32Array(places.length).fill(-1);
    for (const key of keys)
      this.credentials.best(key, places).forEach((until, i) => {
        if (until >= 0) beyond[i] = Math.max(beyond[i] as number, until - last);
      });
    return beyond;
  }

  private countryTable({ countries }: OpeningDocument): Uint16Array {
    const isAll = !countries || countries.length === 0;
    const table = tableOf(this.countryNumbers.size, BITS.COUNTRY, () => !isAll);
    for (const code of countries ?? []) {
      const number = this.countryNumbers.get(code);
      if (number) table[number] = 0;
    }
    return table;
  }

  private rateAsked({ rateMaxMinor, currency }: OpeningDocument) {
    const number = this.currencyNumbers.get(currency ?? '');
    return {
      ceiling: Math.min(LARGEST, Number(rateMaxMinor ?? LARGEST)),
      byCurrency: tableOf(BYTES_OF_VALUES, BITS.RATE, (each) => each === number),
    };
  }

  private markConflicts({ competitors }: OpeningDocument, marked: Uint16Array): void {
    for (const key of new Set((competitors ?? []).map(organisationKey)))
      mark(marked, this.employers.of(key), BITS.CONFLICT);
  }

  /** Who works exclusively for another lab, or for another lab at all where the opening is exclusive. */
  private markBound({ labId, isExclusive }: OpeningDocument, marked: Uint16Array): void {
    const own = this.labNumbers.get(labId ?? '') ?? 0;
    const { places, labs } = isExclusive ? this.engaged : this.exclusive;
    mark(
      marked,
      places.view.filter((_, i) => labs.view[i] !== own),
      BITS.EXCLUSIVE,
    );
  }

  private scheduleNumber(schedule: Schedule | undefined): number {
    if (!schedule) return 0;
    const { timeZone, days, fromMinute, toMinute } = schedule;
    const key = `${timeZone} ${days.join('')} ${fromMinute} ${toMinute}`;
    const number = this.schedules.get(key)?.number ?? this.schedules.size + 1;
    this.schedules.set(key, { number, schedule });
    return number;
  }
}

/** Room for what is asked of everybody, used again: making megabytes anew for each opening costs more than filling them. */
interface Room {
  readonly places: Uint32Array;
  /** How many of the wanted things each holds, in their order, up to the first that is lacking. */
  readonly credentials: Uint8Array;
  readonly languages: Uint8Array;
  /** The bits of the gates that remove few. */
  readonly marked: Uint16Array;
}

function roomFor(size: number): Room {
  return {
    places: new Uint32Array(size),
    credentials: new Uint8Array(size),
    languages: new Uint8Array(size),
    marked: new Uint16Array(size),
  };
}

/** Of each value, the bit of a gate where it is stopped, and 0 where it passes. */
function tableOf(size: number, bit: number, isStopped: (value: number) => boolean): Uint16Array {
  const table = new Uint16Array(size);
  for (let value = 0; value < size; value++) if (isStopped(value)) table[value] = bit;
  return table;
}

function mark(marked: Uint16Array, places: Iterable<number>, bit: number): void {
  for (const at of places) marked[at] = (marked[at] as number) | bit;
}

/** The last day on which a credential is proven, as it begins; negative where it is not. */
function provenUntil({ state, expiresOn }: CredentialFact): number {
  if (!isProvenUntil(state, expiresOn, NO_DAY)) return -1;
  return expiresOn === null ? LAST_DAY : Math.min(LAST_DAY, Math.floor(expiresOn.getTime() / DAY_MS));
}

const PER_EXPERT = 1 + 2 + 4 + 1 + 1 + 1 + 4;
const PER_TIE = 4 + 4;

function standingOf({ isActive, isVisible }: ExpertDocument): number {
  if (isActive === false) return BITS.SUSPENDED;
  return isVisible === false ? BITS.CONSENT : 0;
}

function removedBy(combinations: Uint32Array): Removed[] {
  for (let each = 0; each < combinations.length; each++) if ((each & GONE) === GONE) combinations[each] = 0;
  return GATE_CODES.map((code) => ({
    code,
    count: combinations.reduce((sum, count, each) => (each & BITS[code] ? sum + count : sum), 0),
    wouldPass: combinations[BITS[code]] ?? 0,
  }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
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
