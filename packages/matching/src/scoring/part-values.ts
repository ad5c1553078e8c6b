import { NO_HOURS } from '../gates/circumstances';
import type { ExpertIndex } from '../index/expert-index';
import { HALF, PART_NAMES, type PartName, type PartWeights } from './model';

/** Up to this share of the ceiling a rate fits whole; at the ceiling it fits half. */
export const EASY_RATE = 0.8;
/** From there on, what is lost for a whole ceiling more. */
export const RATE_STEEPNESS = 2.5;

/**
 * Of each part, a value for each of some pairs of expert and opening, 0 to 1. Everything is rounded to 32 bits where it is kept, so that
 * a pair has the same values whether an opening looks for experts or an expert for openings.
 */
export type PartValues = Readonly<Record<PartName, Float32Array>>;

/** A share of the best possible text match as a value: half of it all at `HALF`. */
export function soft(share: number): number {
  return share / (share + HALF);
}

/** How near the field of an expert's texts is to one: the sum of squares, as votes are counted, between 0 and 1. */
export function fieldValue({ topics, topicStarts }: ExpertIndex, field: Float32Array, at: number): number {
  const end = topicStarts[at + 1] as number;
  let sum = 0;
  for (let text = topicStarts[at] as number; text < end; text++) {
    const near = topics.nearness(field, text);
    sum += near * near;
  }
  const votes = Math.sqrt(sum);
  return votes / (votes + 1);
}

/** 1 up to 80 % of the ceiling, then down to a half at the ceiling, and on to nothing; 0 where no rate is said. */
export function rateValue(rate: number, ceiling: number): number {
  if (rate === 0 || ceiling === 0) return 0;
  const share = rate / ceiling;
  return share <= EASY_RATE ? 1 : Math.max(0, 1 - (share - EASY_RATE) * RATE_STEEPNESS);
}

/** The share of the wanted hours that is offered, beside hours that are taken; 0 where none are said. */
export function hoursValue(own: number, wanted: number | undefined, taken = 0): number {
  return wanted && own !== NO_HOURS ? Math.min(1, Math.max(0, own - taken) / wanted) : 0;
}

/** Beyond the level that is asked for a language counts more: a half at it, all at two levels above. */
export function languageValue(above: number): number {
  return above < 0 ? 0 : Math.min(1, 0.5 + above / 4);
}

/** A credential that holds longer than the work counts more: a half on its last day, all a year after. */
export function validityValue(daysBeyond: number): number {
  return daysBeyond < 0 ? 0 : Math.min(1, 0.5 + daysBeyond / 730);
}

/** Shared hours: a half at those that are asked for, all at twice as many. */
export function overlapValue(minutes: number, leastHours: number): number {
  return leastHours > 0 ? Math.min(1, minutes / (leastHours * 120)) : 0;
}

export function atMostOne(value: number): number {
  return Math.min(1, value);
}

/** The sum of the contributions of one pair. */
export function scoreAt(values: PartValues, weights: PartWeights, i: number): number {
  let sum = 0;
  for (const name of PART_NAMES) sum += (values[name][i] as number) * weights[name];
  return sum;
}

/** The same of each pair: in the same order of parts, so that the sums are the same to the last bit. */
export function sumsOfParts(values: PartValues, weights: PartWeights, length: number): Float64Array {
  const sums = new Float64Array(length);
  for (const name of PART_NAMES) {
    const [column, weight] = [values[name], weights[name]];
    for (let i = 0; i < length; i++) sums[i] = (sums[i] as number) + (column[i] as number) * weight;
  }
  return sums;
}
