import type { OpeningDocument } from '../documents';
import { firstFrom } from '../index/first-from';
import { EXPERTS, kernelAreas, loops, withTables } from '../kernel/kernel';
import { wantedKeys } from './credential-keys';
import type { GateCode } from './gate';
import type { Conflicts } from './employer-index';
import type { GateIndex } from './gate-index';
import { dayNumber, LARGEST, NO_DAY } from './gate-values';
import { LEVELS } from './language-gate';
import { ASKED, bitIf, BITS, COMBINATIONS, GONE, removedBy, type Removed } from './removed';
import { workKeysOf } from './work-key';

/** Who passes all gates of an opening, by place, and how many experts each gate removes. */
export interface Eligible {
  readonly places: Uint32Array;
  /** What each gate does, the one that removes most first. */
  readonly removed: Removed[];
}

/** Whichever gates. */
const EVERY_BIT = COMBINATIONS - 1;

/** Does something about the experts of a block in the kernel's memory, from one place up to another. */
type OfBlock = (first: number, end: number) => void;

/** Asks every gate of an opening of everybody in an index, block by block. */
export function eligibleFor(index: GateIndex, opening: OpeningDocument): Eligible {
  const pass = passerOf(index, opening);
  const conflicts = index.employers.conflictsOf(opening);
  const marks = [lackOf(index, opening), fewOf(index, opening, conflicts)];
  const found: Uint32Array[] = [];
  for (let first = 0; first < index.size; first += EXPERTS) {
    const end = Math.min(index.size, first + EXPERTS);
    kernelAreas().marks.fill(0);
    for (const mark of marks) mark(first, end);
    found.push(pass(first, end));
  }
  const asked = { ...index.unsaid, CONFLICT: conflicts.unknown.filter((at) => !index.isGone(at)).length };
  const removed = removedBy(kernelAreas().combinations);
  return { places: joined(found), removed: removed.map((each) => withUnknown(each, asked)) };
}

/** What a gate does, with how many it only asks, where no bit says so. */
function withUnknown(each: Removed, asked: Partial<Record<GateCode, number>>): Removed {
  const unknown = asked[each.code] ?? 0;
  return unknown > 0 ? { ...each, unknown } : each;
}

/**
 * Marks who lacks a credential or a language that an opening wants. Who has none that counts and one that is not decided on is asked for it,
 * and who does not name a language whether they speak it; who names it at a lower level fails.
 */
function lackOf(index: GateIndex, opening: OpeningDocument): OfBlock {
  const until = dayNumber(opening.lastDay ?? NO_DAY);
  const { credentials, undecided, languages } = index;
  const wanted = [
    ...wantedKeys(opening).map((keys) => ({
      hold: (first: number, end: number) => {
        for (const key of keys) {
          credentials.hold(key, { least: until }, first, end);
          undecided.hold(key, { least: 1, atAll: 2 }, first, end);
        }
      },
      ...{ ifNone: BITS.CREDENTIAL, ifOther: ASKED.CREDENTIAL },
    })),
    ...(opening.languages ?? []).map(({ language, level }) => ({
      hold: (first: number, end: number) =>
        languages.hold(language.toLowerCase(), { least: LEVELS.indexOf(level) + 1, atAll: 2 }, first, end),
      ...{ ifNone: ASKED.LANGUAGE, ifOther: BITS.LANGUAGE },
    })),
  ];
  return (first, end) => {
    for (const { hold, ifNone, ifOther } of wanted) {
      kernelAreas().held.fill(0);
      hold(first, end);
      loops.markLacking(end - first, ifNone, ifOther);
    }
  };
}

