import { STOP_REASONS } from '@tallystick/domain';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { Confirm } from '../../ui/confirm';
import { LongTextField, SelectField } from '../../ui/field';
import { say } from '../../ui/toast';
import { typeWords } from './claim-words';
import type { Claim } from './verification-case-page';

const StopProvenClaim = graphql(`
  mutation StopProvenClaim($input: StopCredentialInput!) {
    stopCredential(input: $input) {
      id
      state
    }
  }
`);

const CHOOSE = ['', 'Choose a reason'] as const;
const STOPPABLE: Readonly<Record<string, readonly ('SUSPEND' | 'REVOKE')[]>> = {
  VERIFIED: ['SUSPEND', 'REVOKE'],
  EXPIRING: ['SUSPEND', 'REVOKE'],
  SUSPENDED: ['REVOKE'],
};

/** The ways to stop a proven claim that does not hold any more at its source. */
export function Stopping({ claim }: { readonly claim: Claim }) {
  const events = STOPPABLE[claim.state];
  if (!events) return null;
  return (
    <div className="row">
      {events.map((event) => (
        <StopClaim key={event} claim={claim} event={event} />
      ))}
    </div>
  );
}

function StopClaim({ claim, event }: { readonly claim: Claim; readonly event: 'SUSPEND' | 'REVOKE' }) {
  const isSuspension = event === 'SUSPEND';
  const verb = isSuspension ? 'Suspend' : 'Revoke';
  const form = useAppForm({
    values: { reasonCode: '', reason: '' },
    rules: rules.object({
      reasonCode: said('Choose the reason that fits best.'),
      reason: said('Give the reason in a sentence: the expert reads it.', 2000),
    }),
    write: StopProvenClaim,
    variables: (values, idempotencyKey) => ({
      input: { ...values, event, credentialId: claim.id, idempotencyKey },
    }),
    onDone: () => say(isSuspension ? 'Suspended.' : 'Revoked.'),
  });
  return (
    <Confirm
      button={verb}
      title={`${verb} ${typeWords(claim.type)} of ${claim.expertName}?`}
      verb={`${verb} the credential`}
      run={form.send}
      problem={form.problem}
      isSending={form.isSending}
    >
      <p>
        {isSuspension
          ? 'Use this while it is not valid at its source and may become valid again.'
          : 'Use this where it does not hold at its source and will not again by itself.'}{' '}
        It does not count from now on: who lacks it leaves the shortlists, and work that needs it waits; labs
        and the expert are told. Pay for work done stays due.
      </p>
      <p>
        The expert reads that a verifier decided, when and why, and can submit it again with other evidence;
        another verifier decides then. Two verifiers are asked again where the work is regulated.
      </p>
      <SelectField
        form={form}
        name="reasonCode"
        label="Why"
        options={[CHOOSE, ...Object.entries(STOP_REASONS)]}
      />
      <LongTextField
        form={form}
        name="reason"
        label="Reason"
        hint="Say where you looked and what it showed. The expert reads it."
      />
    </Confirm>
  );
}
