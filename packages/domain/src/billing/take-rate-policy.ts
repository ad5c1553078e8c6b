import { FUNDING_CURRENCIES, isCurrency, payableCurrency } from '../money/money';
import { ok, refuse, type Result } from '../result/result';
import type { SideParts } from './fee';
import { takeRateWords } from './take-rate-words';
import type { TakeRateTerms } from './take-rate';

/** Narrowest first: what was agreed for a pair beats what holds for everybody. */
export const TAKE_RATE_SCOPES = ['LAB_EXPERT', 'PROJECT', 'LAB', 'PROMO', 'DEFAULT'] as const;
export type TakeRateScope = (typeof TAKE_RATE_SCOPES)[number];

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
  /** Currency of the work: a policy with amounts holds only in its own. Without it, policies with amounts do not hold. */
  readonly currency?: string;
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
  return policy && { policy, explanation: takeRateWords(policy) };
}

function concerns(policy: TakeRatePolicy, facts: TakeRateFacts): boolean {
  const fits = (wanted: string | null | undefined, given: string | undefined) => !wanted || wanted === given;
  return (
    fits(policy.labId, facts.labId) &&
    fits(policy.projectId, facts.projectId) &&
    fits(policy.expertId, facts.expertId) &&
    fits(policy.feeParts?.currency, facts.currency)
  );
}

/** The most that a side's fee may be, parts per million of agreed pay. */
export const MOST_FEE_PPM = 500_000;
const MOST_TIERS = 10;
const MINOR = /^\d{1,12}$/;

/** What a policy is for, from when until when. */
export type PolicyRules = Omit<TakeRatePolicy, 'id'>;

/** Refuses what no policy may be, by the field: ids that its scope does not have, a promotion without an end, amounts in a currency in which no work can be paid, parts that contradict each other. */
export function checkPolicy(policy: PolicyRules): Result<PolicyRules> {
  const { scope, effectiveFrom, effectiveTo, feeParts } = policy;
  const whom = whomFault(policy);
  if (whom) return refuse('POLICY_WHOM', whom.message, { field: whom.field });
  if (scope === 'PROMO' && !effectiveTo)
    return refuse('POLICY_WITHOUT_END', 'A promotion needs its last day.', { field: 'effectiveTo' });
  if (scope === 'DEFAULT' && effectiveTo)
    return refuse('POLICY_WITH_END', 'What holds for everybody has no end: set the next one instead.', {
      field: 'effectiveTo',
    });
  if (effectiveTo && effectiveTo <= effectiveFrom)
    return refuse('DATES_BACKWARDS', 'It must end after it begins.', { field: 'effectiveTo' });
  if (!feeParts) return ok(policy);
  if (scope === 'DEFAULT')
    return refuse(
      'POLICY_PARTS',
      'What holds for everybody has percentages only: work in another currency would have no take rate.',
      { field: 'feeParts.currency' },
    );
  if (!isCurrency(feeParts.currency))
    return refuse('CURRENCY_UNKNOWN', `Choose one of ${FUNDING_CURRENCIES.join(', ')}.`, {
      field: 'currency',
    });
  const payable = payableCurrency(feeParts.currency);
  if (!payable.ok) return payable;
  const lab = sideFault(feeParts.lab ?? {}, policy.labFeePpm, 'lab');
  const expert = sideFault(feeParts.expert ?? {}, policy.expertFeePpm, 'expert');
  const fault = lab ?? expert;
  return fault ? refuse('POLICY_PARTS', fault.message, { field: fault.field }) : ok(policy);
}

const IDS_OF: Record<TakeRateScope, readonly ('labId' | 'projectId' | 'expertId')[]> = {
  DEFAULT: [],
  PROMO: [],
  LAB: ['labId'],
  PROJECT: ['labId', 'projectId'],
  LAB_EXPERT: ['labId', 'expertId'],
};
const ID_WORDS = { labId: 'lab', projectId: 'project', expertId: 'expert' };

function whomFault(policy: PolicyRules): { field: string; message: string } | undefined {
  for (const field of ['labId', 'projectId', 'expertId'] as const) {
    const isWanted = IDS_OF[policy.scope].includes(field);
    if (isWanted && !policy[field]) return { field, message: `Choose the ${ID_WORDS[field]}.` };
    if (!isWanted && policy[field])
      return { field, message: `A policy of this kind is not for one ${ID_WORDS[field]}.` };
  }
  return undefined;
}

function sideFault(
  parts: SideParts,
  ppm: number,
  side: 'lab' | 'expert',
): { field: string; message: string } | undefined {
  const field = (name: string) => `${side}.${name}`;
  for (const name of ['fixedMinor', 'minimumMinor', 'monthlyCapMinor'] as const) {
    const amount = parts[name];
    if (amount !== undefined && (!MINOR.test(amount) || BigInt(amount) === 0n))
      return { field: field(name), message: 'Write an amount above nothing, or leave it out.' };
  }
  if (side === 'expert' && parts.monthlyCapMinor !== undefined)
    return { field: field('monthlyCapMinor'), message: "Only a lab's fees are capped by the month." };
  const tiers = parts.tiers ?? [];
  if (tiers.length > MOST_TIERS)
    return { field: field('tiers'), message: `Write at most ${MOST_TIERS} tiers.` };
  let [above, share] = [0n, ppm];
  for (const tier of tiers) {
    if (!MINOR.test(tier.aboveMinor) || BigInt(tier.aboveMinor) <= above)
      return { field: field('tiers'), message: 'Each tier begins above the one before it.' };
    if (!Number.isInteger(tier.ppm) || tier.ppm < 0 || tier.ppm >= share)
      return { field: field('tiers'), message: 'Each tier has a smaller share than the one before it.' };
    [above, share] = [BigInt(tier.aboveMinor), tier.ppm];
  }
  return undefined;
}
