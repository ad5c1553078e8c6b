import { SUSPENSION_NOTICE_DAYS, SUSPENSION_RULES } from '@tallystick/domain';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { Confirm } from '../../ui/confirm';
import { LongTextField, SelectField } from '../../ui/field';
import { say } from '../../ui/toast';

const Suspend = graphql(`
  mutation Suspend($input: SuspendExpertInput!) {
    suspendExpert(input: $input) {
      id
      state
    }
  }
`);
const Lift = graphql(`
  mutation Lift($input: ReviewSuspensionInput!) {
    liftSuspension(input: $input) {
      id
      state
    }
  }
`);
const Uphold = graphql(`
  mutation Uphold($input: ReviewSuspensionInput!) {
    upholdSuspension(input: $input) {
      id
      state
    }
  }
`);

const CHOOSE = ['', 'Choose a rule'] as const;
const RULES = Object.entries(SUSPENSION_RULES).map(
  ([code, { label, isUrgent }]) =>
    [code, `${label} (${isUrgent ? 'at once' : `after ${SUSPENSION_NOTICE_DAYS} days`})`] as const,
);
const REASON = rules.object({ reason: said('Give the reason in a sentence: the expert reads it.', 2000) });
const HINT = 'Say what happened and what shows it. The expert reads it, with your name.';

interface Of {
  readonly suspension: { readonly id: string };
  readonly name: string;
}

/** Suspends an expert, with a rule and a reason. */
export function SuspendExpert({ expertId, name }: { readonly expertId: string; readonly name: string }) {
  const form = useAppForm({
    values: { rule: '', reason: '' },
    rules: rules.object({
      rule: said('Choose the rule that was broken.'),
      reason: said('Give the reason in a sentence: the expert reads it.', 2000),
    }),
    write: Suspend,
    variables: (values, idempotencyKey) => ({ input: { ...values, expertId, idempotencyKey } }),
    onDone: () => say('Decided. The expert was told.'),
  });
  return (
    <Confirm
      button="Suspend"
      title={`Suspend ${name}?`}
      verb="Suspend the expert"
      run={form.send}
      problem={form.problem}
      isSending={form.isSending}
    >
      <p>
        While it is in force labs do not see {name}, no new work can be accepted, and running work waits; the
        labs of that work are told that it waits. Nobody’s work is ended by it, and all approved work is paid.
      </p>
      <p>
        The expert reads who decided, when, by which rule and why, and can appeal for 90 days; somebody else
        decides then. Declining work, few hours or a rating are no reasons.
      </p>
      <SelectField form={form} name="rule" label="Rule" options={[CHOOSE, ...RULES]} />
      <LongTextField form={form} name="reason" label="Reason" hint={HINT} />
    </Confirm>
  );
}

/** Lifts a suspension. */
export function LiftSuspension({ suspension: { id }, name }: Of) {
  const form = useAppForm({
    values: { reason: '' },
    rules: REASON,
    write: Lift,
    variables: ({ reason }, idempotencyKey) => ({ input: { suspensionId: id, reason, idempotencyKey } }),
    onDone: () => say('Lifted. Work that waited goes on.'),
  });
  return (
    <Confirm
      button="Lift it"
      weight="main"
      title={`Lift the suspension of ${name}?`}
      verb="Lift the suspension"
      run={form.send}
      problem={form.problem}
      isSending={form.isSending}
    >
      <p>Labs see {name} again, and work that waited for it goes on by itself.</p>
      <LongTextField form={form} name="reason" label="Reason" hint="The expert reads it." />
    </Confirm>
  );
}

/** Decides on an appeal that the suspension stays. */
export function UpholdSuspension({ suspension: { id }, name }: Of) {
  const form = useAppForm({
    values: { reason: '' },
    rules: REASON,
    write: Uphold,
    variables: ({ reason }, idempotencyKey) => ({ input: { suspensionId: id, reason, idempotencyKey } }),
    onDone: () => say('Decided. The expert was told.'),
  });
  return (
    <Confirm
      button="It stays"
      title={`Decide that the suspension of ${name} stays?`}
      verb="Decide that it stays"
      run={form.send}
      problem={form.problem}
      isSending={form.isSending}
    >
      <p>You did not make the first decision. The expert reads your answer to the appeal, with your name.</p>
      <LongTextField form={form} name="reason" label="Reason" hint={HINT} />
    </Confirm>
  );
}
