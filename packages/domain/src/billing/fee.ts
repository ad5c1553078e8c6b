import { divideHalfEven, divideHalfUp } from '../money/money';

export const ROUNDINGS = ['HALF_EVEN', 'HALF_UP'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/** How a division to the smallest unit is rounded. */
export function divisionOf(rounding: Rounding): (numerator: bigint, denominator: bigint) => bigint {
  return rounding === 'HALF_UP' ? divideHalfUp : divideHalfEven;
}

/** A step of a tiered fee: what is billed above a sum carries this share, parts per million. */
export interface FeeTier {
  /** Lifetime billings of the lab and the expert, minor units as text. */
  readonly aboveMinor: string;
  readonly ppm: number;
}

/** What one side's fee has beside its percentage. Amounts are minor units as text, so that they can be kept as JSON. */
export interface SideParts {
  /** Marginal, rising sums and falling shares; below the first the percentage itself holds. */
  readonly tiers?: readonly FeeTier[];
  /** On top for each charged line. */
  readonly fixedMinor?: string;
  /** The least for a charged line; never above its agreed pay. */
  readonly minimumMinor?: string;
  /** The most that a lab is charged in a calendar month (UTC). */
  readonly monthlyCapMinor?: string;
}

/** Parts of a policy beside its percentages, and the currency of their amounts. */
export interface FeeParts {
  readonly currency: string;
  readonly lab?: SideParts;
  readonly expert?: SideParts;
}

/** What was counted before a line, minor units: lifetime billings of the pair, and the lab's fees of the month. */
export interface Counted {
  readonly billedMinor: bigint;
  readonly monthFeeMinor: bigint;
  /** Where a part of the fee counts for each line: what the week's lines leave of the fees of a full week. */
  readonly weekLeft?: SideAmounts;
}

/** An amount of each side, minor units. */
export interface SideAmounts {
  readonly labMinor: bigint;
  readonly expertMinor: bigint;
}

export const NOTHING_COUNTED: Counted = { billedMinor: 0n, monthFeeMinor: 0n };

/** One side's fee of a line: as the percentages and the fixed part give it, and as it is charged. */
export interface SideFee {
  readonly computedMinor: bigint;
  readonly chargedMinor: bigint;
}

/** What one side's fee is worked out from. */
export interface SideFacts {
  /** Agreed pay of the line, minor units. */
  readonly basisMinor: bigint;
  /** Parts per million, below the first tier. */
  readonly ppm: number;
  readonly parts?: SideParts;
  readonly rounding: Rounding;
  readonly counted: Counted;
  /** The most that it may come to, minor units: what the week's lines leave of the fee of a full week. */
  readonly mostMinor?: bigint;
}

/**
 * Works out one side's fee of a line. Computed: every tier's part of the basis by its share, rounded once, and the fixed
 * amount. Charged: at least the minimum, at most the agreed pay, at most what a full week and the month's cap leave.
 */
export function sideFee({ basisMinor, ppm, parts = {}, rounding, counted, mostMinor }: SideFacts): SideFee {
  const shares = tierShares(basisMinor, ppm, parts.tiers ?? [], counted.billedMinor);
  const computedMinor = divisionOf(rounding)(shares, 1_000_000n) + amountOf(parts.fixedMinor);
  const due = largest(computedMinor, amountOf(parts.minimumMinor));
  const upToPay = smallest(due, smallest(basisMinor, mostMinor ?? basisMinor));
  if (parts.monthlyCapMinor === undefined) return { computedMinor, chargedMinor: upToPay };
  const left = largest(0n, amountOf(parts.monthlyCapMinor) - counted.monthFeeMinor);
  return { computedMinor, chargedMinor: smallest(upToPay, left) };
}

/** Sum of each tier's part of the basis times its share, parts per million of minor units. */
function tierShares(basisMinor: bigint, ppm: number, tiers: readonly FeeTier[], billedMinor: bigint): bigint {
  const steps = [
    { from: 0n, ppm },
    ...tiers.map((tier) => ({ from: BigInt(tier.aboveMinor), ppm: tier.ppm })),
  ];
  const upTo = billedMinor + basisMinor;
  return steps.reduce((sum, step, index) => {
    const end = steps[index + 1]?.from;
    const begin = largest(step.from, billedMinor);
    const within = (end === undefined ? upTo : smallest(end, upTo)) - begin;
    return within > 0n ? sum + within * BigInt(step.ppm) : sum;
  }, 0n);
}

/** A fee that was charged for a basis, and what of that basis is taken back; minor units. */
export interface FeeTakenBack {
  readonly basisMinor: bigint;
  readonly chargedMinor: bigint;
  readonly takenBackMinor: bigint;
  readonly rounding: Rounding;
}

/** The fee that goes back with a part of a line, at the rate at which it was charged; all of it with the whole line. */
export function feeTakenBack({ basisMinor, chargedMinor, takenBackMinor, rounding }: FeeTakenBack): bigint {
  if (takenBackMinor >= basisMinor) return chargedMinor;
  return divisionOf(rounding)(chargedMinor * takenBackMinor, basisMinor);
}

/** The counters after a part of a line was taken back: they step back by as much as that part had moved them. */
export function countedBack(
  counted: Counted,
  takenBackMinor: bigint,
  feeMinor: bigint,
  isSameMonth: boolean,
): Counted {
  return {
    billedMinor: largest(0n, counted.billedMinor - takenBackMinor),
    monthFeeMinor: isSameMonth ? largest(0n, counted.monthFeeMinor - feeMinor) : counted.monthFeeMinor,
  };
}

function amountOf(minor: string | undefined): bigint {
  return minor === undefined ? 0n : BigInt(minor);
}

function largest(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

function smallest(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
