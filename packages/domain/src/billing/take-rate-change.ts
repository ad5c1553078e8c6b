import type { FeeTier, SideParts } from './fee';
import type { TakeRateTerms } from './take-rate';
import type { TakeRatePolicy } from './take-rate-policy';

/** Why a second person looks at a take rate: it begins in the past, or it may keep less than what was published. */
export type TakeRateConcern = 'PAST' | 'LOWER';

/** What a second person looks at in a take rate that is asked for; nothing where one person may set it. */
export function takeRateConcerns(
  next: TakeRateTerms & { readonly effectiveFrom: Date },
  published: readonly TakeRateTerms[],
  now: Date,
): TakeRateConcern[] {
  const isLower = published.some((each) => mayLower(next, each));
  return [...(next.effectiveFrom < now ? (['PAST'] as const) : []), ...(isLower ? (['LOWER'] as const) : [])];
}

/** True where some line may carry a lower fee of a side under the next terms than under those before. */
export function mayLower(next: TakeRateTerms, before: TakeRateTerms): boolean {
  if (before.rounding === 'HALF_UP' && next.rounding !== 'HALF_UP') return true;
  const isOtherCurrency =
    next.feeParts && before.feeParts && next.feeParts.currency !== before.feeParts.currency;
  if (isOtherCurrency) return true;
  return (
    sideMayLower(
      { ppm: next.labFeePpm, parts: next.feeParts?.lab },
      { ppm: before.labFeePpm, parts: before.feeParts?.lab },
    ) ||
    sideMayLower(
      { ppm: next.expertFeePpm, parts: next.feeParts?.expert },
      { ppm: before.expertFeePpm, parts: before.feeParts?.expert },
    )
  );
}

interface Side {
  readonly ppm: number;
  readonly parts?: SideParts;
}

function sideMayLower(next: Side, before: Side): boolean {
  const sums = [next, before].flatMap(({ parts }) => (parts?.tiers ?? []).map((tier) => tier.aboveMinor));
  const isLowerShare = ['0', ...sums].some((sum) => shareAbove(next, sum) < shareAbove(before, sum));
  const isLowerAmount = (['fixedMinor', 'minimumMinor'] as const).some(
    (name) => amountOf(next.parts?.[name]) < amountOf(before.parts?.[name]),
  );
  const [nextCap, cap] = [next.parts?.monthlyCapMinor, before.parts?.monthlyCapMinor];
  const isCapped = nextCap !== undefined && (cap === undefined || BigInt(nextCap) < BigInt(cap));
  return isLowerShare || isLowerAmount || isCapped;
}

/** The share that holds for what comes just above a sum of lifetime billings, parts per million. */
function shareAbove({ ppm, parts }: Side, sum: string): number {
  const reached = (parts?.tiers ?? []).filter((tier: FeeTier) => BigInt(tier.aboveMinor) <= BigInt(sum));
  return reached.at(-1)?.ppm ?? ppm;
}

function amountOf(minor: string | undefined): bigint {
  return minor === undefined ? 0n : BigInt(minor);
}

/** A policy with when it became known, and its end before that was set into the past. */
export type KeptPolicy = TakeRatePolicy & {
  readonly createdAt: Date;
  readonly closedAt?: Date | null;
  readonly plannedTo?: Date | null;
  readonly approvalRequestId?: string | null;
};

/**
 * Policies as they were known at an instant. One that was approved later to begin earlier changes nothing that was agreed
 * meanwhile: it was not there, and the one that it ended was running as planned.
 */
export function policiesAsKnown(policies: readonly KeptPolicy[], at: Date): TakeRatePolicy[] {
  return policies
    .filter(({ approvalRequestId, createdAt }) => !approvalRequestId || createdAt <= at)
    .map((policy) =>
      policy.closedAt && policy.closedAt > at ? { ...policy, effectiveTo: policy.plannedTo ?? null } : policy,
    );
}
