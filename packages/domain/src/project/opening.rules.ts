import { assessLine, type Assessment, type TakeRateTerms } from '../billing/take-rate';
import { CURRENCIES, formatAmount, isCurrency, type Currency } from '../money/money';
import { ok, refuse, type Result } from '../result/result';

/** The numbers of an opening as a lab writes them. */
export interface OpeningNumbers {
  readonly currency: string;
  readonly rateMinMinor: bigint;
  readonly rateMaxMinor: bigint;
  readonly seats: number;
  readonly hoursPerWeek: number;
  readonly weeks: number;
}

/** Checks the numbers of an opening; each refusal names its field. */
export function checkOpeningNumbers(
  opening: OpeningNumbers,
): Result<OpeningNumbers & { currency: Currency }> {
  const { currency } = opening;
  if (!isCurrency(currency))
    return refuse('CURRENCY_UNKNOWN', `Choose one of ${Object.keys(CURRENCIES).join(', ')}.`, {
      field: 'currency',
    });
  if (opening.rateMinMinor <= 0n)
    return refuse('RATE_MISSING', 'Say what an hour pays at least.', { field: 'rateMinMinor' });
  if (opening.rateMaxMinor < opening.rateMinMinor)
    return refuse('BAND_BACKWARDS', 'The upper end of the band is below the lower one.', {
      field: 'rateMaxMinor',
    });
  if (opening.rateMaxMinor > 100_000_000n)
    return refuse(
      'RATE_TOO_HIGH',
      `An hour above ${formatAmount({ minor: 100_000_000n, currency })} is probably a slip.`,
      { field: 'rateMaxMinor' },
    );
  const bounds = [
    ['seats', opening.seats, 1000],
    ['hoursPerWeek', opening.hoursPerWeek, 60],
    ['weeks', opening.weeks, 104],
  ] as const;
  for (const [field, value, most] of bounds) {
    if (!Number.isInteger(value) || value < 1 || value > most)
      return refuse('OUT_OF_BOUNDS', `Write a whole number from 1 to ${most}.`, { field });
  }
  return ok({ ...opening, currency });
}

/** What an opening costs when every seat works every hour, at one rate: one hour and the whole. */
export function priceOpening(
  opening: OpeningNumbers,
  rateMinorPerHour: bigint,
  terms: TakeRateTerms,
): { hour: Assessment; whole: Assessment } {
  const hour = assessLine({ rateMinorPerHour, seconds: 3600, terms });
  const week = assessLine({ rateMinorPerHour, seconds: opening.hoursPerWeek * 3600, terms });
  const times = BigInt(opening.seats * opening.weeks);
  return {
    hour,
    whole: {
      agreedMinor: week.agreedMinor * times,
      priceMinor: week.priceMinor * times,
      payMinor: week.payMinor * times,
      feeMinor: week.feeMinor * times,
    },
  };
}
