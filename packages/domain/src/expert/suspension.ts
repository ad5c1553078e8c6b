import { ok, refuse, type Result } from '../result/result';

const DAY_MS = 86_400_000;
/** Days between the decision and its effect, where nobody is in danger (Seattle SMC 8.40.060: 14 days' notice). */
export const SUSPENSION_NOTICE_DAYS = 14;
/** Days within which the expert may appeal. */
export const APPEAL_DAYS = 90;
/** Days within which another person decides on an appeal (Directive (EU) 2024/2831, article 11: two weeks); later, the suspension lapses. */
export const APPEAL_DECISION_DAYS = 14;

/** What an expert may be suspended for. What is urgent takes effect at once. */
export const SUSPENSION_RULES = {
  SAFETY: { label: 'Somebody is in danger', isUrgent: true },
  IDENTITY_FRAUD: { label: 'It is confirmed that somebody else works under this account', isUrgent: true },
  LEGAL_ORDER: { label: 'A court or an authority orders it', isUrgent: true },
  FALSE_STATEMENT: { label: 'The profile or a claim says what is not true', isUrgent: false },
  CONFIDENTIALITY: { label: 'Confidential material was passed on', isUrgent: false },
  CONDUCT: { label: 'Conduct towards others that the terms forbid', isUrgent: false },
} as const satisfies Record<string, { readonly label: string; readonly isUrgent: boolean }>;
export type SuspensionRule = keyof typeof SUSPENSION_RULES;

/** True for the code of a rule. */
export function isSuspensionRule(code: string): code is SuspensionRule {
  return Object.hasOwn(SUSPENSION_RULES, code);
}

/** When a suspension takes effect that is decided now. */
export function suspensionEffect(rule: SuspensionRule, now: Date): Date {
  return SUSPENSION_RULES[rule].isUrgent ? now : new Date(now.getTime() + SUSPENSION_NOTICE_DAYS * DAY_MS);
}

/** Until when the expert may appeal against a decision. */
export function appealUntil(decidedAt: Date): Date {
  return new Date(decidedAt.getTime() + APPEAL_DAYS * DAY_MS);
}

/** By when an appeal is decided; without a decision by then the suspension lapses in the expert's favour. */
export function appealDecidedBy(appealedAt: Date): Date {
  return new Date(appealedAt.getTime() + APPEAL_DECISION_DAYS * DAY_MS);
}

/** What is known of a suspension when somebody acts on it. */
interface SuspensionFacts {
  readonly state: string;
  readonly decidedById: string;
  readonly decidedAt: Date;
  readonly appealedAt: Date | null;
  readonly upheldAt: Date | null;
}

/** Whether the expert may appeal now: once, in time, against what was not lifted. */
export function checkAppeal({ state, decidedAt, appealedAt }: SuspensionFacts, now: Date): Result<true> {
  if (state === 'LIFTED') return refuse('STATE_CHANGED', 'This suspension is lifted already.');
  if (appealedAt) return refuse('APPEALED', 'You appealed already. Another person decides on it.');
  if (now > appealUntil(decidedAt))
    return refuse('APPEAL_OVER', `An appeal is possible for ${APPEAL_DAYS} days after the decision.`);
  return ok(true);
}

/** Whether a person may decide that a suspension stays: there is an appeal, and somebody else made the decision. */
export function checkUphold(
  { state, decidedById, appealedAt, upheldAt }: SuspensionFacts,
  personId: string,
): Result<true> {
  if (state === 'LIFTED') return refuse('STATE_CHANGED', 'This suspension is lifted already.');
  if (!appealedAt || upheldAt) return refuse('STATE_CHANGED', 'No appeal waits for a decision here.');
  if (decidedById === personId)
    return refuse('APPEAL_TO_OTHER', 'You decided on this suspension. Somebody else decides on the appeal.');
  return ok(true);
}
