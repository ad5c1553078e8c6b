import {
  divisionOf,
  NOTHING_COUNTED,
  sideFee,
  type Counted,
  type FeeParts,
  type Rounding,
  type SideAmounts,
  type SideFee,
} from './fee';
import { divideHalfEven } from '../money/money';

/** What the platform keeps of a line: fees as parts per million of the agreed pay, and what else was agreed. */
export interface TakeRateTerms {
  /** Paid by the lab on top of the expert's agreed pay. */
  readonly labFeePpm: number;
  /** Taken from the expert's agreed pay. */
  readonly expertFeePpm: number;
  readonly rounding: Rounding;
  /** Tiers, fixed amounts, minimums and caps; none in a policy of percentages. */
  readonly feeParts?: FeeParts | null;
}

/** 15 % of agreed pay, paid by the lab on top. */
export const DEFAULT_TAKE_RATE_TERMS: TakeRateTerms = {
  labFeePpm: 150_000,
  expertFeePpm: 0,
  rounding: 'HALF_EVEN',
};

/** The terms of a row that has more: what an offer, an engagement and a charge carry frozen. */
export function termsOf({ labFeePpm, expertFeePpm, rounding, feeParts }: TakeRateTerms): TakeRateTerms {
  return { labFeePpm, expertFeePpm, rounding, ...(feeParts && { feeParts }) };
}

/** The three numbers of a line and the agreed pay that they come from; minor units. price = pay + fee. */
export interface Assessment {
  readonly agreedMinor: bigint;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
}

const NOTHING: Assessment = { agreedMinor: 0n, priceMinor: 0n, payMinor: 0n, feeMinor: 0n };

/** A line with the fee of each side. */
export interface AssessedLine extends Assessment {
  readonly labFee: SideFee;
  readonly expertFee: SideFee;
}

/** What a line is worked out from. */
export interface LineFacts {
  /** The expert's agreed rate an hour, minor units. */
  readonly rateMinorPerHour: bigint;
  readonly seconds: number;
  /** Agreed pay as a sum and not by time: a bonus. Minor units. */
  readonly sumMinor?: bigint;
  readonly terms: TakeRateTerms;
}

/** Agreed pay of a line: rate x seconds / 3600, rounded once; of a sum the sum. Minor units. */
export function agreedPay({ rateMinorPerHour, seconds, sumMinor, terms }: LineFacts): bigint {
  if (sumMinor !== undefined) return sumMinor;
  return divisionOf(terms.rounding)(rateMinorPerHour * BigInt(seconds), 3600n);
}

/**
 * Works out a line: agreed = rate x seconds / 3600, rounded once; price = agreed + lab's fee; pay = agreed - expert's
 * fee; fee = price - pay, so that the three always add up. Where nothing is counted yet the fee is the most that it can be.
 */
export function assessLine(line: LineFacts): Assessment {
  const { agreedMinor, priceMinor, payMinor, feeMinor } = assessFees(line, NOTHING_COUNTED);
  return { agreedMinor, priceMinor, payMinor, feeMinor };
}

/** As `assessLine`, with what was counted before the line, and with each side's fee by itself. */
export function assessFees(line: LineFacts, counted: Counted): AssessedLine {
  const { rounding, labFeePpm, expertFeePpm, feeParts } = line.terms;
  const agreedMinor = agreedPay(line);
  const base = { basisMinor: agreedMinor, rounding, counted };
  const { labMinor, expertMinor } = counted.weekLeft ?? {};
  const labFee = sideFee({ ...base, ppm: labFeePpm, parts: feeParts?.lab, mostMinor: labMinor });
  const expertFee = sideFee({ ...base, ppm: expertFeePpm, parts: feeParts?.expert, mostMinor: expertMinor });
  const priceMinor = agreedMinor + labFee.chargedMinor;
  const payMinor = agreedMinor - expertFee.chargedMinor;
  return { agreedMinor, priceMinor, payMinor, feeMinor: priceMinor - payMinor, labFee, expertFee };
}

/**
 * Works out a time at its dearest: as one line, or, where a fixed amount or a minimum counts for each line, as lines of
 * an hour. What is held and what is estimated before anything is counted: of more than an hour as if it were in a week that crosses
 * a month's end. Shorter lines do not make a week dearer: see `weekLeft`.
 */
export function assessTime({ rateMinorPerHour, seconds: all, terms }: LineFacts): Assessment {
  const time = linesOf({ rateMinorPerHour, seconds: all, terms })
    .map((seconds) => assessLine({ rateMinorPerHour, seconds, terms: withoutCap(terms) }))
    .reduce(plus, NOTHING);
  const [first, second] = monthsOfWeek(0);
  return withinMonths(time, terms, all > 3600 ? [first, second] : [first], new Map());
}

/**
 * Works out weeks that are all full, at their dearest: each tier by what the weeks before have billed, and a cap of the month as often as
 * they touch a month at most. What is estimated for the whole of an engagement.
 */
export function assessWeeks(week: LineFacts, weeks: number): Assessment {
  const feeOfMonth = new Map<number, bigint>();
  let sum = NOTHING;
  let { billedMinor } = NOTHING_COUNTED;
  for (let number = 0; number < weeks; number++) {
    let uncapped = NOTHING;
    for (const seconds of linesOf(week)) {
      const line = { ...week, seconds, terms: withoutCap(week.terms) };
      const assessed = assessFees(line, { ...NOTHING_COUNTED, billedMinor });
      uncapped = plus(uncapped, assessed);
      billedMinor += assessed.agreedMinor;
    }
    sum = plus(sum, withinMonths(uncapped, week.terms, monthsOfWeek(number), feeOfMonth));
  }
  return sum;
}

