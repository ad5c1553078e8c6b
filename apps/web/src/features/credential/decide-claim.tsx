import { APPROVAL_REASONS, REJECTION_REASONS } from '@tallystick/domain';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { Confirm } from '../../ui/confirm';
import { LongTextField, SelectField } from '../../ui/field';
import { say } from '../../ui/toast';
import { typeOf, typeWords } from './claim-words';
import type { Claim } from './verification-case-page';

const DecideOnClaim = graphql(`
  mutation DecideOnClaim($input: DecideCredentialInput!) {
    decideCredential(input: $input) {
      id
      state
    }
  }
`);

const CHOOSE = ['', 'Choose a reason'] as const;

/** One of the two decisions: why, in a code and in a sentence. It is bound to what the verifier sees. */
export function DecideClaim({
  claim,
  outcome,
}: {
  readonly claim: Claim;
  readonly outcome: 'APPROVE' | 'REJECT';
}) {
  const isApproval = outcome === 'APPROVE';
  const form = useAppForm({
    values: { reasonCode: '', reason: '' },
    rules: rules.object({
      reasonCode: said('Choose the reason that fits best.'),
      reason: said('Give the reason in a sentence: the expert reads it.', 2000),
    }),
    write: DecideOnClaim,
    variables: (values, idempotencyKey) => ({
      input: { ...values, outcome, credentialId: claim.id, seenHash: claim.seenHash, idempotencyKey },
    }),
    onDone: () => say(isApproval ? 'Approved.' : 'Rejected.'),
  });
  return (
    <Confirm
      button={isApproval ? 'Approve' : 'Reject'}
      weight={isApproval ? 'main' : 'plain'}
      title={`${isApproval ? 'Approve' : 'Reject'} ${typeWords(claim.type)} of ${claim.expertName}?`}
      verb={isApproval ? 'Approve the claim' : 'Reject the claim'}
      run={form.send}
      problem={form.problem}
      isSending={form.isSending}
    >
      <p>{whatFollows(claim, isApproval)}</p>
      <SelectField
        form={form}
        name="reasonCode"
        label="Why"
        options={[CHOOSE, ...Object.entries(isApproval ? APPROVAL_REASONS : REJECTION_REASONS)]}
      />
      <LongTextField
        form={form}
        name="reason"
        label="Reason"
        hint="Say what you looked at and what it showed. The expert reads it."
      />
    </Confirm>
  );
}

function whatFollows({ state, type }: Claim, isApproval: boolean): string {
  if (!isApproval) return 'The expert reads your reason and can appeal; somebody else decides on the appeal.';
  const isLast = state === 'IN_REVIEW' || !typeOf(type)?.isRegulated;
  return isLast
    ? 'It counts as proven from now on, and work that requires it opens for the expert.'
    : 'A second verifier decides before it counts as proven.';
}
