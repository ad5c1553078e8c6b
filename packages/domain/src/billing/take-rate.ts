import {
  divisionOf,
  NOTHING_COUNTED,
  sideFee,
  type Counted,
  type FeeParts,
  type Rounding,
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
  const labFee = sideFee({ ...base, ppm: labFeePpm, parts: feeParts?.lab });
  const expertFee = sideFee({ ...base, ppm: expertFeePpm, parts: feeParts?.expert });
  const priceMinor = agreedMinor + labFee.chargedMinor;
  const payMinor = agreedMinor - expertFee.chargedMinor;
  return { agreedMinor, priceMinor, payMinor, feeMinor: priceMinor - payMinor, labFee, expertFee };
}

/**
 * Works out a time at its dearest: as one line, or, where a fixed amount or a minimum counts for each line, as lines of
 * an hour. What is held and what is estimated before anything is counted.
 */
export function assessTime({ rateMinorPerHour, seconds, terms }: LineFacts): Assessment {
  if (!isByLine(terms)) return assessLine({ rateMinorPerHour, seconds, terms });
  const hours = Math.floor(seconds / 3600);
  const rest = seconds - hours * 3600;
  const hour = assessLine({ rateMinorPerHour, seconds: 3600, terms });
  const last = assessLine({ rateMinorPerHour, seconds: rest, terms });
  return plus(times(hour, BigInt(hours)), last);
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
