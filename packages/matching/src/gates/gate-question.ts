import { organisationKey } from '@tallystick/domain';
import type { OpeningDocument } from '../documents';
import { firstFrom } from '../index/first-from';
import { isNobodys } from './circumstances';
import { wantedKeys } from './credential-keys';
import type { GateIndex } from './gate-index';
import { dayNumber, LARGEST, NO_DAY } from './gate-values';
import { LEVELS } from './language-gate';
import { BITS, COMBINATIONS, GONE, removedBy, type Removed } from './removed';
import { workKeysOf } from './work-key';

/** So many experts are asked at once: what is counted of them stays in the processor's cache. */
const BLOCK = 1 << 14;

/** Who passes all gates of an opening, by place, and how many experts each gate removes. */
export interface Eligible {
  readonly places: Uint32Array;
  /** What each gate does, the one that removes most first. */
  readonly removed: Removed[];
}

/** What is counted of a block of experts, before its gates are asked together. */
interface Block {
  /** How many of the wanted things each holds, in their order, up to the first that is lacking. */
  readonly credentials: Uint8Array;
  readonly languages: Uint8Array;
  /** The bits of the gates that stop few. */
  readonly marked: Uint16Array;
}

/** Asks every gate of an opening of everybody in an index, block by block. */
export function eligibleFor(index: GateIndex, opening: OpeningDocument): Eligible {
  const { size } = index;
  const count = counterOf(index, opening);
  const ask = askerOf(index, opening);
  const block = {
    credentials: new Uint8Array(BLOCK),
    languages: new Uint8Array(BLOCK),
    marked: new Uint16Array(BLOCK),
  };
  const combinations = new Uint32Array(COMBINATIONS);
  const found: Uint32Array[] = [];
  for (let first = 0; first < size; first += BLOCK) {
    const end = Math.min(size, first + BLOCK);
    count(first, end, block);
    found.push(ask(first, end, block, combinations));
  }
  return { places: joined(found), removed: removedBy(combinations) };
}

/** Counts what experts hold of what an opening wants, and marks whom the gates stop that are about few. */
function counterOf(index: GateIndex, opening: OpeningDocument) {
  const until = dayNumber(opening.lastDay ?? NO_DAY);
  const credentials = wantedKeys(opening);
  const languages = (opening.languages ?? []).map(({ language, level }) => ({
    key: language.toLowerCase(),
    least: LEVELS.indexOf(level) + 1,
  }));
  const few = stoppedFew(index, opening);
  return (first: number, end: number, block: Block): void => {
    for (const counted of [block.credentials, block.languages, block.marked]) counted.fill(0);
    const length = end - first;
    const [own, spoken] = [block.credentials.subarray(0, length), block.languages.subarray(0, length)];
    credentials.forEach((keys, done) => {
      for (const key of keys) index.credentials.count(key, until, done, first, own);
    });
    languages.forEach(({ key, least }, done) => index.languages.count(key, least, done, first, spoken));
    for (const { bit, places } of few)
      for (let i = firstFrom(places, first, 0); i < places.length && (places[i] as number) < end; i++) {
        const at = (places[i] as number) - first;
        block.marked[at] = (block.marked[at] as number) | bit;
      }
  };
}

/** Whom the gates stop that are about few, ascending. */
function stoppedFew(index: GateIndex, opening: OpeningDocument): { bit: number; places: Uint32Array }[] {
  const competitors = [...new Set((opening.competitors ?? []).map(organisationKey))];
  const works = (opening.evaluatedWorks ?? []).flatMap((work) => workKeysOf(work));
  return [
    ...competitors.map((key) => ({ bit: BITS.CONFLICT, places: index.employers.of(key) })),
    ...works.map((key) => ({ bit: BITS.AUTHORSHIP, places: index.works.authorsOf(key) })),
    { bit: BITS.EXCLUSIVE, places: index.boundElsewhere(opening) },
  ];
}

/** Asks the gates of a block together, in two passes: a pass that reads more columns at once would be slower. */
function askerOf(index: GateIndex, opening: OpeningDocument) {
  const byCircumstance = circumstanceTable(index, opening);
  const bySchedule = scheduleTable(index, opening);
  const ceiling = Math.min(LARGEST, Number(opening.rateMaxMinor ?? LARGEST));
  const [circumstances, schedules, rates] = [
    index.circumstances.view,
    index.scheduleNumbers.view,
    index.rates.view,
  ];
  const held = [wantedKeys(opening).length, opening.languages?.length ?? 0] as const;
  const passing = new Uint32Array(BLOCK);
  // In loops of millions of turns every name is a local one: what is imported is looked up each time.
  const { RATE, CREDENTIAL, LANGUAGE } = BITS;
  /** Adds the gates about circumstances, hours and rate to what is marked already. */
  const mark = (first: number, end: number, marked: Uint16Array): void => {
    for (let at = first, i = 0; at < end; at++, i++) {
      // The sign of the difference says whether the rate is within the ceiling.
      const isWithin = ~((ceiling - (rates[at] as number)) >> 31);
      marked[i] =
        (marked[i] as number) |
        ((byCircumstance[circumstances[at] as number] as number) & ~(RATE & isWithin)) |
        (bySchedule[schedules[at] as number] as number);
    }
  };
  /** Counts who is stopped by what. @returns the places of who passes all */
  const pass = (
    first: number,
    length: number,
    { credentials, languages, marked }: Block,
    combinations: Uint32Array,
  ): Uint32Array => {
    const [wanted, spoken] = held;
    let count = 0;
    for (let i = 0; i < length; i++) {
      const failed =
        (marked[i] as number) |
        ((((credentials[i] as number) - wanted) >> 31) & CREDENTIAL) |
        ((((languages[i] as number) - spoken) >> 31) & LANGUAGE);
      combinations[failed] = (combinations[failed] as number) + 1;
      if (failed === 0) passing[count++] = first + i;
    }
    return passing.slice(0, count);
  };
  return (first: number, end: number, block: Block, combinations: Uint32Array): Uint32Array => {
    mark(first, end, block.marked);
    return pass(first, end - first, block, combinations);
  };
}

/** What stops an expert of each circumstance; the bit of the rate where it is in the opening's currency, and thus counts. */
function circumstanceTable({ circumstances }: GateIndex, opening: OpeningDocument): Uint16Array {
  const countries = new Set(opening.countries);
  const leastHours = (opening.hoursPerWeek ?? 0) / 2;
  return Uint16Array.from(circumstances.all, (each) =>
    isNobodys(each)
      ? GONE
      : bitIf(!each.isActive, BITS.SUSPENDED) |
        bitIf(each.isActive && !each.isVisible, BITS.CONSENT) |
        bitIf(countries.size > 0 && !countries.has(each.country), BITS.COUNTRY) |
        bitIf(!!opening.needsAuthorisation && !each.isAuthorised, BITS.AUTHORISATION) |
        bitIf(each.hours < leastHours, BITS.HOURS) |
        bitIf(each.currency === (opening.currency ?? ''), BITS.RATE),
  );
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
