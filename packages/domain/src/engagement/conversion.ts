import { dayWords } from '../date/date-words';
import {
  assessLine,
  assessTime,
  assessWeeks,
  isByLine,
  type Assessment,
  type LineFacts,
  type TakeRateTerms,
} from '../billing/take-rate';
import { divideHalfEven } from '../money/money';
import { ok, refuse, type Result } from '../result/result';

/** From a month since the first paid work on, the share of the base that a conversion costs, parts per million. */
export interface ConversionStep {
  readonly fromMonth: number;
  readonly ppm: number;
}

/**
 * The published schedule of what it costs a lab to hire an expert directly: a base of so many full weeks' fees, a share
 * of it that falls to zero with the months since the first paid work, less what was kept already.
 */
export interface ConversionSchedule {
  readonly id: string;
  /** How many weeks at the weekly cap the base counts the platform's fee of. */
  readonly baseWeeks: number;
  /** Share of fees kept already that is taken off, parts per million. */
  readonly creditPpm: number;
  /** Rising months from 0 on, falling shares, the last of them 0. */
  readonly steps: readonly ConversionStep[];
}

/** Whole months after which every schedule has fallen to nothing, at the latest. */
const MOST_MONTHS = 60;
const WHOLE_PPM = 1_000_000;

/** Refuses what no schedule may be: one that does not begin at once, that rises, or that does not fall to nothing. */
export function checkSchedule({
  baseWeeks,
  creditPpm,
  steps,
}: Omit<ConversionSchedule, 'id'>): Result<Omit<ConversionSchedule, 'id'>> {
  const wrong = (field: string, message: string) => refuse('SCHEDULE_WRONG', message, { field });
  if (baseWeeks < 1 || baseWeeks > 104) return wrong('baseWeeks', 'Write a number of weeks from 1 to 104.');
  if (creditPpm < 0 || creditPpm > WHOLE_PPM) return wrong('creditPpm', 'Write a share from 0 to 100 %.');
  if (steps[0]?.fromMonth !== 0) return wrong('steps', 'The first step begins with month 0.');
  if (steps.at(-1)?.ppm !== 0)
    return wrong('steps', 'The last step must be 0 %: every schedule falls to nothing.');
  for (const [index, { fromMonth, ppm }] of steps.entries()) {
    const before = steps[index - 1];
    if (ppm < 0 || ppm > WHOLE_PPM) return wrong('steps', 'Each share is from 0 to 100 %.');
    if (fromMonth > MOST_MONTHS)
      return wrong('steps', `It must be nothing after ${MOST_MONTHS} months at the latest.`);
    if (before && fromMonth <= before.fromMonth)
      return wrong('steps', 'Each step begins later than the one before it.');
    if (before && ppm >= before.ppm) return wrong('steps', 'Each share is smaller than the one before it.');
  }
  return ok({ baseWeeks, creditPpm, steps });
}

/** What a quote is worked out from. */
export interface ConversionFacts {
  readonly schedule: ConversionSchedule;
  /** The engagement: its rate, cap and frozen take rate. */
  readonly rateMinorPerHour: bigint;
  readonly weeklyCapSeconds: number;
  readonly terms: TakeRateTerms;
  /** True where tiers and caps of the month count over all weeks of the base; false where it was signed when each week counted by itself. */
  readonly isBaseOverWeeks: boolean;
  /** When the lab first paid this expert; undefined where it never did. */
  readonly firstPaidAt?: Date;
  /** Fees that the platform kept of what this lab paid for this expert, in the engagement's currency; minor units. */
  readonly keptMinor: bigint;
}

/** What it costs to hire directly now; minor units. due = base x share - credit, never below nothing. */
export interface ConversionQuote {
  readonly months: number;
  readonly ppm: number;
  readonly baseMinor: bigint;
  readonly shareMinor: bigint;
  readonly creditMinor: bigint;
  readonly dueMinor: bigint;
  /** From when on it costs nothing (UTC); undefined while nothing was paid yet. */
  readonly freeFrom?: Date;
}

