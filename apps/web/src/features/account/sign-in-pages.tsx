import { Link } from '@tanstack/react-router';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { OWN_ZONE } from '../../lib/time';
import { TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page';

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

const email = said('Write your email address.', 254);

/** The cookie is not kept by a browser where the page comes over http from another machine; that is said, not hidden. */
function InsecureNotice() {
  if (window.isSecureContext) return null;
  return (
    <Notice tone="warning">
      This address is not secured (https), so your browser will not stay signed in. Ask whoever runs this
      server to set PUBLIC_URL to an https address.
    </Notice>
  );
}

/** Address and password. Goes on to the page that was asked for. */
export function SignInPage() {
  const form = useAppForm({
    values: { email: '', password: '' },
    rules: rules.object({ email, password: said('Write your password.', 200) }),
    write: SignIn,
    variables: (input) => ({ input }),
    onDone: () => window.location.assign(nextPage()),
  });
  return (
    <Page title="Sign in">
      <InsecureNotice />
      <Form
        form={form}
        button="Sign in"
        beside={
          <>
            <Link to="/sign-up">Create an account</Link>
            <Link to="/forgotten-password">Forgotten password</Link>
          </>
        }
      >
        <TextField form={form} name="email" label="Email address" type="email" autoComplete="username" />
        <TextField
          form={form}
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
        />
      </Form>
    </Page>
  );
}

/** Where to go after sign-in: a page of ours that the address names, else home. */
function nextPage(): string {
  const next = new URLSearchParams(window.location.search).get('next') ?? '';
  return /^\/[a-z]/.test(next) ? next : '/home';
}

/** Where a new account begins: on the side that the address names (`?as=lab`), else where one chooses. */
function firstPage(): string {
  const side = new URLSearchParams(window.location.search).get('as');
  return side === 'lab' || side === 'expert' ? `/welcome/${side}` : '/welcome';
}

const NewAccount = rules.object({
  name: said('Write your name.', 120),
  email,
  password: said('Choose a password of at least 12 characters.', 200),
});
const NOBODY = { name: '', email: '', password: '' };

/** A new account. */
export function SignUpPage() {
  const form = useAppForm({
    values: NOBODY,
    rules: NewAccount,
    write: SignUp,
    variables: (values) => ({ input: { ...values, timeZone: OWN_ZONE } }),
    onDone: () => window.location.assign(nextPage() === '/home' ? firstPage() : nextPage()),
  });
  return (
    <Page title="Create an account" about="One account, whichever side you are on.">
      <Form form={form} button="Create the account" beside={<Link to="/sign-in">I have one already</Link>}>
        <AccountFields form={form} />
      </Form>
      <p className="quiet">
        By creating an account you agree to the <a href="/terms">terms</a>; what is kept about you is on the{' '}
        <a href="/privacy">privacy page</a>.
      </p>
    </Page>
  );
}

/** The account of the first admin, by the one-time link that the start prints. */
export function FirstAdminPage() {
  const form = useAppForm({
    values: NOBODY,
    rules: NewAccount,
    write: FirstAdmin,
    variables: (values) => ({
      input: { ...values, timeZone: OWN_ZONE, token: window.location.hash.slice(1) },
    }),
    onDone: () => window.location.assign('/admin'),
  });
  return (
    <Page title="First admin" about="This link works once. Whoever uses it runs this marketplace.">
      <Form form={form} button="Create the account">
        <AccountFields form={form} />
      </Form>
    </Page>
  );
}

function AccountFields({
  form,
}: {
  readonly form: ReturnType<typeof useAppForm<typeof NOBODY, unknown, object>>;
}) {
  return (
    <>
      <TextField form={form} name="name" label="Name" autoComplete="name" />
      <TextField form={form} name="email" label="Email address" type="email" autoComplete="username" />
      <TextField
        form={form}
        name="password"
        label="Password"
        type="password"
        autoComplete="new-password"
        hint="At least 12 characters; a few words in a row are good."
      />
    </>
  );
}
