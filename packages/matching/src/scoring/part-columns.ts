import { wantedKeys } from '../gates/credential-keys';
import type { GateIndex } from '../gates/gate-index';
import { LEVELS } from '../gates/language-gate';
import { NO_HOURS } from '../gates/circumstances';
import type { ExpertIndex } from '../index/expert-index';
import { LINK_ROW, LINK_WEIGHTS } from '../index/link-rows';
import { TOPICS } from '../index/topics';
import type { WorkColumns } from '../index/work-columns';
import type { OpeningDocument } from '../documents';
import { hoursWorth, meanOfKnown } from './interest';
import {
  fieldValue,
  hoursValue,
  languageValue,
  overlapValue,
  rateValue,
  soft,
  validityValue,
} from './part-values';
import { meanOf } from './rows';

// Each part in a loop of its own over the experts at some places: a function that is called for each of them would take most of the time.

/** Shares of the best possible text match as values. */
export function softened(shares: Float32Array): Float32Array {
  const values = new Float32Array(shares.length);
  for (let i = 0; i < values.length; i++) values[i] = soft(shares[i] as number);
  return values;
}

/** So many experts are fetched from memory before they are worked out: one after the other, each would be waited for. */
const FETCHED = 128;
/** What was read last to fetch experts. It means nothing, but what is kept nowhere is not read at all. */
export let fetched = 0;

/** How near the fields of the texts are to one: of each, the sum of squares, as votes are counted, between 0 and 1. */
export function fieldColumn(index: ExpertIndex, field: Float32Array, places: Uint32Array): Float32Array {
  const values = new Float32Array(places.length);
  for (let from = 0; from < values.length; from += FETCHED) {
    const some = places.subarray(from, from + FETCHED);
    fetchTexts(index, some);
    for (let i = 0; i < some.length; i++) values[from + i] = fieldValue(index, field, some[i] as number);
  }
  return values;
}

/** Brings the first and the last text of each from memory. */
function fetchTexts({ topics: { vectors }, topicStarts }: ExpertIndex, places: Uint32Array): void {
  const length = TOPICS;
  let seen = 0;
  for (let i = 0; i < places.length; i++) {
    const at = places[i] as number;
    const [first, end] = [topicStarts[at] as number, topicStarts[at + 1] as number];
    if (end > first) seen ^= (vectors[first * length] as number) ^ (vectors[end * length - 1] as number);
  }
  fetched = seen;
}

/** How near the occupations of each are to those that are wanted. @param worth of each occupation, by its place and one more; 0 of none */
export function occupationColumn(index: ExpertIndex, worth: Float32Array, places: Uint32Array): Float32Array {
  const values = new Float32Array(places.length);
  setOccupations(index, worth, places, values);
  return values;
}

/** The same into a column that there is. */
export function setOccupations(
  { links }: ExpertIndex,
  worth: Float32Array,
  places: Uint32Array,
  values: Float32Array,
): void {
  const [length, weights] = [LINK_ROW, LINK_WEIGHTS];
  for (let from = 0; from < places.length; from += FETCHED) {
    const to = Math.min(places.length, from + FETCHED);
    let seen = 0;
    for (let i = from; i < to; i++) {
      const row = (places[i] as number) * length;
      seen ^= (links[row] as number) ^ (links[row + length - 1] as number);
    }
    fetched = seen;
    for (let i = from; i < to; i++) {
      const row = (places[i] as number) * length;
      let sum = 0;
      for (let at = row, both = row + weights; both < row + length; at += 2, both++) {
        if (links[at] === 0) break;
        const pair = links[both] as number;
        sum += (worth[links[at] as number] as number) * (pair & 0xff);
        sum += (worth[links[at + 1] as number] as number) * (pair >> 8);
      }
      values[i] = sum < 1 ? sum : 1;
    }
  }
}

/** What is in an opening for each. */
export function interestColumn(
  { circumstances, rates }: GateIndex,
  { currency, rateMaxMinor, hoursPerWeek }: OpeningDocument,
  places: Uint32Array,
): Float32Array {
  const values = new Float32Array(places.length);
  const { currencyByNumber, hoursByNumber } = circumstances;
  const [own, ownRates] = [circumstances.view, rates.view];
  const inCurrency = circumstances.currencyNumber(currency ?? '');
  const given = Number(rateMaxMinor ?? 0);
  const worth = filledByHours(hoursPerWeek);
  for (let i = 0; i < values.length; i++) {
    const at = places[i] as number;
    const number = own[at] as number;
    const rate = currencyByNumber[number] === inCurrency ? (ownRates[at] as number) : 0;
    values[i] = meanOfKnown(rate, given, worth[hoursByNumber[number] as number] as number);
  }
  return values;
}

