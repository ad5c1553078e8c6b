import { wantedKeys } from '../gates/credential-keys';
import type { GateIndex } from '../gates/gate-index';
import type { ExpertIndex } from '../index/expert-index';
import type { WorkColumns } from '../index/work-columns';
import type { OpeningDocument } from '../documents';
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

/** How near the fields of the texts are to one. */
export function fieldColumn(index: ExpertIndex, field: Float32Array, places: Uint32Array): Float32Array {
  const values = new Float32Array(places.length);
  for (let i = 0; i < values.length; i++) values[i] = fieldValue(index, field, places[i] as number);
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
  for (let i = 0; i < values.length; i++) {
    const at = places[i] as number;
    const hours = byNumber[own[at] as number] as number;
    values[i] = hoursValue(hours, hoursPerWeek, work ? work.engagedHours(at) : 0);
  }
  return values;
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
  gates: GateIndex,
  { languages = [] }: OpeningDocument,
  places: Uint32Array,
): Float32Array {
  return meanOf(places.length, languages, ({ language, level }) => {
    const above = gates.levelsAbove(language, level, places);
    const values = new Float32Array(above.length);
    for (let i = 0; i < values.length; i++) values[i] = languageValue(above[i] as number);
    return values;
  });
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