/** Works out what it costs a lab to hire an expert directly at an instant. */
export function quoteConversion(facts: ConversionFacts, now: Date): ConversionQuote {
  const { schedule, firstPaidAt, keptMinor } = facts;
  const months = firstPaidAt ? monthsBetween(firstPaidAt, now) : 0;
  const ppm = schedule.steps.findLast(({ fromMonth }) => fromMonth <= months)?.ppm ?? 1_000_000;
  const baseMinor = baseOf(facts);
  const shareMinor = divideHalfEven(baseMinor * BigInt(ppm), 1_000_000n);
  const credited = divideHalfEven(keptMinor * BigInt(schedule.creditPpm), 1_000_000n);
  const creditMinor = credited < shareMinor ? credited : shareMinor;
  const lastMonth = schedule.steps.at(-1)?.fromMonth ?? 0;
  return {
    months,
    ppm,
    baseMinor,
    shareMinor,
    creditMinor,
    dueMinor: shareMinor - creditMinor,
    ...(firstPaidAt && { freeFrom: monthsLater(firstPaidAt, lastMonth) }),
  };
}

/**
 * What comes back to the lab once all is charged: the share that was due when it was recorded, worked out again with the
 * fees that were kept by then. Recording early never costs more than recording at the end. Minor units, never below nothing.
 */
export function lateCredit({
  dueMinor,
  creditMinor,
  creditPpm,
  keptMinor,
}: Pick<ConversionQuote, 'dueMinor' | 'creditMinor'> &
  Pick<ConversionSchedule, 'creditPpm'> &
  Pick<ConversionFacts, 'keptMinor'>): bigint {
  const laterMinor = divideHalfEven(keptMinor * BigInt(creditPpm), 1_000_000n) - creditMinor;
  if (laterMinor <= 0n) return 0n;
  return laterMinor < dueMinor ? laterMinor : dueMinor;
}

/** The platform's fee on the full weeks of the base, minor units. */
function baseOf(facts: ConversionFacts): bigint {
  const { rateMinorPerHour, weeklyCapSeconds: seconds, terms, isBaseOverWeeks } = facts;
  const { baseWeeks } = facts.schedule;
  const week: LineFacts = { rateMinorPerHour, seconds, terms };
  return isBaseOverWeeks
    ? assessWeeks(week, baseWeeks).feeMinor
    : weekByItself(week).feeMinor * BigInt(baseWeeks);
}

/** A full week as it was counted when each counted by itself: one cap of the month bounded it where nothing counts by line. */
function weekByItself(week: LineFacts): Assessment {
  return isByLine(week.terms) ? assessTime(week) : assessLine(week);
}

/** How many whole calendar months (UTC) lie between two instants. */
export function monthsBetween(from: Date, to: Date): number {
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const whole = monthsLater(from, months) <= to ? months : months - 1;
  return Math.max(0, whole);
}

/** The same day and time a number of calendar months (UTC) later; the month's last day where it has no such day. */
export function monthsLater(from: Date, months: number): Date {
  const later = new Date(from);
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return later;
}

/** The schedule in sentences, for everybody to read. */
export function scheduleWords({ baseWeeks, creditPpm, steps }: ConversionSchedule): string {
  const shares = steps.map(({ fromMonth, ppm }, index) => {
    const next = steps[index + 1];
    const when = next ? `in months ${fromMonth + 1} to ${next.fromMonth}` : `after ${fromMonth} months`;
    return `${ppm === 0 ? 'nothing' : `${ppm / 10_000} %`} ${when}`;
  });
  const credit = creditPpm === 1_000_000 ? 'All fees' : `${creditPpm / 10_000} % of the fees`;
  return `A lab may hire an expert directly at any time. It costs a share of the platform's fee on ${baseWeeks} full weeks: ${shares.join(', ')} since the first paid work. ${credit} that the platform keeps of their work together come off it, those of work until the engagement ends too. The expert pays nothing.`;
}

/** What a quote says, in one sentence without amounts. */
export function quoteWords({ months, ppm, freeFrom }: ConversionQuote): string {
  if (ppm === 0) return 'Hiring directly costs nothing any more.';
  const since = freeFrom
    ? `${months} whole ${months === 1 ? 'month has' : 'months have'} passed since the first paid work; it costs nothing from ${dayWords(freeFrom)} on.`
    : 'Nothing was paid yet; the months count from the first approved line.';
  return `It costs ${ppm / 10_000} % of the base, less the fees kept already. ${since}`;
}
