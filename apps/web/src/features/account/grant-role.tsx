import { STAFF_ROLES } from '@tallystick/domain';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { SelectField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';
import { STAFF_ROLE_WORDS } from './staff-roles';

const GrantStaff = graphql(`
  mutation GrantStaff($email: String!, $role: String!) {
    grantStaffRole(email: $email, role: $role)
  }
`);

/** Gives a person with an account a staff role. */
export function GrantRole() {
  const form = useAppForm({
    values: { email: '', role: 'VERIFIER' },
    rules: rules.object({
      email: said('Write the email address of their account.', 254),
      role: rules.string(),
    }),
    write: GrantStaff,
    variables: (values) => values,
    onDone: ({ grantStaffRole }, { email }) =>
      say(
        grantStaffRole
          ? `${email} has the role now.`
          : `Another person is asked, under Approvals. ${email} has the role once they approve it.`,
      ),
  });
  return (
    <Form form={form} button="Give the role">
      <TextField
        form={form}
        name="email"
        label="Email address of their account"
        type="email"
        hint="They create an account first, as everybody does, and set its password once by the link that “Forgotten password” mails: it shows that they read mail at this address."
      />
      <SelectField
        form={form}
        name="role"
        label="Role"
        hint="Trust, finance and admin decide on others’ money or standing: another person approves it first, unless nobody else is there who could."
        options={STAFF_ROLES.map((code) => [code, STAFF_ROLE_WORDS[code] ?? code] as const)}
      />
    </Form>
  );
}
