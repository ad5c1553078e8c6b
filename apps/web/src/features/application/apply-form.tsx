import { useNavigate } from '@tanstack/react-router';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules } from '../../lib/rules';
import { LongTextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';

const ApplyFor = graphql(`
  mutation Apply($input: ApplyInput!) {
    apply(input: $input)
  }
`);

/** Asks for a seat, with a few words. */
export function ApplyForm({ openingId }: { readonly openingId: string }) {
  const navigate = useNavigate();
  const form = useAppForm({
    values: { note: '' },
    rules: rules.object({
      note: rules.string().check(rules.maxLength(2000, 'At most 2000 characters fit here.')),
    }),
    write: ApplyFor,
    variables: ({ note }, idempotencyKey) => ({ input: { openingId, note, idempotencyKey } }),
    keepAs: `apply:${openingId}`,
    onDone: () => {
      say('You have applied. The lab was told.');
      void navigate({ to: '/expert/applications' });
    },
  });
  return (
    <Form form={form} button="Apply">
      <LongTextField
        form={form}
        name="note"
        label="A few words to the lab"
        hint="Why you, in your words. The lab sees your profile with it. You can withdraw until you are engaged."
      />
    </Form>
  );
}
