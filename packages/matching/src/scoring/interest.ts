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
export function interestOf({ rate, hours }: Wanted, given: Given): number {
  return meanOfKnown(rate, given.rate, hours === undefined ? UNKNOWN : hoursWorth(hours, given.hours));
}

/** The worth of no hours, where none are said on either side. */
const UNKNOWN = -1;

/** What hours are worth to somebody, 0 to 1, or -1 where that is not known. */
export function hoursWorth(wanted: number, given: number): number {
  return wanted > 0 && given > 0 ? Math.min(given, wanted) / Math.max(given, wanted) : UNKNOWN;
}

/** The interest by a lowest rate, the rate that is given, and what hours are worth. */
export function meanOfKnown(rate: number, given: number, hours: number): number {
  const isPayKnown = rate > 0 && given > 0;
  const pay = isPayKnown ? Math.min(1, given / rate / 2) : 0;
  if (hours < 0) return isPayKnown ? pay : UNKNOWN_INTEREST;
  return isPayKnown ? (pay + hours) / 2 : hours;
}