/** Marks whom the gates stop that are about few. */
function fewOf(index: GateIndex, opening: OpeningDocument, conflicts: Conflicts): OfBlock {
  const works = (opening.evaluatedWorks ?? []).flatMap((work) => workKeysOf(work));
  const few = [
    ...[conflicts.failing, conflicts.unknown].map((places) => ({ bit: BITS.CONFLICT, places })),
    ...works.map((key) => ({ bit: BITS.AUTHORSHIP, places: index.works.authorsOf(key) })),
    { bit: BITS.EXCLUSIVE, places: index.boundElsewhere(opening) },
  ];
  return (first, end) => {
    const { marks } = kernelAreas();
    for (const { bit, places } of few)
      for (let i = firstFrom(places, first, 0); i < places.length && (places[i] as number) < end; i++) {
        const at = (places[i] as number) - first;
        marks[at] = (marks[at] as number) | bit;
      }
  };
}

/** Asks of everybody's circumstances, hours and rate, and counts who is stopped by what. */
function passerOf(index: GateIndex, opening: OpeningDocument): (first: number, end: number) => Uint32Array {
  const [byCircumstance, bySchedule] = [circumstanceTable(index, opening), scheduleTable(index, opening)];
  const ceiling = Math.min(LARGEST, Number(opening.rateMaxMinor ?? LARGEST));
  const areas = withTables(byCircumstance.length + bySchedule.length);
  areas.tables.set(byCircumstance);
  areas.tables.set(bySchedule, byCircumstance.length);
  areas.combinations.fill(0);
  return (first, end) => {
    areas.circumstances.set(index.circumstances.view.subarray(first, end));
    areas.schedules.set(index.scheduleNumbers.view.subarray(first, end));
    areas.rates.set(index.rates.view.subarray(first, end));
    const count = loops.pass(end - first, first, ceiling, BITS.RATE, byCircumstance.byteLength);
    return areas.found.slice(0, count);
  };
}

/** What stops an expert of each circumstance; the bit of the rate where it is in the opening's currency, and thus compared. */
function circumstanceTable({ circumstances }: GateIndex, opening: OpeningDocument): Uint16Array {
  const countries = new Set(opening.countries);
  const leastHours = (opening.hoursPerWeek ?? 0) / 2;
  const asked = opening.needsAuthorisation ? EVERY_BIT : EVERY_BIT & ~BITS.AUTHORISATION;
  const { stopsByNumber, countryByNumber, hoursByNumber, currencyByNumber } = circumstances;
  const byCountry = Uint16Array.from(circumstances.countryNames, (country) =>
    bitIf(countries.size > 0 && !countries.has(country), BITS.COUNTRY),
  );
  const byCurrency = Uint16Array.from(circumstances.currencyNames, (own) => rateBit(own, opening));
  const { HOURS } = BITS;
  const table = new Uint16Array(stopsByNumber.length);
  for (let number = 0; number < table.length; number++) {
    const stops = stopsByNumber[number] as number;
    table[number] =
      stops === GONE
        ? GONE
        : (stops & asked) |
          (byCountry[countryByNumber[number] as number] as number) |
          ((hoursByNumber[number] as number) < leastHours ? HOURS : 0) |
          (byCurrency[currencyByNumber[number] as number] as number);
  }
  return table;
}

/** The bit of a lowest rate in a currency: compared by the kernel where it is the opening's, asked for where both are said and differ. */
function rateBit(own: string, { currency = '', rateMaxMinor }: OpeningDocument): number {
  if (own === currency) return BITS.RATE;
  return bitIf(own !== '' && currency !== '' && rateMaxMinor !== undefined, ASKED.RATE);
}

/** Who shares too few hours with the window that is asked for, by schedule. */
function scheduleTable(index: GateIndex, opening: OpeningDocument): Uint16Array {
  const { overlap } = opening;
  const minutes = index.minutesBySchedule(opening);
  if (!overlap) return new Uint16Array(minutes.length);
  const least = overlap.leastHours * 60;
  return minutes.map((each, number) => bitIf(number === 0 || each < least, BITS.OVERLAP));
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let to = 0;
  for (const part of parts) {
    all.set(part, to);
    to += part.length;
  }
  return all;
}
