import { organisationKey } from '@tallystick/domain';
import type { OpeningDocument } from '../documents';
import { firstFrom } from '../index/first-from';
import { EXPERTS, kernelAreas, loops, withTables } from '../kernel/kernel';
import { isNobodys, type Circumstance } from './circumstances';
import { wantedKeys } from './credential-keys';
import type { GateIndex } from './gate-index';
import { dayNumber, LARGEST, NO_DAY } from './gate-values';
import { LEVELS } from './language-gate';
import { BITS, GONE, removedBy, type Removed } from './removed';
import { workKeysOf } from './work-key';

/** Who passes all gates of an opening, by place, and how many experts each gate removes. */
export interface Eligible {
  readonly places: Uint32Array;
  /** What each gate does, the one that removes most first. */
  readonly removed: Removed[];
}

/** Does something about the experts of a block in the kernel's memory, from one place up to another. */
type OfBlock = (first: number, end: number) => void;

/** Asks every gate of an opening of everybody in an index, block by block. */
export function eligibleFor(index: GateIndex, opening: OpeningDocument): Eligible {
  const pass = passerOf(index, opening);
  const marks = [lackOf(index, opening), fewOf(index, opening)];
  const found: Uint32Array[] = [];
  for (let first = 0; first < index.size; first += EXPERTS) {
    const end = Math.min(index.size, first + EXPERTS);
    kernelAreas().marks.fill(0);
    for (const mark of marks) mark(first, end);
    found.push(pass(first, end));
  }
  return { places: joined(found), removed: removedBy(kernelAreas().combinations) };
}

/** Marks who lacks a credential or a language that an opening wants. */
function lackOf(index: GateIndex, opening: OpeningDocument): OfBlock {
  const until = dayNumber(opening.lastDay ?? NO_DAY);
  const { credentials, languages } = index;
  const wanted = [
    ...wantedKeys(opening).map((keys) => ({ of: credentials, keys, least: until, bit: BITS.CREDENTIAL })),
    ...(opening.languages ?? []).map(({ language, level }) => ({
      ...{ of: languages, keys: [language.toLowerCase()], least: LEVELS.indexOf(level) + 1 },
      bit: BITS.LANGUAGE,
    })),
  ];
  return (first, end) => {
    for (const { of, keys, least, bit } of wanted) {
      kernelAreas().held.fill(0);
      for (const key of keys) of.hold(key, least, first, end);
      loops.markLacking(end - first, bit);
    }
  };
}

/** Marks whom the gates stop that are about few. */
function fewOf(index: GateIndex, opening: OpeningDocument): OfBlock {
  const competitors = [...new Set((opening.competitors ?? []).map(organisationKey))];
  const works = (opening.evaluatedWorks ?? []).flatMap((work) => workKeysOf(work));
  const few = [
    ...competitors.map((key) => ({ bit: BITS.CONFLICT, places: index.employers.of(key) })),
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

/** What stops an expert of each circumstance; the bit of the rate where it is in the opening's currency, and thus counts. */
function circumstanceTable({ circumstances: { all } }: GateIndex, opening: OpeningDocument): Uint16Array {
  const countries = new Set(opening.countries);
  const leastHours = (opening.hoursPerWeek ?? 0) / 2;
  const [currency, needsAuthorisation] = [opening.currency ?? '', !!opening.needsAuthorisation];
  const { SUSPENDED, CONSENT, COUNTRY, AUTHORISATION, HOURS, RATE } = BITS;
  const table = new Uint16Array(all.length);
  for (let number = 0; number < table.length; number++) {
    const each = all[number] as Circumstance;
    table[number] = isNobodys(each)
      ? GONE
      : bitIf(!each.isActive, SUSPENDED) |
        bitIf(each.isActive && !each.isVisible, CONSENT) |
        bitIf(countries.size > 0 && !countries.has(each.country), COUNTRY) |
        bitIf(needsAuthorisation && !each.isAuthorised, AUTHORISATION) |
        bitIf(each.hours < leastHours, HOURS) |
        bitIf(each.currency === currency, RATE);
  }
  return table;
}

function bitIf(isStopped: boolean, bit: number): number {
  return isStopped ? bit : 0;
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
