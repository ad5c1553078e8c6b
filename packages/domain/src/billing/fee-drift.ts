import { canonicalJson } from '../audit/canonical-json';
import { isCurrency, formatAmount } from '../money/money';
import { FEE_SIDES, feeAgain, type FeeAssessment, type FeeSide } from './fee-assessment';
import type { Assessment, TakeRateTerms } from './take-rate';

/** In which way a charged fee is not what it should be. */
export const DRIFT_CLASSES = ['MISSING', 'CURRENCY', 'POLICY', 'CODE', 'ROUNDING', 'OVERRIDE'] as const;
export type DriftClass = (typeof DRIFT_CLASSES)[number];

/** What is not as it should be, in a sentence. */
export interface Drift {
  readonly kind: DriftClass;
  readonly sentence: string;
}

/** A charge with its assessments, the terms that it should follow, and the policy as it is resolved again. */
export interface DriftFacts {
  readonly charge: Assessment & { readonly currency: string; readonly takeRatePolicyId: string };
  readonly assessments: readonly (FeeAssessment & {
    readonly currency: string;
    readonly takeRatePolicyId: string;
  })[];
  /** As frozen on the engagement. */
  readonly agreed: TakeRateTerms & { readonly currency: string; readonly takeRatePolicyId: string };
  /** The policy in force when the offer was sent, resolved today; undefined where none is found. */
  readonly policy?: TakeRateTerms & { readonly id: string };
}

const WORDS: Record<FeeSide, string> = { LAB: "the lab's fee", EXPERT: "the expert's fee" };

/** Works a charge's fees out again and resolves its policy again; names each thing that differs, nothing where none does. */
export function driftOf(facts: DriftFacts): Drift[] {
  const { charge, assessments, agreed } = facts;
  const found = FEE_SIDES.flatMap((side) => assessments.filter((each) => each.side === side));
  if (found.length !== FEE_SIDES.length || assessments.length !== FEE_SIDES.length)
    return [{ kind: 'MISSING', sentence: 'It is without its two fee assessments.' }];
  const currencies = [agreed.currency, ...assessments.map(({ currency }) => currency)];
  if (agreed.feeParts) currencies.push(agreed.feeParts.currency);
  const odd = currencies.find((currency) => currency !== charge.currency);
  if (odd !== undefined)
    return [
      { kind: 'CURRENCY', sentence: `It is in ${charge.currency}, what it follows from is in ${odd}.` },
    ];
  return [...policyDrift(facts), ...assessments.flatMap((each) => feeDrift(each)), ...chargeDrift(facts)];
}

function policyDrift({ charge, assessments, agreed, policy }: DriftFacts): Drift[] {
  const ids = [charge.takeRatePolicyId, ...assessments.map(({ takeRatePolicyId }) => takeRatePolicyId)];
  const other = ids.find((id) => id !== agreed.takeRatePolicyId);
  if (other !== undefined)
    return [
      {
        kind: 'POLICY',
        sentence: `It is charged by policy ${other}, agreed was ${agreed.takeRatePolicyId}.`,
      },
    ];
  if (policy?.id !== agreed.takeRatePolicyId)
    return [
      {
        kind: 'POLICY',
        sentence: `In force when it was offered was ${policy ? `policy ${policy.id}` : 'no policy'}, agreed was ${agreed.takeRatePolicyId}.`,
      },
    ];
  const isSame = assessments.every(
    (each) =>
      inputsOf(each.side, agreed) === inputsOf(each.side, policy) &&
      inputsOf(each.side, agreed) === own(each),
  );
  return isSame
    ? []
    : [
        {
          kind: 'POLICY',
          sentence: `Policy ${policy.id}, the agreement and the assessments say different terms.`,
        },
      ];
}

/** What of some terms one side's fee follows from, as one text. */
function inputsOf(side: FeeSide, { labFeePpm, expertFeePpm, rounding, feeParts }: TakeRateTerms): string {
  const isLab = side === 'LAB';
  const parts = (isLab ? feeParts?.lab : feeParts?.expert) ?? null;
  return canonicalJson({ ppm: isLab ? labFeePpm : expertFeePpm, rounding, parts });
}

function own({ inputs: { ppm, rounding, parts } }: FeeAssessment): string {
  return canonicalJson({ ppm, rounding, parts: parts ?? null });
}

function feeDrift(kept: FeeAssessment & { readonly currency: string }): Drift[] {
  const again = feeAgain(kept);
  const off = largestOf([kept.basisMinor - again.basisMinor, kept.computedMinor - again.computedMinor]);
  const words = (minor: bigint) =>
    isCurrency(kept.currency)
      ? formatAmount({ minor, currency: kept.currency })
      : `${minor} ${kept.currency}`;
  const now = `${WORDS[kept.side]} is kept as ${words(kept.chargedMinor)}, its inputs give ${words(again.chargedMinor)}`;
  if (off > 1n) return [{ kind: 'CODE', sentence: `By today's formula ${now}.` }];
  if (off === 1n) return [{ kind: 'ROUNDING', sentence: `By one unit of rounding, ${now}.` }];
  if (kept.chargedMinor === again.chargedMinor) return [];
  return [{ kind: 'OVERRIDE', sentence: `By another hand than the formula, ${now}.` }];
}

function chargeDrift({ charge, assessments }: DriftFacts): Drift[] {
  const of = (side: FeeSide) => assessments.find((each) => each.side === side)?.chargedMinor ?? 0n;
  const isRight =
    charge.priceMinor - charge.agreedMinor === of('LAB') &&
    charge.agreedMinor - charge.payMinor === of('EXPERT') &&
    charge.priceMinor - charge.payMinor === charge.feeMinor &&
    assessments.every(({ basisMinor }) => basisMinor === charge.agreedMinor);
  return isRight ? [] : [{ kind: 'OVERRIDE', sentence: 'What was charged is not what was assessed.' }];
}

function largestOf(differences: readonly bigint[]): bigint {
  return differences.map((each) => (each < 0n ? -each : each)).reduce((a, b) => (a > b ? a : b), 0n);
}
