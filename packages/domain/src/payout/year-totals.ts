/** What was sent to somebody in a year and what of it came back, minor units. Cash basis: the day of the transfer counts. */
export interface YearTotals {
  readonly year: number;
  readonly currency: string;
  readonly paidMinor: bigint;
  /** In the year in which it came back, whenever it was sent. */
  readonly reversedMinor: bigint;
  readonly payments: number;
}

/** From which sum of a year payments are told to the tax office. */
export interface TaxThreshold {
  readonly form: string;
  readonly year: number;
  readonly currency: string;
  readonly thresholdMinor: bigint;
  readonly moreThanPayments: number | null;
  /** True: the sum itself counts. False: it takes more than the sum. */
  readonly isReachedAt: boolean;
}

/** What a year comes to: sent less what came back. */
export function netOf({ paidMinor, reversedMinor }: YearTotals): bigint {
  return paidMinor - reversedMinor;
}

/** True where a year's totals reach a form's threshold; undefined where there is none for the year and the currency. */
export function reaches(totals: YearTotals, form: string, all: readonly TaxThreshold[]): boolean | undefined {
  const threshold = all.find(
    (each) => each.form === form && each.year === totals.year && each.currency === totals.currency,
  );
  if (!threshold) return undefined;
  const { thresholdMinor, isReachedAt, moreThanPayments } = threshold;
  const net = netOf(totals);
  const isSum = isReachedAt ? net >= thresholdMinor : net > thresholdMinor;
  return isSum && (moreThanPayments === null || totals.payments > moreThanPayments);
}
