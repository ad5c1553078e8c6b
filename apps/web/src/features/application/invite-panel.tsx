import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules } from '../../lib/rules';
import { Panel } from '../../ui/confirm';
import { LongTextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';

const Invite = graphql(`
  mutation InviteCandidate($input: InviteExpertInput!) {
    inviteExpert(input: $input)
  }
`);

interface Asked {
  readonly openingId: string;
  readonly expertId: string;
  readonly expertName: string;
  readonly onClose: () => void;
}

/** Asks an expert to apply, in the lab's own words. */
export function InvitePanel(asked: Asked) {
  return (
    <Panel title={`Invite ${asked.expertName}`} isOpen onClose={asked.onClose}>
      <InviteForm {...asked} />
    </Panel>
  );
}

function InviteForm({ openingId, expertId, expertName, onClose }: Asked) {
  const form = useAppForm({
    values: { message: '' },
    rules: rules.object({
      message: rules.string().check(rules.maxLength(2000, 'At most 2000 characters fit here.')),
    }),
    write: Invite,
    variables: ({ message }, idempotencyKey) => ({
      input: { openingId, expertId, message, idempotencyKey },
    }),
    onDone: () => {
      say(`${expertName} is invited.`);
      onClose();
    },
    keepAs: `invite-${openingId}-${expertId}`,
  });
  return (
    <Form form={form} button="Invite">
      <p>
        {expertName} is told at once, with the opening and its pay. Inviting binds neither of you, and tells
        nobody else.
      </p>
      <LongTextField
        form={form}
        name="message"
        label="Message"
        hint="Why you thought of them. May stay empty."
        rows={4}
      />
    </Form>
  );
}
