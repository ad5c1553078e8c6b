import { divisionOf, NOTHING_COUNTED, sideFee, type Counted, type Rounding, type SideParts } from './fee';
import type { AssessedLine, LineFacts } from './take-rate';
import { assessmentTakenBack, type TakenBackInputs } from './taken-back';

/** The formula by which fees are worked out now. One that gives other numbers is another version. */
export const FORMULA_VERSION = 1;

export const FEE_SIDES = ['LAB', 'EXPERT'] as const;
export type FeeSide = (typeof FEE_SIDES)[number];

/** Everything that one side's fee follows from beside the counters, as it is kept. */
export interface FeeInputs {
  /** Minor units as text. */
  readonly rateMinorPerHour: string;
  readonly seconds: number;
  /** Agreed pay as a sum and not by time: a bonus. Minor units as text. */
  readonly sumMinor?: string;
  /** Of a counter-row: which part of which fee goes back. */
  readonly takenBack?: TakenBackInputs;
  /** Parts per million of agreed pay, below the first tier. */
  readonly ppm: number;
  readonly rounding: Rounding;
  readonly parts?: SideParts;
  /** What the week's lines had left of the fee of a full week; minor units as text. Absent where no part counts for each line. */
  readonly weekLeftMinor?: string;
}

/** One side's fee of a charged line with everything that it follows from. Minor units. */
export interface FeeAssessment {
  readonly side: FeeSide;
  readonly basisMinor: bigint;
  readonly computedMinor: bigint;
  readonly chargedMinor: bigint;
  /** Lifetime billings of the pair; null where no tiers were agreed. */
  readonly billedBeforeMinor: bigint | null;
  readonly billedAfterMinor: bigint | null;
  /** Lab's fees of the month under the policy; null where no cap was agreed. */
  readonly monthBeforeMinor: bigint | null;
  readonly monthAfterMinor: bigint | null;
  readonly formulaVersion: number;
  readonly inputs: FeeInputs;
}

/** Both sides' assessments of a line that was worked out with what was counted before it. */
export function feeAssessments(line: LineFacts, counted: Counted, assessed: AssessedLine): FeeAssessment[] {
  const { feeParts, labFeePpm, expertFeePpm, rounding } = line.terms;
  const given = {
    rateMinorPerHour: line.rateMinorPerHour.toString(),
    seconds: line.seconds,
    ...(line.sumMinor !== undefined && { sumMinor: line.sumMinor.toString() }),
    rounding,
  };
  const { labMinor, expertMinor } = counted.weekLeft ?? {};
  const [lab, expert] = [
    { fee: assessed.labFee, left: labMinor },
    { fee: assessed.expertFee, left: expertMinor },
  ];
  const sides = [
    { side: 'LAB', ppm: labFeePpm, parts: feeParts?.lab, ...lab },
    { side: 'EXPERT', ppm: expertFeePpm, parts: feeParts?.expert, ...expert },
  ] as const;
  return sides.map(({ side, ppm, parts, fee, left }) => {
    const isTiered = parts?.tiers !== undefined;
    const isCapped = parts?.monthlyCapMinor !== undefined;
    const { billedMinor, monthFeeMinor } = counted;
    return {
      side,
      basisMinor: assessed.agreedMinor,
      ...fee,
      billedBeforeMinor: isTiered ? billedMinor : null,
      billedAfterMinor: isTiered ? billedMinor + assessed.agreedMinor : null,
      monthBeforeMinor: isCapped ? monthFeeMinor : null,
      monthAfterMinor: isCapped ? monthFeeMinor + fee.chargedMinor : null,
      formulaVersion: FORMULA_VERSION,
      inputs: {
        ...{ ...given, ppm },
        ...(parts && { parts }),
        ...(left !== undefined && { weekLeftMinor: left.toString() }),
      },
    };
  });
}

/** A fee as its kept inputs give it today; minor units. */
export function feeAgain({
  inputs,
  billedBeforeMinor,
  monthBeforeMinor,
}: Pick<FeeAssessment, 'inputs' | 'billedBeforeMinor' | 'monthBeforeMinor'>): Pick<
  FeeAssessment,
  'basisMinor' | 'computedMinor' | 'chargedMinor'
> {
  const { rateMinorPerHour, seconds, sumMinor, takenBack, ppm, rounding, parts, weekLeftMinor } = inputs;
  if (takenBack) return assessmentTakenBack(takenBack, rounding);
  const byTime = () => divisionOf(rounding)(BigInt(rateMinorPerHour) * BigInt(seconds), 3600n);
  const basisMinor = sumMinor === undefined ? byTime() : BigInt(sumMinor);
  const counted = {
    billedMinor: billedBeforeMinor ?? NOTHING_COUNTED.billedMinor,
    monthFeeMinor: monthBeforeMinor ?? NOTHING_COUNTED.monthFeeMinor,
  };
  const mostMinor = weekLeftMinor === undefined ? undefined : BigInt(weekLeftMinor);
  return { basisMinor, ...sideFee({ basisMinor, ppm, parts, rounding, counted, mostMinor }) };
}

/** What was counted before a line, as its assessments keep it. */
export function countedBefore(
  rows: readonly Pick<FeeAssessment, 'side' | 'inputs' | 'billedBeforeMinor' | 'monthBeforeMinor'>[],
): Counted {
  const first = (pick: (row: (typeof rows)[number]) => bigint | null) =>
    rows.map(pick).find((minor) => minor !== null);
  const leftOf = (side: FeeSide) => rows.find((row) => row.side === side)?.inputs.weekLeftMinor;
  const [lab, expert] = [leftOf('LAB'), leftOf('EXPERT')];
  return {
    billedMinor: first((row) => row.billedBeforeMinor) ?? NOTHING_COUNTED.billedMinor,
    monthFeeMinor: first((row) => row.monthBeforeMinor) ?? NOTHING_COUNTED.monthFeeMinor,
    ...(lab !== undefined &&
      expert !== undefined && { weekLeft: { labMinor: BigInt(lab), expertMinor: BigInt(expert) } }),
  };
}
