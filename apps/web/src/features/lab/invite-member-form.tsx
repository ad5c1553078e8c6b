import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { ChoiceField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';
import { LAB_ROLES } from './lab-roles';

export const InviteMember = graphql(`
  mutation InviteLabMember($input: InviteMemberInput!) {
    inviteLabMember(input: $input)
  }
`);

/** Invites somebody to act for the lab. */
export function InviteMemberForm() {
  const form = useAppForm({
    values: { email: '', role: 'REVIEWER' },
    rules: rules.object({ email: said('Write their email address.', 254), role: rules.string() }),
    write: InviteMember,
    variables: (values, idempotencyKey) => ({ input: { ...values, idempotencyKey } }),
    onDone: (_data, { email, role }) => {
      say(`An invitation is on its way to ${email}.`);
      form.reset({ email: '', role });
    },
  });
  return (
    <Form form={form} button="Send the invitation">
      <TextField
        form={form}
        name="email"
        type="email"
        label="Email address"
        hint="The link in the email works for 14 days, for this address only."
      />
      <ChoiceField form={form} name="role" label="Role" options={LAB_ROLES} />
    </Form>
  );
}
