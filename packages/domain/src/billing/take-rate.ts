import { divideHalfEven, divideHalfUp } from '../money/money';

export const ROUNDINGS = ['HALF_EVEN', 'HALF_UP'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/** What the platform keeps of a line: fees as parts per million of the agreed pay. */
export interface TakeRateTerms {
  /** Paid by the lab on top of the expert's agreed pay. */
  readonly labFeePpm: number;
  /** Taken from the expert's agreed pay. */
  readonly expertFeePpm: number;
  readonly rounding: Rounding;
}

/** 15 % of agreed pay, paid by the lab on top. */
export const DEFAULT_TAKE_RATE_TERMS: TakeRateTerms = {
  labFeePpm: 150_000,
  expertFeePpm: 0,
  rounding: 'HALF_EVEN',
};

/** The three numbers of a line and the agreed pay that they come from; minor units. price = pay + fee. */
export interface Assessment {
  readonly agreedMinor: bigint;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
}

/** What a line is worked out from. */
export interface LineFacts {
  /** The expert's agreed rate an hour, minor units. */
  readonly rateMinorPerHour: bigint;
  readonly seconds: number;
  readonly terms: TakeRateTerms;
}

/**
 * Works out a line: agreed = rate x seconds / 3600, rounded once; price = agreed + lab's fee; pay = agreed - expert's
 * fee; fee = price - pay, so that the three always add up.
 */
export function assessLine({ rateMinorPerHour, seconds, terms }: LineFacts): Assessment {
  const divide = terms.rounding === 'HALF_UP' ? divideHalfUp : divideHalfEven;
  const agreedMinor = divide(rateMinorPerHour * BigInt(seconds), 3600n);
  const priceMinor = agreedMinor + divide(agreedMinor * BigInt(terms.labFeePpm), 1_000_000n);
  const payMinor = agreedMinor - divide(agreedMinor * BigInt(terms.expertFeePpm), 1_000_000n);
  return { agreedMinor, priceMinor, payMinor, feeMinor: priceMinor - payMinor };
}

/** The share that a fee is of agreed pay, parts per million; 0 where nothing was agreed. */
export function takeRateOf(feeMinor: bigint, agreedMinor: bigint): number {
  return agreedMinor === 0n ? 0 : Number(divideHalfEven(feeMinor * 1_000_000n, agreedMinor));
}

/** True where a charged line is what its own inputs give today: the audit works every charge out again. */
export function lineMatches(line: LineFacts & Assessment): boolean {
  const again = assessLine(line);
  return (
    again.agreedMinor === line.agreedMinor &&
    again.priceMinor === line.priceMinor &&
    again.payMinor === line.payMinor &&
    again.feeMinor === line.feeMinor
  );
}

/** Narrowest first: what was agreed for a pair beats what holds for everybody. */
export const TAKE_RATE_SCOPES = ['LAB_EXPERT', 'PROJECT', 'LAB', 'PROMO', 'DEFAULT'] as const;
export type TakeRateScope = (typeof TAKE_RATE_SCOPES)[number];

const SCOPE_WORDS: Record<TakeRateScope, string> = {
  LAB_EXPERT: 'agreed for this lab and this expert',
  PROJECT: 'agreed for this project',
  LAB: "in this lab's contract",
  PROMO: 'a promotion that is running',
  DEFAULT: 'the default for everybody',
};

/** A take-rate policy with its dates. */
export interface TakeRatePolicy extends TakeRateTerms {
  readonly id: string;
  readonly scope: TakeRateScope;
  readonly labId?: string | null;
  readonly projectId?: string | null;
  readonly expertId?: string | null;
  readonly effectiveFrom: Date;
  readonly effectiveTo?: Date | null;
}

/** Whom and what a rate is asked for. */
export interface TakeRateFacts {
  readonly labId: string;
  readonly projectId?: string;
  readonly expertId?: string;
}

/** The policy in force for somebody at an instant, with the sentence that both sides read; undefined where none is. */
export function resolveTakeRate(
  policies: readonly TakeRatePolicy[],
  facts: TakeRateFacts,
  at: Date,
): { policy: TakeRatePolicy; explanation: string } | undefined {
  const inForce = policies.filter(
    (policy) =>
      policy.effectiveFrom <= at &&
      (!policy.effectiveTo || policy.effectiveTo > at) &&
      concerns(policy, facts),
  );
  const policy = TAKE_RATE_SCOPES.map((scope) => inForce.find((each) => each.scope === scope)).find(
    (each) => each !== undefined,
  );
  return policy && { policy, explanation: explain(policy) };
}

function concerns(policy: TakeRatePolicy, facts: TakeRateFacts): boolean {
  const fits = (wanted: string | null | undefined, given: string | undefined) => !wanted || wanted === given;
  return (
    fits(policy.labId, facts.labId) &&
    fits(policy.projectId, facts.projectId) &&
    fits(policy.expertId, facts.expertId)
  );
}

function explain(policy: TakeRatePolicy): string {
  const lab = `${percent(policy.labFeePpm)} of agreed pay, paid by the lab on top`;
  const expert =
    policy.expertFeePpm === 0
      ? 'nothing is taken from the expert'
      : `${percent(policy.expertFeePpm)} of agreed pay is taken from the expert`;
  return `${lab}; ${expert}. This is ${SCOPE_WORDS[policy.scope]}.`;
}

/** Parts per million as a percentage: `15.00 %`. */
export function percent(ppm: number): string {
  return `${(ppm / 10_000).toFixed(2)} %`;
}
