import { decisionReasonWords } from '@tallystick/domain';
import { Section } from '../../ui/page';
import { Steps, type Step } from '../../ui/steps';
import { stateWords } from './claim-words';
import type { Claim } from './verification-case-page';

/** Everything that happened to a claim, oldest first, with the reason of each decision. */
export function ClaimSteps({ claim }: { readonly claim: Claim }) {
  return (
    <Section title="History">
      <Steps label="History of this claim" steps={stepsOf(claim)} />
    </Section>
  );
}

const DECISIONS: Readonly<Record<string, string>> = {
  APPROVE: 'Approved',
  REJECT: 'Rejected',
  SUSPEND: 'Suspended',
  REVOKE: 'Revoked',
};

function stepsOf({ createdAt, submittedAt, state, verifications }: Claim): Step[] {
  const done: Step[] = [
    { label: 'Claimed', state: 'done', at: createdAt },
    ...(submittedAt ? [{ label: 'Submitted', state: 'done' as const, at: submittedAt }] : []),
    ...verifications.map(({ method, outcome, reason, reasonCode, isOwn, decidedAt }): Step => ({
      label: method === 'FORMAT_CHECK' ? 'Form checked by rule' : (DECISIONS[outcome] ?? outcome),
      state: 'done',
      at: decidedAt,
      about: [
        isOwn && 'By you.',
        reasonCode && reasonCode !== 'OTHER' && `${decisionReasonWords(reasonCode)}.`,
        reason,
      ]
        .filter(Boolean)
        .join(' '),
    })),
  ];
  const isWaiting = state === 'SUBMITTED' || state === 'IN_REVIEW';
  return [
    ...done.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? '')),
    { label: stateWords(state), state: isWaiting ? 'now' : 'done' },
  ];
}