/**
 * The first and the last month, counted from one January on, of a week where weeks touch the most months: the first crosses the end of
 * that January, before the shortest months. Common years follow for long enough; a leap day only makes the months longer.
 */
function monthsOfWeek(number: number): [number, number] {
  const monthOf = (day: number) => {
    const at = new Date(Date.UTC(2025, 0, 31 + day));
    return (at.getUTCFullYear() - 2025) * 12 + at.getUTCMonth();
  };
  return [monthOf(7 * number), monthOf(7 * number + 6)];
}

/**
 * A time with the lab's fee as far as the cap leaves it in the months that the time touches, the earlier month first: one that lies in
 * one month has that month's cap, one that crosses a month's end has both.
 * @param feeOfMonth the lab's fees of each month so far, minor units; this time's are added
 */
function withinMonths(
  uncapped: Assessment,
  { feeParts }: TakeRateTerms,
  months: readonly number[],
  feeOfMonth: Map<number, bigint>,
): Assessment {
  const cap = feeParts?.lab?.monthlyCapMinor;
  if (cap === undefined) return uncapped;
  let overMinor = uncapped.priceMinor - uncapped.agreedMinor;
  for (const month of months) {
    const beforeMinor = feeOfMonth.get(month) ?? 0n;
    const leftMinor = BigInt(cap) - beforeMinor;
    const takenMinor = overMinor < leftMinor ? overMinor : leftMinor;
    feeOfMonth.set(month, beforeMinor + takenMinor);
    overMinor -= takenMinor;
  }
  const { priceMinor, feeMinor } = uncapped;
  return { ...uncapped, priceMinor: priceMinor - overMinor, feeMinor: feeMinor - overMinor };
}

/** Terms without the lab's cap of the month, which counts over lines together. */
function withoutCap(terms: TakeRateTerms): TakeRateTerms {
  if (terms.feeParts?.lab?.monthlyCapMinor === undefined) return terms;
  const { monthlyCapMinor: _cap, ...lab } = terms.feeParts.lab;
  return { ...terms, feeParts: { ...terms.feeParts, lab } };
}

/** The lines of a time at its dearest. */
function linesOf({ seconds, terms }: LineFacts): number[] {
  if (!isByLine(terms)) return [seconds];
  const hours = Array.from({ length: Math.floor(seconds / 3600) }, () => 3600);
  return seconds % 3600 === 0 ? hours : [...hours, seconds % 3600];
}

/**
 * What charged lines of a week leave of the fees of a full week, by side; undefined where no part of the fee counts for each line.
 * However short its lines are, a week costs no more fees than were held, and no more than both sides read when they agreed.
 */
export function weekLeft(
  full: LineFacts,
  charged: Pick<Assessment, 'agreedMinor' | 'priceMinor' | 'payMinor'>,
): SideAmounts | undefined {
  if (!isByLine(full.terms)) return undefined;
  const most = assessTime(full);
  const left = (ofFull: bigint, ofLines: bigint) => (ofFull > ofLines ? ofFull - ofLines : 0n);
  return {
    labMinor: left(most.priceMinor - most.agreedMinor, charged.priceMinor - charged.agreedMinor),
    expertMinor: left(most.agreedMinor - most.payMinor, charged.agreedMinor - charged.payMinor),
  };
}

/** True where a part of the fee counts for each line, whatever its length. */
export function isByLine({ feeParts }: TakeRateTerms): boolean {
  return [feeParts?.lab, feeParts?.expert].some(
    (side) => side?.fixedMinor !== undefined || side?.minimumMinor !== undefined,
  );
}

/** Amounts a number of times. */
export function times(amounts: Assessment, count: bigint): Assessment {
  return {
    agreedMinor: amounts.agreedMinor * count,
    priceMinor: amounts.priceMinor * count,
    payMinor: amounts.payMinor * count,
    feeMinor: amounts.feeMinor * count,
  };
}

/** Two amounts of one currency together. */
export function plus(one: Assessment, other: Assessment): Assessment {
  return {
    agreedMinor: one.agreedMinor + other.agreedMinor,
    priceMinor: one.priceMinor + other.priceMinor,
    payMinor: one.payMinor + other.payMinor,
    feeMinor: one.feeMinor + other.feeMinor,
  };
}

/** The share that a fee is of agreed pay, parts per million; 0 where nothing was agreed. */
export function takeRateOf(feeMinor: bigint, agreedMinor: bigint): number {
  return agreedMinor === 0n ? 0 : Number(divideHalfEven(feeMinor * 1_000_000n, agreedMinor));
}

/** The lab's share of a line as it is shown: what was agreed where it is a percentage, else what it came to. */
export function shownTakeRate(
  { labFeePpm, feeParts }: Pick<TakeRateTerms, 'labFeePpm' | 'feeParts'>,
  { priceMinor, agreedMinor }: Pick<Assessment, 'priceMinor' | 'agreedMinor'>,
): number {
  return feeParts?.lab ? takeRateOf(priceMinor - agreedMinor, agreedMinor) : labFeePpm;
}

/** True where a charged line is what its own inputs give today: the audit works every charge out again. */
export function lineMatches(line: LineFacts & Assessment, counted: Counted = NOTHING_COUNTED): boolean {
  const again = assessFees(line, counted);
  return (
    again.agreedMinor === line.agreedMinor &&
    again.priceMinor === line.priceMinor &&
    again.payMinor === line.payMinor &&
    again.feeMinor === line.feeMinor
  );
}
