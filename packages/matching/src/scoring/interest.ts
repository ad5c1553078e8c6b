/** Where nothing is known that speaks for or against it. */
export const UNKNOWN_INTEREST = 0.5;

/** What is in an opening for an expert, as far as their profile says what they want. */
export interface Wanted {
  /** Lowest rate, minor units; 0 where none is said, or in another currency. */
  readonly rate: number;
  /** Hours a week that they offer; undefined where none are said. */
  readonly hours: number | undefined;
}

/** What an opening gives. */
export interface Given {
  /** Highest rate of the band, minor units; 0 where none is said. */
  readonly rate: number;
  /** Hours a week; 0 where none are said. */
  readonly hours: number;
}

/**
 * How much an expert would want an opening, 0 to 1: the mean of what is known. Pay is worth a half at the lowest rate and all
 * at twice of it; hours are worth the share of what is offered that they fill, and no more beyond it. Work that was turned down
 * does not count: who declines loses nothing.
 */
export function interestOf(wanted: Wanted, given: Given): number {
  let [sum, known] = [0, 0];
  if (wanted.rate > 0 && given.rate > 0) {
    sum += Math.min(1, given.rate / wanted.rate / 2);
    known += 1;
  }
  if (wanted.hours !== undefined && wanted.hours > 0 && given.hours > 0) {
    sum += Math.min(given.hours, wanted.hours) / Math.max(given.hours, wanted.hours);
    known += 1;
  }
  return known === 0 ? UNKNOWN_INTEREST : sum / known;
}
