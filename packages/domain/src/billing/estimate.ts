import { formatDuration } from '../timesheet/entry.rules';
import { formatAmount, type Currency } from '../money/money';
import { assessTime, type Assessment, type TakeRateTerms } from './take-rate';

/** What was estimated for a full week, and what a sheet of it came to. */
export interface EstimateFacts {
  readonly rateMinorPerHour: bigint;
  readonly terms: TakeRateTerms;
  readonly currency: Currency;
  readonly weeklyCapSeconds: number;
  /** Seconds that were charged. */
  readonly seconds: number;
  /** Sum of the charged lines. */
  readonly charged: Assessment;
  /** Whose number: what the lab pays, or what the expert gets. */
  readonly side: 'lab' | 'expert';
}

/** An estimate beside what was charged, minor units: estimate + hours + rest = charged. */
export interface EstimateDifference {
  readonly estimateMinor: bigint;
  readonly chargedMinor: bigint;
  /** Because other hours were worked than the cap. */
  readonly hoursMinor: bigint;
  /** Because each line is rounded by itself, and because of parts of the fee that depend on lines, on what was billed before, or on the month. */
  readonly restMinor: bigint;
}

/** Splits the difference between the estimate of a full week and what was charged into its causes. */
export function estimateDifference(facts: EstimateFacts): EstimateDifference {
  const { rateMinorPerHour, terms, weeklyCapSeconds, seconds, charged, side } = facts;
  const of = (amounts: Assessment) => (side === 'lab' ? amounts.priceMinor : amounts.payMinor);
  const estimateMinor = of(assessTime({ rateMinorPerHour, seconds: weeklyCapSeconds, terms }));
  const timeMinor = of(assessTime({ rateMinorPerHour, seconds, terms }));
  const chargedMinor = of(charged);
  return {
    estimateMinor,
    chargedMinor,
    hoursMinor: timeMinor - estimateMinor,
    restMinor: chargedMinor - timeMinor,
  };
}

/** The difference in one sentence. */
export function estimateWords(facts: EstimateFacts): string {
  const { estimateMinor, chargedMinor, hoursMinor, restMinor } = estimateDifference(facts);
  const { currency, terms, weeklyCapSeconds, seconds, side } = facts;
  const money = (minor: bigint) => formatAmount({ minor: minor < 0n ? -minor : minor, currency });
  const change = (minor: bigint) => `${money(minor)} ${minor < 0n ? 'less' : 'more'}`;
  const verb = side === 'lab' ? 'charged' : 'earned';
  if (estimateMinor === chargedMinor)
    return `A full week was estimated at ${money(estimateMinor)}, and as much is ${verb}.`;
  const causes = [
    ...(hoursMinor === 0n
      ? []
      : [
          `${formatDuration(seconds)} of ${formatDuration(weeklyCapSeconds)} are in this sheet (${change(hoursMinor)})`,
        ]),
    ...(restMinor === 0n ? [] : [`${restWords(terms, side)} (${change(restMinor)})`]),
  ];
  return `A full week was estimated at ${money(estimateMinor)}; ${money(chargedMinor)} is ${verb}, because ${causes.join(' and ')}.`;
}

/** Why the lines of a sheet come to something else than one line of all their time. */
function restWords({ feeParts }: TakeRateTerms, side: EstimateFacts['side']): string {
  const { tiers = [], fixedMinor, minimumMinor, monthlyCapMinor } = feeParts?.[side] ?? {};
  const causes = [
    (fixedMinor ?? minimumMinor) !== undefined && 'on how many lines there are',
    tiers.length > 0 && 'on what was billed before',
    monthlyCapMinor !== undefined && 'on the fees of the month',
  ].filter((cause) => cause !== false);
  return causes.length === 0
    ? 'each line is rounded by itself'
    : `a part of the fee depends ${causes.join(' and ')}`;
}
