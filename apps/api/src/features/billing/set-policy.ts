import {
  dayWords,
  takeRateConcerns,
  resolveTakeRate,
  termsOf,
  termsWords,
  type PolicyRules,
  type TakeRateConcern,
  type TakeRateTerms,
} from '@tallystick/domain';
import { Refused } from '../../platform/errors/refused';
import type { Read, Tx } from '../../platform/prisma/transaction';
import { findExpert } from '../expert/expert.public';
import { findLab } from '../lab/lab.public';
import {
  closePolicy,
  insertPolicy,
  policiesFor,
  policyRunningAt,
  policyWithin,
  type PolicyRecord,
  type PolicyWhom,
} from './policy.repository';

const NO_LAB = '00000000-0000-0000-0000-000000000000';

/** For whom a policy is, of all that it says. */
export function whomOf({ scope, labId = null, projectId = null, expertId = null }: PolicyRules): PolicyWhom {
  return { scope, labId, projectId, expertId };
}

/** For whom a policy is, in words for who decides on it. Refuses with LAB_UNKNOWN, EXPERT_UNKNOWN. */
export async function whomWords({ db }: Pick<Read, 'db'>, rules: PolicyRules): Promise<string> {
  const { scope, labId, expertId } = rules;
  if (!labId) return scope === 'PROMO' ? 'everybody, as a promotion' : 'everybody';
  const lab = await findLab(db, labId);
  if (!lab) throw new Refused('LAB_UNKNOWN', 'There is no such lab.', { field: 'labId' });
  if (expertId && !(await findExpert(db, expertId)))
    throw new Refused('EXPERT_UNKNOWN', 'There is no such expert.', { field: 'expertId' });
  if (scope === 'PROJECT') return `one project of ${lab.name}`;
  return expertId ? `${lab.name} and one expert` : lab.name;
}

/** What another person has to look at before a policy is set; nothing where one person may set it. */
export async function concernsOf({ db, now }: Read, rules: PolicyRules): Promise<TakeRateConcern[]> {
  return takeRateConcerns(rules, await publishedFor(db, rules), now);
}

/** What was published for the same people from the day on which a policy begins: what they would get, and what is agreed with them. */
async function publishedFor(db: Read['db'], rules: PolicyRules): Promise<TakeRateTerms[]> {
  const { labId, projectId, expertId, effectiveFrom, feeParts } = rules;
  const facts = {
    labId: labId ?? NO_LAB,
    ...(projectId && { projectId }),
    ...(expertId && { expertId }),
    ...(feeParts && { currency: feeParts.currency }),
  };
  const policies = await policiesFor(db, [facts], effectiveFrom);
  const whom = whomOf(rules);
  const own = policies.filter((each) => {
    const other = whomOf(each);
    return (['scope', 'labId', 'projectId', 'expertId'] as const).every((name) => whom[name] === other[name]);
  });
  const resolved = resolveTakeRate(policies, facts, effectiveFrom)?.policy;
  return [...own, ...(resolved ? [resolved] : [])].map(termsOf);
}

/**
 * Names the policy for the same people that begins while this one would hold, or that would still hold after it: that
 * one would be cut off, and nobody would have said what comes then.
 */
export async function refuseOverlap({ db }: Pick<Read, 'db'>, rules: PolicyRules): Promise<void> {
  const other = await policyWithin(db, whomOf(rules), rules.effectiveFrom, rules.effectiveTo);
  if (!other) return refuseWithin(db, rules);
  throw overlap(
    other,
    'effectiveFrom',
    `It overlaps the policy that begins on ${dayWords(other.effectiveFrom)}`,
    'Let this one end before that day, or begin after that policy.',
  );
}

/**
 * One that holds until further notice, or until the next, ends where this one begins. One with an end of its own was
 * promised until then.
 */
async function refuseWithin(db: Read['db'], rules: PolicyRules): Promise<void> {
  const whom = whomOf(rules);
  const earlier = await policyRunningAt(db, whom, rules.effectiveFrom);
  if (!earlier || earlier.closedAt) return;
  const { effectiveTo: end } = earlier;
  const isFollowed = end != null && (await policyRunningAt(db, whom, new Date(end.getTime() + 1))) !== null;
  if (end && !isFollowed)
    throw overlap(
      earlier,
      'effectiveFrom',
      `It begins while the policy from ${dayWords(earlier.effectiveFrom)} until ${dayWords(end)} holds`,
      `Begin on ${dayWords(end)} or later.`,
    );
  const { effectiveTo } = rules;
  if (!effectiveTo || (end && end <= effectiveTo)) return;
  throw overlap(
    earlier,
    'effectiveTo',
    `It lies within the policy that holds from ${dayWords(earlier.effectiveFrom)} ${end ? `until ${dayWords(end)}` : 'without an end'}`,
    'Setting it would end that one for good. Let this one hold as long as that, and set what follows as a policy of its own.',
  );
}

function overlap(other: PolicyRecord, field: string, what: string, advice: string): Refused {
  const message = `${what}: ${termsWords(termsOf(other))} ${advice}`;
  return new Refused('POLICY_OVERLAP', message, { field, rowId: other.id });
}

/** Stores a policy and ends the one before it, where nothing overlaps. */
export async function setPolicy(tx: Tx, policy: PolicyRecord): Promise<string> {
  await refuseOverlap(tx, policy);
  await endEarlier(tx, policy);
  await insertPolicy(tx.db, policy);
  const { labFeePpm, expertFeePpm, rounding, feeParts, effectiveFrom, effectiveTo, approvalRequestId } =
    policy;
  const terms = { labFeePpm, expertFeePpm, rounding, ...(feeParts && { feeParts }) };
  const dates = { effectiveFrom, ...(effectiveTo && { effectiveTo }) };
  tx.record({
    subjectType: 'take-rate-policy',
    subjectId: policy.id,
    to: 'SET',
    facts: { ...whomOf(policy), ...terms, ...dates, ...(approvalRequestId && { approvalRequestId }) },
    words: { reason: policy.reason },
    labId: policy.labId ?? null,
  });
  return policy.id;
}

/** The policy that ran until now ends where the new one begins; its terms are never edited. */
async function endEarlier(tx: Tx, next: PolicyRecord): Promise<void> {
  const earlier = await policyRunningAt(tx.db, whomOf(next), next.effectiveFrom);
  if (!earlier) return;
  if (earlier.closedAt && next.effectiveFrom < tx.now) {
    const end = earlier.effectiveTo ? dayWords(earlier.effectiveTo) : 'its end';
    const message = `The policy before it was ended in the past once already. Let this one begin on ${end} or later.`;
    throw new Refused('POLICY_OVERLAP', message, { field: 'effectiveFrom', rowId: earlier.id });
  }
  if (!(await closePolicy(tx.db, earlier, next.effectiveFrom, tx.now)))
    throw new Refused('CHANGED_MEANWHILE', 'The policy changed in another window. Load the page again.');
  tx.record({
    subjectType: 'take-rate-policy',
    subjectId: earlier.id,
    from: 'SET',
    to: 'CLOSED',
    facts: { effectiveTo: next.effectiveFrom, followedById: next.id },
    labId: next.labId ?? null,
  });
}
