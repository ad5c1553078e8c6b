import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { newKey, words } from '../../lib/words';
import { Field } from '../../ui/plain-field';
import { Page } from '../../ui/page';
import { Pending } from '../../ui/pending';
import { ProblemNotice } from '../../ui/notice';
import { StateTag } from '../../ui/state-tag';
import { useAction } from '../../ui/use-action';

const CreateLab = graphql(`
  mutation CreateLab($input: CreateLabInput!) {
    createLab(input: $input) {
      id
    }
  }
`);
const MyLab = graphql(`
  query MyLab {
    myLab {
      id
      name
      state
      vettingReason
      owners {
        name
        shareBasisPoints
      }
      competitors
      members {
        id
        name
        email
        role
      }
    }
  }
`);
const Invite = graphql(`
  mutation InviteMember($input: InviteMemberInput!) {
    inviteLabMember(input: $input)
  }
`);
const Join = graphql(`
  mutation JoinLab($token: String!) {
    joinLab(token: $token)
  }
`);
const ROLES = ['REVIEWER', 'MANAGER', 'FINANCE', 'OWNER'] as const;

/** A signed-in person makes a lab. */
export function CreateLabPage() {
  const [values, set] = useState({
    name: '',
    legalName: '',
    country: 'US',
    owner: '',
    share: '100',
    competitors: '',
  });
  const [key] = useState(newKey);
  const { run, isSending, problem } = useAction(CreateLab);
  const send = async () => {
    const { name, legalName, country, owner, share, competitors } = values;
    const owners = [{ name: owner, shareBasisPoints: Math.round(Number(share) * 100) || 0 }];
    const list = competitors
      .split('\n')
      .map((each) => each.trim())
      .filter((each) => each !== '');
    if (
      await run({
        input: {
          name,
          legalName,
          country: country.toUpperCase(),
          owners,
          competitors: list,
          idempotencyKey: key,
        },
      })
    )
      window.location.assign('/lab');
  };
  const field = (name: keyof typeof values) => ({
    name,
    value: values[name],
    problem,
    onChange: (value: string) => set({ ...values, [name]: value }),
  });
  return (
    <Page title="Your lab">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <ProblemNotice problem={problem} />
        <Field label="Name" {...field('name')} />
        <Field label="Legal name" {...field('legalName')} />
        <Field label="Country" hint="Two letters, e.g. US" {...field('country')} />
        <Field
          label="Largest owner"
          hint="More owners can be named later, under Vetting."
          {...field('owner')}
        />
        <Field label="Their share in percent" {...field('share')} />
        <Field
          label="Organisations that you compete with"
          hint="One a line. Their people cannot be engaged by you."
          isLong
          {...field('competitors')}
        />
        <button className="button main" disabled={isSending}>
          {isSending ? 'Sending' : 'Make the lab'}
        </button>
      </form>
    </Page>
  );
}

/** Who acts for the lab. */
export function TeamPage() {
  const [{ data, error }, reload] = useQuery({ query: MyLab });
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<(typeof ROLES)[number]>('REVIEWER');
  const [sent, setSent] = useState('');
  const { run, isSending, problem } = useAction(Invite);
  if (!data) return <Pending error={error} retry={reload} />;
  const send = async () => {
    if (!(await run({ input: { email, role, idempotencyKey: newKey() } }))) return;
    setSent(email);
    setEmail('');
  };
  return (
    <Page title="Team">
      <table className="table">
        <thead>
          <tr>
            <th>Name</th>
            <th>Mail</th>
            <th>Role</th>
          </tr>
        </thead>
        <tbody>
          {data.myLab.members.map((member) => (
            <tr key={member.id}>
              <td data-label="Name">{member.name}</td>
              <td data-label="Mail">{member.email}</td>
              <td data-label="Role">{words(member.role)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>Invite somebody</h2>
      {sent && <p role="status">An invitation is on its way to {sent}. It works for 14 days.</p>}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <ProblemNotice problem={problem?.field ? undefined : problem} />
        <Field
          label="Mail address"
          name="email"
          type="email"
          value={email}
          onChange={setEmail}
          problem={problem}
        />
        <Field
          label="Role"
          name="role"
          value={role}
          onChange={(value) => setRole(ROLES.find((each) => each === value) ?? 'REVIEWER')}
          options={ROLES.map((each) => [each, words(each)] as const)}
          problem={problem}
        />
        <button className="button main" disabled={isSending}>
          Send the invitation
        </button>
      </form>
    </Page>
  );
}

/** What blocks the lab, and what it said. */
export function VettingPage() {
  const [{ data, error }, reload] = useQuery({ query: MyLab });
  if (!data) return <Pending error={error} retry={reload} />;
  const { state, vettingReason, owners, competitors } = data.myLab;
  return (
    <Page title="Vetting">
      <p>
        <StateTag state={state} /> {vettingReason}
      </p>
      {state === 'PENDING_VETTING' && (
        <p>
          A member of the platform looks at who owns your lab. You can write drafts meanwhile; a mail tells
          you when you can publish.
        </p>
      )}
      <h2>Owners</h2>
      <ul>
        {owners.map((owner) => (
          <li key={owner.name}>
            {owner.name}: {owner.shareBasisPoints / 100} %
          </li>
        ))}
      </ul>
      <h2>Competitors</h2>
      <p>{competitors.length === 0 ? 'None named.' : competitors.join(', ')}</p>
    </Page>
  );
}

/** Takes an invitation to a lab. */
export function JoinPage() {
  const { run, isSending, problem } = useAction(Join);
  const join = async () => {
    if (await run({ token: window.location.hash.slice(1) })) window.location.assign('/lab');
  };
  return (
    <Page title="Join a lab">
      <ProblemNotice problem={problem} />
      <p>
        You were invited to act for a lab. If you have no account yet, make one with the address that the
        invitation was sent to, then open its link again.
      </p>
      <button type="button" className="button main" disabled={isSending} onClick={() => void join()}>
        Take the invitation
      </button>
    </Page>
  );
}
