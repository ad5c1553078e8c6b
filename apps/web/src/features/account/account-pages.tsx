import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { graphql } from '../../gql';
import type { Problem } from '../../lib/api';
import { Field } from '../../ui/field';
import { Page, ProblemNotice } from '../../ui/page';
import { useAction } from '../../ui/use-action';

const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input)
  }
`);
const SignUp = graphql(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input)
  }
`);
const FirstAdmin = graphql(`
  mutation FirstAdmin($input: FirstAdminInput!) {
    createFirstAdmin(input: $input)
  }
`);
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

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
const secret = () => window.location.hash.slice(1);

interface FormProps {
  readonly title: string;
  readonly button: string;
  readonly isSending: boolean;
  readonly problem?: Problem;
  readonly onSend: () => void;
  readonly children: ReactNode;
}

function AccountForm({ title, button, isSending, problem, onSend, children }: FormProps) {
  return (
    <Page title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSend();
        }}
        noValidate
      >
        {!problem?.field && <ProblemNotice problem={problem} />}
        {children}
        <button className="button main" disabled={isSending}>
          {isSending ? 'Sending' : button}
        </button>
      </form>
    </Page>
  );
}

/** Address and password. */
export function SignInPage() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { run, isSending, problem } = useAction(SignIn);
  const send = async () => {
    if (await run({ input: { email, password } })) window.location.assign('/home');
  };
  return (
    <AccountForm
      title="Sign in"
      button="Sign in"
      isSending={isSending}
      problem={problem}
      onSend={() => void send()}
    >
      <Field
        label="Mail address"
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        problem={problem}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        problem={problem}
      />
      <p>
        <Link to="/sign-up">Make an account</Link> · <Link to="/forgotten-password">Forgotten password</Link>
      </p>
    </AccountForm>
  );
}

/** A new account; for the first admin with the secret of the link. */
export function SignUpPage({ isFirstAdmin = false }: { readonly isFirstAdmin?: boolean }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const plain = useAction(SignUp);
  const admin = useAction(FirstAdmin);
  const { isSending, problem } = isFirstAdmin ? admin : plain;
  const send = async () => {
    const input = { name, email, password, timeZone: zone() };
    const done = isFirstAdmin
      ? await admin.run({ input: { ...input, token: secret() } })
      : await plain.run({ input });
    if (done) window.location.assign(isFirstAdmin ? '/admin' : '/welcome');
  };
  return (
    <AccountForm
      title={isFirstAdmin ? 'First admin' : 'Make an account'}
      button="Make the account"
      isSending={isSending}
      problem={problem}
      onSend={() => void send()}
    >
      <Field label="Name" name="name" autoComplete="name" value={name} onChange={setName} problem={problem} />
      <Field
        label="Mail address"
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        problem={problem}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="At least 12 characters; a few words in a row are good."
        value={password}
        onChange={setPassword}
        problem={problem}
      />
    </AccountForm>
  );
}

/** Asks for a link by mail. */
export function ForgottenPasswordPage() {
  const [email, setEmail] = useState('');
  const [said, setSaid] = useState('');
  const { run, isSending, problem } = useAction(AskReset);
  const send = async () => setSaid((await run({ email }))?.requestPasswordReset ?? '');
  if (said) {
    return (
      <Page title="Look into your mail">
        <p role="status">{said}</p>
      </Page>
    );
  }
  return (
    <AccountForm
      title="Forgotten password"
      button="Send the link"
      isSending={isSending}
      problem={problem}
      onSend={() => void send()}
    >
      <Field
        label="Mail address"
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        problem={problem}
      />
    </AccountForm>
  );
}

/** Sets a new password by the link. */
export function ResetPasswordPage() {
  const [password, setPassword] = useState('');
  const navigate = useNavigate();
  const { run, isSending, problem } = useAction(Reset);
  const send = async () => {
    if (await run({ input: { token: secret(), password } })) await navigate({ to: '/sign-in' });
  };
  return (
    <AccountForm
      title="New password"
      button="Set the password"
      isSending={isSending}
      problem={problem}
      onSend={() => void send()}
    >
      <Field
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="At least 12 characters."
        value={password}
        onChange={setPassword}
        problem={problem}
      />
    </AccountForm>
  );
}
