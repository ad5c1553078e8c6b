import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page';

const AskReset = graphql(`
  mutation AskReset($email: String!) {
    requestPasswordReset(email: $email)
  }
`);
const Reset = graphql(`
  mutation Reset($input: ResetPasswordInput!) {
    resetPassword(input: $input)
  }
`);

/** Asks for a link by email. */
export function ForgottenPasswordPage() {
  const [answer, setAnswer] = useState('');
  const form = useAppForm({
    values: { email: '' },
    rules: rules.object({ email: said('Write the email address of your account.', 254) }),
    write: AskReset,
    variables: ({ email }) => ({ email }),
    onDone: ({ requestPasswordReset }) => setAnswer(requestPasswordReset),
  });
  if (answer)
    return (
      <Page title="Check your email">
        <p role="status">{answer}</p>
        <Link to="/sign-in">Back to sign in</Link>
      </Page>
    );
  return (
    <Page title="Forgotten password" about="We send a link that sets a new one.">
      <Form form={form} button="Send the link" beside={<Link to="/sign-in">Back to sign in</Link>}>
        <TextField form={form} name="email" label="Email address" type="email" autoComplete="username" />
      </Form>
    </Page>
  );
}

/** Sets a new password by the link. */
export function ResetPasswordPage() {
  const [isDone, setDone] = useState(false);
  const form = useAppForm({
    values: { password: '' },
    rules: rules.object({ password: said('Choose a password of at least 12 characters.', 200) }),
    write: Reset,
    variables: ({ password }) => ({ input: { token: window.location.hash.slice(1), password } }),
    onDone: () => setDone(true),
  });
  if (isDone)
    return (
      <Page title="The password is changed">
        <Notice tone="good">
          Sign in with the new one. Wherever you were signed in, you are signed out.
        </Notice>
        <Link className="button main" to="/sign-in">
          Sign in
        </Link>
      </Page>
    );
  return (
    <Page title="New password">
      <Form form={form} button="Set the password">
        <TextField
          form={form}
          name="password"
          label="New password"
          type="password"
          autoComplete="new-password"
          hint="At least 12 characters; a few words in a row are good."
        />
      </Form>
    </Page>
  );
}