/** How the lowest rate of each fits the ceiling; 0 in another currency. */
export function rateColumn(
  { circumstances, rates }: GateIndex,
  { currency, rateMaxMinor }: OpeningDocument,
  places: Uint32Array,
): Float32Array {
  const values = new Float32Array(places.length);
  const [own, byNumber, ownRates] = [circumstances.view, circumstances.currencyByNumber, rates.view];
  const wanted = circumstances.currencyNumber(currency ?? '');
  const ceiling = Number(rateMaxMinor ?? 0);
  for (let i = 0; i < values.length; i++) {
    const at = places[i] as number;
    if (byNumber[own[at] as number] === wanted) values[i] = rateValue(ownRates[at] as number, ceiling);
  }
  return values;
}

/** How much of the wanted hours each offers. @param work gives the hours that are taken; none are without it */
export function hoursColumn(
  { circumstances }: GateIndex,
  { hoursPerWeek }: OpeningDocument,
  places: Uint32Array,
  work?: WorkColumns,
): Float32Array {
  const values = new Float32Array(places.length);
  const [own, byNumber] = [circumstances.view, circumstances.hoursByNumber];
  const free = offeredByHours(hoursPerWeek);
  for (let i = 0; i < values.length; i++) {
    const at = places[i] as number;
    const hours = byNumber[own[at] as number] as number;
    values[i] = work ? hoursValue(hours, hoursPerWeek, work.engagedHours(at)) : (free[hours] as number);
  }
  return values;
}

/** How much of the wanted hours is offered, by the hours that somebody offers. */
export function offeredByHours(wanted: number | undefined): Float64Array {
  return byHours((hours) => hoursValue(hours, wanted));
}

/** What the hours of an opening are worth to somebody, by the hours that they offer; below 0 where that is not known. */
export function filledByHours(given = 0): Float64Array {
  return byHours((hours) => hoursWorth(hours === NO_HOURS ? 0 : hours, given));
}

/** Something of each number of hours a week, worked out once for everybody who offers as many. */
function byHours(of: (hours: number) => number): Float64Array {
  return Float64Array.from({ length: NO_HOURS + 1 }, (_, hours) => of(hours));
}

/** How many hours each is at work at the same time. */
export function overlapColumn(gates: GateIndex, opening: OpeningDocument, places: Uint32Array): Float32Array {
  const values = new Float32Array(places.length);
  const least = opening.overlap?.leastHours ?? 0;
  if (least === 0) return values;
  const minutes = gates.minutesShared(opening, places);
  for (let i = 0; i < values.length; i++) values[i] = overlapValue(minutes[i] as number, least);
  return values;
}

/** The mean over the languages that are asked for. */
export function languageColumn(
  { languages: spoken }: GateIndex,
  { languages = [] }: OpeningDocument,
  places: Uint32Array,
): Float32Array {
  const values = new Float32Array(places.length);
  for (const { language, level } of languages) {
    const least = LEVELS.indexOf(level);
    // By one more than what is held, which is one more than the place of the level.
    const worth = Float64Array.from(
      { length: LEVELS.length + 2 },
      (_, held) => Math.fround(languageValue(held - 2 - least)) / languages.length,
    );
    spoken.addWorth(language.toLowerCase(), worth, places, values);
  }
  return values;
}

/** The mean over the credentials that are asked for. */
export function validityColumn(
  gates: GateIndex,
  opening: OpeningDocument,
  places: Uint32Array,
): Float32Array {
  const { lastDay } = opening;
  const wanted = lastDay ? wantedKeys(opening) : [];
  return meanOf(places.length, wanted, (keys) => {
    const beyond = gates.daysHeldBeyond(keys, lastDay as Date, places);
    const values = new Float32Array(beyond.length);
    for (let i = 0; i < values.length; i++) values[i] = validityValue(beyond[i] as number);
    return values;
  });
}

/** How weeks of work passed, and whether they were in time. */
export function workColumn(
  work: WorkColumns,
  name: 'quality' | 'timeliness',
  places: Uint32Array,
): Float32Array {
  const values = new Float32Array(places.length);
  if (!work.isKnown) return values;
  for (let i = 0; i < values.length; i++) values[i] = work[name](places[i] as number);
  return values;
}
