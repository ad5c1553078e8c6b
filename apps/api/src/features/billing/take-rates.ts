import {
  frozenTakeRateWords,
  resolveTakeRate,
  termsOf,
  type TakeRateFacts,
  type TakeRatePolicy,
  type TakeRateTerms,
} from '@tallystick/domain';
import type { Read } from '../../platform/prisma/transaction';
import { policiesFor } from './policy.repository';

/** Terms as they are frozen on an offer, with where they come from. */
export interface ResolvedTakeRate {
  readonly terms: TakeRateTerms;
  readonly policyId: string;
  readonly explanation: string;
  /** As the explanation, for what is frozen now: it stays true when another rate holds later. */
  readonly frozenExplanation: string;
}

/** The take rate in force for somebody now. There is always one: the default. */
export async function resolveTakeRateFor({ db, now }: Read, facts: TakeRateFacts): Promise<ResolvedTakeRate> {
  return resolved(await policiesFor(db, [facts], now), facts, now);
}

/** The take rates in force now for several, in their order, by one statement. */
export async function resolveTakeRatesFor(
  { db, now }: Read,
  facts: readonly TakeRateFacts[],
): Promise<ResolvedTakeRate[]> {
  if (facts.length === 0) return [];
  const policies = await policiesFor(db, facts, now);
  return facts.map((each) => resolved(policies, each, now));
}

function resolved(policies: readonly TakeRatePolicy[], facts: TakeRateFacts, now: Date): ResolvedTakeRate {
  const found = resolveTakeRate(policies, facts, now);
  if (!found) throw new Error('no take-rate policy is in force');
  const { policy, explanation } = found;
  const frozenExplanation = frozenTakeRateWords(policy);
  return { terms: termsOf(policy), policyId: policy.id, explanation, frozenExplanation };
}

const NO_LAB = '00000000-0000-0000-0000-000000000000';

/** The take rate in force for everybody who has no other agreed. */
export function resolveTakeRateForAll(read: Read): Promise<ResolvedTakeRate> {
  return resolveTakeRateFor(read, { labId: NO_LAB });
}
