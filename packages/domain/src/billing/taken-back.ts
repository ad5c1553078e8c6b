import { feeTakenBack, type Rounding } from './fee';
import type { FeeAssessment } from './fee-assessment';

/** What a charged line came to, minor units, and its seconds. */
export interface ChargedLine {
  readonly agreedMinor: bigint;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly seconds: number;
  readonly rounding: Rounding;
}

/** What goes back of a line, minor units and seconds, all of it as positive numbers. price = pay + fee. */
export interface TakenBack {
  readonly agreedMinor: bigint;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
  readonly labFeeMinor: bigint;
  readonly expertFeeMinor: bigint;
  readonly seconds: number;
}

/**
 * What goes back with a part of a line's agreed pay: each side's fee at the rate at which it was charged, whatever the
 * policy is by now. Parts are worked out from the beginning of the line, so that all of them together are the line.
 * @param beforeMinor agreed pay that was taken back before
 * @param takenMinor agreed pay that is taken back now; with what went before at most the line's
 */
export function takenBackOf(line: ChargedLine, beforeMinor: bigint, takenMinor: bigint): TakenBack {
  const { agreedMinor, rounding } = line;
  const between = (whole: bigint) =>
    part(whole, agreedMinor, beforeMinor + takenMinor, rounding) -
    part(whole, agreedMinor, beforeMinor, rounding);
  const labFeeMinor = between(line.priceMinor - agreedMinor);
  const expertFeeMinor = between(agreedMinor - line.payMinor);
  return {
    agreedMinor: takenMinor,
    priceMinor: takenMinor + labFeeMinor,
    payMinor: takenMinor - expertFeeMinor,
    feeMinor: labFeeMinor + expertFeeMinor,
    labFeeMinor,
    expertFeeMinor,
    seconds: Number(between(BigInt(line.seconds))),
  };
}

function part(whole: bigint, basisMinor: bigint, takenBackMinor: bigint, rounding: Rounding): bigint {
  return feeTakenBack({ basisMinor, chargedMinor: whole, takenBackMinor, rounding });
}

/** From what the counter-row of an assessment follows; minor units as text. */
export interface TakenBackInputs {
  /** Of the line's own assessment. */
  readonly basisMinor: string;
  readonly chargedMinor: string;
  /** Agreed pay that was taken back before, and now. */
  readonly beforeMinor: string;
  readonly takenMinor: string;
}

/** The counter-row's amounts as its inputs give them: below zero. */
export function assessmentTakenBack(
  { basisMinor, chargedMinor, beforeMinor, takenMinor }: TakenBackInputs,
  rounding: Rounding,
): Pick<FeeAssessment, 'basisMinor' | 'computedMinor' | 'chargedMinor'> {
  const [basis, charged, before, taken] = [basisMinor, chargedMinor, beforeMinor, takenMinor].map(BigInt) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const backMinor = part(charged, basis, before, rounding) - part(charged, basis, before + taken, rounding);
  return { basisMinor: -taken, computedMinor: backMinor, chargedMinor: backMinor };
}

/** What was counted before a reversal, minor units; null where nothing of it is counted. */
export interface CountedBack {
  readonly billedMinor: bigint | null;
  readonly monthFeeMinor: bigint | null;
}

/** The counter-row of one side's assessment. */
export function counterAssessment(
  kept: FeeAssessment,
  part: { readonly beforeMinor: bigint; readonly takenMinor: bigint },
  counted: CountedBack,
  formulaVersion: number,
): FeeAssessment {
  const takenBack = {
    basisMinor: kept.basisMinor.toString(),
    chargedMinor: kept.chargedMinor.toString(),
    beforeMinor: part.beforeMinor.toString(),
    takenMinor: part.takenMinor.toString(),
  };
  const amounts = assessmentTakenBack(takenBack, kept.inputs.rounding);
  const { billedMinor, monthFeeMinor } = counted;
  const [isTiered, isCapped] = [kept.billedBeforeMinor !== null, kept.monthBeforeMinor !== null];
  return {
    side: kept.side,
    ...amounts,
    billedBeforeMinor: isTiered ? billedMinor : null,
    billedAfterMinor: isTiered && billedMinor !== null ? billedMinor + amounts.basisMinor : null,
    monthBeforeMinor: isCapped ? monthFeeMinor : null,
    monthAfterMinor: isCapped && monthFeeMinor !== null ? monthFeeMinor + amounts.chargedMinor : null,
    formulaVersion,
    inputs: { ...kept.inputs, takenBack },
  };
}

/** True where a reversal is what its line and the parts before it give. Its own amounts are below zero. */
export function takenBackMatches(
  line: ChargedLine,
  beforeMinor: bigint,
  reversal: ChargedLine & { readonly feeMinor: bigint },
): boolean {
  const takenMinor = -reversal.agreedMinor;
  if (takenMinor <= 0n || beforeMinor + takenMinor > line.agreedMinor) return false;
  const again = takenBackOf(line, beforeMinor, takenMinor);
  return (
    again.priceMinor === -reversal.priceMinor &&
    again.payMinor === -reversal.payMinor &&
    again.feeMinor === -reversal.feeMinor &&
    again.seconds === -reversal.seconds
  );
}
