import { STAFF_ROLES } from '@tallystick/domain';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { SelectField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Page, Section } from '../../ui/page';
import { say } from '../../ui/toast';

const GrantStaff = graphql(`
  mutation GrantStaff($email: String!, $role: String!) {
    grantStaffRole(email: $email, role: $role)
  }
`);

const ROLES: Readonly<Record<string, string>> = {
  VERIFIER: 'Verifier: decides on credentials',
  TRUST: 'Trust: vets labs, reads the journal',
  FINANCE: 'Finance: payouts, take rates, the books',
  AUDITOR: 'Auditor: reads everything of the audit, proves the books',
  ADMIN: 'Admin: all of these, and gives roles',
};

/** Who works here: gives a person with an account a staff role. */
export function StaffPage() {
  const form = useAppForm({
    values: { email: '', role: 'VERIFIER' },
    rules: rules.object({
      email: said('Write the mail address of their account.', 254),
      role: rules.string(),
    }),
    write: GrantStaff,
    variables: (values) => values,
    onDone: (_data, { email }) => say(`${email} has the role now.`),
  });
  return (
    <Page title="Users" about="People who work here. Whoever gets a role sees it at their next page.">
      <Section title="Give a staff role">
        <Form form={form} button="Give the role">
          <TextField
            form={form}
            name="email"
            label="Mail address of their account"
            type="email"
            hint="They make an account first, as everybody does."
          />
          <SelectField
            form={form}
            name="role"
            label="Role"
            options={STAFF_ROLES.map((code) => [code, ROLES[code] ?? code] as const)}
          />
        </Form>
      </Section>
    </Page>
  );
}
