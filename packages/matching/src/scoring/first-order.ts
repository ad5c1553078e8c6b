import type { OpeningDocument } from '../documents';
import type { GateIndex } from '../gates/gate-index';
import type { ExpertIndex } from '../index/expert-index';
import { columnNumber, EXPERTS, kernelAreas, loops } from '../kernel/kernel';
import { HALF, type PartWeights, type Weighting } from './model';
import { averageOf, orderPairs, type Averages } from './pair-score';
import { filledByHours, languageColumn, offeredByHours, setOccupations } from './part-columns';
import { EASY_RATE, RATE_STEEPNESS } from './part-values';

const WORDS = ['profile', 'titles', 'evidence', 'requiredSkills'] as const;
/** Those of which a share of the best possible match is known. */
const SHARES = ['profile', 'evidence'] as const;
const PROFILES = ['occupation', 'languages', 'hours'] as const;

/** What the words of an opening find of some experts. */
export type Found = Readonly<Record<(typeof WORDS)[number], Float32Array>>;

/** What is asked of everybody: an opening, what each occupation is worth for it, and what fits it on average. */
interface Asked {
  readonly opening: OpeningDocument;
  readonly worth: Float32Array;
  readonly weights: PartWeights;
  readonly averages: Averages;
}

/**
 * Orders experts as their scores would, by the parts that are quick to tell: of the others each is taken for average. The kernel takes a
 * block of them at once.
 * @returns a number above that of another where an expert comes before
 */
export function firstOrder(
  index: ExpertIndex,
  asked: Asked,
  found: Found,
  places: Uint32Array,
  { calibration }: Weighting,
): Float32Array {
  const order = new Float32Array(places.length);
  const average = averageOf(asked.averages, asked.weights);
  const ceiling = Number(asked.opening.rateMaxMinor ?? 0);
  for (let from = 0; from < places.length; from += EXPERTS) {
    const some = places.subarray(from, from + EXPERTS);
    const { pairs } = kernelAreas();
    for (const name of WORDS) pairs[name].set(found[name].subarray(from, from + some.length));
    setProfiles(index, asked, some);
    sum(asked, some.length, ceiling);
    orderPairs(some.length, average, ceiling, calibration);
    order.set(pairs.sums.subarray(0, some.length), from);
  }
  return order;
}

/** Sets the columns of what profiles say. */
function setProfiles(index: ExpertIndex, { opening, worth, weights }: Asked, places: Uint32Array): void {
  const { pairs } = kernelAreas();
  if (weights.occupation > 0) setOccupations(index, worth, places, pairs.occupation);
  pairs.languages.set(languageColumn(index.gates, opening, places));
  setWishes(index.gates, opening, places);
}

/** Sets the columns of rates, 0 in another currency, and of hours. */
function setWishes({ circumstances, rates }: GateIndex, opening: OpeningDocument, places: Uint32Array): void {
  const { pairs } = kernelAreas();
  const { hoursPerWeek } = opening;
  const currency = circumstances.currencyNumber(opening.currency ?? '');
  const isInCurrency = circumstances.currencyByNumber.map((number) => Number(number === currency));
  const offered = offeredByHours(hoursPerWeek);
  const filled = filledByHours(hoursPerWeek);
  const { hoursByNumber } = circumstances;
  const [own, ownRates] = [circumstances.view, rates.view];
  for (let i = 0; i < places.length; i++) {
    const at = places[i] as number;
    const number = own[at] as number;
    const hours = hoursByNumber[number] as number;
    pairs.rate[i] = (ownRates[at] as number) * (isInCurrency[number] as number);
    pairs.hours[i] = offered[hours] as number;
    pairs.hoursWorth[i] = filled[hours] as number;
  }
}

/** Sums the columns, each with its weight, and what is average of all other parts. */
function sum({ weights, averages }: Asked, length: number, ceiling: number): void {
  let rest = averageOf(averages, weights) - averages.rate * weights.rate;
  for (const name of [...WORDS, ...PROFILES]) rest -= averages[name] * weights[name];
  kernelAreas().pairs.sums.fill(rest, 0, length);
  for (const name of SHARES) loops.soften(length, columnNumber(name), HALF);
  for (const name of [...WORDS, ...PROFILES])
    if (weights[name] > 0) loops.count(length, columnNumber(name), weights[name]);
  if (ceiling > 0) loops.countRates(length, ceiling, EASY_RATE, RATE_STEEPNESS, weights.rate);
}
