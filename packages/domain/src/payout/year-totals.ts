/** What was sent to somebody in a year and what of it came back, minor units. Cash basis: the day of the transfer counts. */
export interface YearSums {
  readonly year: number;
  readonly currency: string;
  readonly paidMinor: bigint;
  /** In the year in which it came back, whenever it was sent. */
  readonly reversedMinor: bigint;
  readonly payments: number;
}

/** The same with where who was paid lives, ISO 3166. */
export interface YearTotals extends YearSums {
  readonly country: string;
}

/** From which sum of a year payments are told to the tax office. */
export interface TaxThreshold {
  readonly form: string;
  readonly year: number;
  /** Where who is paid lives, ISO 3166; * where their country has no threshold of its own. */
  readonly country: string;
  readonly currency: string;
  readonly thresholdMinor: bigint;
  readonly moreThanPayments: number | null;
  /** True: the sum itself counts. False: it takes more than the sum. */
  readonly isReachedAt: boolean;
}

/** From which sum of a calendar year a signed tax form must be there. */
export interface FormRequirement {
  readonly year: number;
  /** Sent in the year, minor units; 0 where the form must be there before the first payout. */
  readonly fromMinor: bigint;
}

/**
 * The lowest threshold of the newest year that has begun: the law of a year stands until the next one's is known.
 * Where none is known for the currency, the form must be there before the first payout.
 */
export function formRequirement(
  all: readonly TaxThreshold[],
  { year, country, currency }: Pick<YearTotals, 'year' | 'country' | 'currency'>,
): FormRequirement {
  const begun = ofCountry(
    all.filter((each) => each.currency === currency && each.year <= year),
    country,
  );
  const newest = Math.max(...begun.map((each) => each.year));
  const sums = begun
    .filter((each) => each.year === newest)
    .map(({ thresholdMinor, isReachedAt }) => (isReachedAt ? thresholdMinor : thresholdMinor + 1n));
  const [first = 0n, ...rest] = sums;
  return { year, fromMinor: rest.reduce((lowest, sum) => (sum < lowest ? sum : lowest), first) };
}

/** The thresholds of a country; those of everywhere where it has none of its own. */
function ofCountry(all: readonly TaxThreshold[], country: string): readonly TaxThreshold[] {
  const own = all.filter((each) => each.country === country);
  return own.length > 0 ? own : all.filter((each) => each.country === '*');
}

/** What a year comes to: sent less what came back. */
export function netOf({ paidMinor, reversedMinor }: YearSums): bigint {
  return paidMinor - reversedMinor;
}

/** True where a year's totals reach a form's threshold; undefined where there is none for the year and the currency. */
export function reaches(totals: YearTotals, form: string, all: readonly TaxThreshold[]): boolean | undefined {
  const threshold = ofCountry(
    all.filter(
      (each) => each.form === form && each.year === totals.year && each.currency === totals.currency,
    ),
    totals.country,
  )[0];
  if (!threshold) return undefined;
  const { thresholdMinor, isReachedAt, moreThanPayments } = threshold;
  const net = netOf(totals);
  const isSum = isReachedAt ? net >= thresholdMinor : net > thresholdMinor;
  return isSum && (moreThanPayments === null || totals.payments > moreThanPayments);
}
