import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { leave } from '../../lib/leave';
import { rules, said } from '../../lib/rules';
import { Confirm } from '../../ui/confirm';
import { TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Section } from '../../ui/page';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const ChangePassword = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input)
  }
`);
const SignOutEverywhere = graphql(`
  mutation SignOutEverywhere {
    signOutEverywhere
  }
`);

/** A new password, and the way out of every browser. */
export function PasswordSection() {
  const empty = { currentPassword: '', newPassword: '' };
  const form = useAppForm({
    values: empty,
    rules: rules.object({
      currentPassword: said('Write the password that you have now.', 128),
      newPassword: rules.string().check(rules.minLength(12, 'A password has at least 12 characters.')),
    }),
    write: ChangePassword,
    variables: (input) => ({ input }),
    onDone: () => {
      say('Your password is changed. All other browsers are signed out.');
      form.reset(empty);
    },
  });
  return (
    <Section title="Password">
      <Form form={form} button="Change the password" weight="plain">
        <TextField
          form={form}
          name="currentPassword"
          label="Password now"
          type="password"
          autoComplete="current-password"
        />
        <TextField
          form={form}
          name="newPassword"
          label="New password"
          type="password"
          autoComplete="new-password"
          hint="At least 12 characters; a few plain words are good."
        />
      </Form>
      <LeaveEverywhere />
    </Section>
  );
}

function LeaveEverywhere() {
  const { run, isSending, problem } = useAction(SignOutEverywhere);
  return (
    <Confirm
      button="Sign out everywhere"
      weight="quiet"
      title="Sign out everywhere?"
      verb="Sign out everywhere"
      isSending={isSending}
      problem={problem}
      run={async () => {
        const done = await run({});
        if (done) leave();
        return done;
      }}
    >
      <p>Every browser in which you are signed in is signed out, this one too. Nothing else changes.</p>
    </Confirm>
  );
}
