import {
  assessLine,
  assessTime,
  assessWeeks,
  plus,
  times,
  type Assessment,
  type TakeRateTerms,
} from '../billing/take-rate';
import { formatAmount, FUNDING_CURRENCIES, isCurrency, payableCurrency, type Currency } from '../money/money';
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
    return refuse('CURRENCY_UNKNOWN', `Choose one of ${FUNDING_CURRENCIES.join(', ')}.`, {
      field: 'currency',
    });
  const payable = payableCurrency(currency);
  if (!payable.ok) return payable;
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

/** What an opening costs when every seat works every hour, at one rate: one hour, one week, the whole. */
export function priceOpening(
  opening: OpeningNumbers,
  rateMinorPerHour: bigint,
  terms: TakeRateTerms,
): { hour: Assessment; week: Assessment; whole: Assessment } {
  const hour = assessLine({ rateMinorPerHour, seconds: 3600, terms });
  const full = { rateMinorPerHour, seconds: opening.hoursPerWeek * 3600, terms };
  const seats = BigInt(opening.seats);
  return {
    hour,
    week: times(assessTime(full), seats),
    whole: times(assessWeeks(full, opening.weeks), seats),
  };
}

/**
 * What openings cost together at the upper end of their bands, one total a currency, in the order of the openings:
 * one week with every seat at every hour, and the whole.
 */
export function totalsOf<T extends OpeningNumbers>(
  openings: readonly T[],
  termsFor: (opening: T) => TakeRateTerms,
): { currency: string; week: Assessment; whole: Assessment }[] {
  const totals = new Map<string, { week: Assessment; whole: Assessment }>();
  for (const opening of openings) {
    const { week, whole } = priceOpening(opening, opening.rateMaxMinor, termsFor(opening));
    const before = totals.get(opening.currency);
    totals.set(
      opening.currency,
      before ? { week: plus(before.week, week), whole: plus(before.whole, whole) } : { week, whole },
    );
  }
  return [...totals].map(([currency, total]) => ({ currency, ...total }));
}
