import { percent, STAFF_ROLES } from '@tallystick/domain';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { money } from '../../lib/money';
import { day, moment } from '../../lib/time';
import { newKey, words } from '../../lib/words';
import { Field } from '../../ui/plain-field';
import { More } from '../../ui/more';
import { Empty, Page } from '../../ui/page';
import { Pending } from '../../ui/pending';
import { ProblemNotice } from '../../ui/notice';
import { StateTag } from '../../ui/state-tag';
import { useAction } from '../../ui/use-action';

const Labs = graphql(`
  query Labs($after: String, $state: String, $search: String) {
    labs(first: 20, after: $after, state: $state, search: $search) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          name
          country
          state
          createdAt
        }
      }
    }
  }
`);
const OneLab = graphql(`
  query Lab($id: ID!) {
    lab(id: $id) {
      id
      name
      legalName
      country
      state
      owners {
        name
        shareBasisPoints
      }
      competitors
    }
  }
`);
const Vet = graphql(`
  mutation VetLab($input: VetLabInput!) {
    vetLab(input: $input) {
      id
    }
  }
`);
const Payouts = graphql(`
  query Payouts($after: String) {
    payouts(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          expertId
          state
          createdAt
          failureReason
          amount {
            minor
            currency
          }
          blocks {
            gate
            reason
          }
        }
      }
    }
  }
`);
const RunPayouts = graphql(`
  mutation RunPayouts {
    runPayouts
  }
`);
const TakeRates = graphql(`
  query TakeRates {
    takeRatePolicies {
      id
      scope
      labFeePpm
      expertFeePpm
      effectiveFrom
      effectiveTo
      reason
    }
  }
`);
const Sandbox = graphql(`
  query Sandbox {
    sandboxState {
      undeliveredEvents
      due {
        id
        what
        objectId
        dueAt
      }
      delays {
        name
        value
      }
      failures {
        name
        value
      }
    }
  }
`);
const Advance = graphql(`
  mutation Advance {
    advanceSandbox
  }
`);
const SetDelay = graphql(`
  mutation SetDelay($name: String!, $seconds: Int!) {
    setSandboxDelay(name: $name, seconds: $seconds) {
      undeliveredEvents
    }
  }
`);

/** Labs, those that wait first. */
export function LabsPage() {
  const [after, setAfter] = useState<string>();
  const [state, setState] = useState('PENDING_VETTING');
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<string>();
  const [{ data, error }, query] = useQuery({
    query: Labs,
    variables: { after, state: state || null, search: search || null },
    requestPolicy: 'cache-and-network',
  });
  return (
    <Page title="Labs">
      <div className="grid">
        <Field
          label="State"
          name="state"
          value={state}
          onChange={setState}
          options={[
            ['PENDING_VETTING', 'Waiting'],
            ['VETTED', 'Vetted'],
            ['REFUSED', 'Refused'],
            ['', 'All'],
          ]}
        />
        <Field label="Name" name="search" value={search} onChange={setSearch} />
      </div>
      {!data && <Pending error={error} retry={query} />}
      {data?.labs.edges.length === 0 && <Empty>No lab fits. Choose another state to see more.</Empty>}
      {data?.labs.edges.map(({ node }) => (
        <section className="sheet" key={node.id}>
          <h2>
            {node.name} <StateTag state={node.state} />
          </h2>
          <p className="quiet">
            {node.country}, here since {day(node.createdAt)}
          </p>
          {open === node.id ? (
            <VetForm
              id={node.id}
              onDone={() => (setOpen(undefined), query({ requestPolicy: 'network-only' }))}
            />
          ) : (
            <button type="button" className="button" onClick={() => setOpen(node.id)}>
              Look at {node.name}
            </button>
          )}
        </section>
      ))}
      {data && <More pageInfo={data.labs.pageInfo} total={data.labs.totalCount} onPage={setAfter} />}
    </Page>
  );
}

function VetForm({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const [{ data, error }, query] = useQuery({ query: OneLab, variables: { id } });
  const [reason, setReason] = useState('');
  const { run, isSending, problem } = useAction(Vet);
  if (!data) return <Pending error={error} retry={query} />;
  const decide = async (decision: 'VET' | 'REFUSE') => {
    if (await run({ input: { labId: id, decision, reason, idempotencyKey: newKey() } })) onDone();
  };
  return (
    <>
      <p>
        {data.lab.legalName}. Owners:{' '}
        {data.lab.owners.map((owner) => `${owner.name} ${owner.shareBasisPoints / 100} %`).join(', ')}.
        Competes with: {data.lab.competitors.join(', ') || 'nobody named'}.
      </p>
      {data.lab.state === 'PENDING_VETTING' && (
        <>
          <ProblemNotice problem={problem?.field ? undefined : problem} />
          <Field
            label="Reason"
            name="reason"
            hint="The lab reads it."
            value={reason}
            onChange={setReason}
            problem={problem}
          />
          <div className="row">
            <button
              type="button"
              className="button main"
              disabled={isSending}
              onClick={() => void decide('VET')}
            >
              Vet the lab
            </button>
            <button
              type="button"
              className="button"
              disabled={isSending}
              onClick={() => void decide('REFUSE')}
            >
              Refuse
            </button>
          </div>
        </>
      )}
    </>
  );
}

/** Every payout, and a run on demand. */
export function PayoutsPage() {
  const [after, setAfter] = useState<string>();
  const [{ data, error }, query] = useQuery({
    query: Payouts,
    variables: { after },
    requestPolicy: 'cache-and-network',
  });
  const { run, isSending, problem } = useAction(RunPayouts);
  const [said, setSaid] = useState('');
  if (!data) return <Pending error={error} retry={query} />;
  const start = async () => {
    const done = await run({});
    if (!done) return;
    setSaid(`${done.runPayouts} payouts were requested.`);
    query({ requestPolicy: 'network-only' });
  };
  return (
    <Page
      title="Payouts"
      action={
        <button type="button" className="button main" disabled={isSending} onClick={() => void start()}>
          Run payouts now
        </button>
      }
    >
      {said && <p role="status">{said}</p>}
      <ProblemNotice problem={problem} />
      {data.payouts.edges.length === 0 && <Empty>No payout was made yet.</Empty>}
      {data.payouts.edges.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th>Made</th>
              <th className="figure">Amount</th>
              <th>State</th>
              <th>Why it waits</th>
            </tr>
          </thead>
          <tbody>
            {data.payouts.edges.map(({ node }) => (
              <tr key={node.id}>
                <td data-label="Made">{moment(node.createdAt)}</td>
                <td data-label="Amount" className="figure">
                  {money(node.amount)}
                </td>
                <td data-label="State">
                  <StateTag state={node.state} />
                </td>
                <td data-label="Why it waits">
                  {node.failureReason ?? node.blocks.map(({ reason }) => reason).join(' ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <More pageInfo={data.payouts.pageInfo} total={data.payouts.totalCount} onPage={setAfter} />
    </Page>
  );
}

/** The policies in force and before. */
export function TakeRatesPage() {
  const [{ data, error }, query] = useQuery({ query: TakeRates });
  if (!data) return <Pending error={error} retry={query} />;
  return (
    <Page title="Take rates">
      <table className="table">
        <thead>
          <tr>
            <th>For</th>
            <th>Lab pays on top</th>
            <th>Expert pays</th>
            <th>From</th>
            <th>Until</th>
            <th>Why</th>
          </tr>
        </thead>
        <tbody>
          {data.takeRatePolicies.map((policy) => (
            <tr key={policy.id}>
              <td data-label="For">{words(policy.scope)}</td>
              <td data-label="Lab pays on top">{percent(policy.labFeePpm)} of agreed pay</td>
              <td data-label="Expert pays">{percent(policy.expertFeePpm)} of agreed pay</td>
              <td data-label="From">{day(policy.effectiveFrom)}</td>
              <td data-label="Until">{policy.effectiveTo ? day(policy.effectiveTo) : 'further notice'}</td>
              <td data-label="Why">{policy.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Page>
  );
}

/** The sandbox rail: what comes next, and how slow it is. */
export function SandboxPage() {
  const [{ data, error }, query] = useQuery({ query: Sandbox, requestPolicy: 'cache-and-network' });
  const advance = useAction(Advance);
  const delay = useAction(SetDelay);
  const [values, set] = useState<Record<string, string>>({});
  if (!data) return <Pending error={error} retry={query} />;
  const reload = () => query({ requestPolicy: 'network-only' });
  const next = async () => {
    if ((await advance.run({})) !== undefined) reload();
  };
  const save = async (name: string) => {
    if (await delay.run({ name, seconds: Math.round(Number(values[name])) || 0 })) reload();
  };
  return (
    <Page
      title="Sandbox rail"
      action={
        <button
          type="button"
          className="button main"
          disabled={advance.isSending}
          onClick={() => void next()}
        >
          Let the next event happen
        </button>
      }
    >
      <p>
        A stand-in for the bank: payments arrive and payouts are made after the delays below.{' '}
        {data.sandboxState.undeliveredEvents} webhooks are not delivered yet.
      </p>
      <ProblemNotice problem={advance.problem ?? delay.problem} />
      {data.sandboxState.due.length === 0 && <Empty>Nothing is due at the bank.</Empty>}
      <ul>
        {data.sandboxState.due.map((due) => (
          <li key={due.id}>
            {due.what} of {due.objectId}, {moment(due.dueAt)}
          </li>
        ))}
      </ul>
      <h2>Delays in seconds</h2>
      {data.sandboxState.delays.map(({ name, value }) => (
        <div className="row" key={name}>
          <Field
            label={words(name)}
            name={name}
            value={values[name] ?? value}
            onChange={(text) => set({ ...values, [name]: text })}
          />
          <button type="button" className="button" onClick={() => void save(name)}>
            Save
          </button>
        </div>
      ))}
    </Page>
  );
}

const Grant = graphql(`
  mutation GrantStaffRole($email: String!, $role: String!) {
    grantStaffRole(email: $email, role: $role)
  }
`);

/** Gives somebody who has an account a staff role. */
function StaffForm() {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState('VERIFIER');
  const [said, setSaid] = useState('');
  const { run, isSending, problem } = useAction(Grant);
  const send = async () => {
    if (await run({ email, role })) setSaid(`${email} is ${role.toLowerCase()} now.`);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h2>Staff</h2>
      {said && <p role="status">{said}</p>}
      <Field
        label="Mail address of their account"
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
        onChange={setRole}
        options={STAFF_ROLES.map((code) => [code, words(code)] as const)}
        problem={problem}
      />
      <button className="button" disabled={isSending}>
        Give the role
      </button>
    </form>
  );
}

/** Where staff begin. */
export function AdminHomePage() {
  return (
    <Page title="Admin">
      <ul>
        <li>
          <Link to="/admin/verification">Verify credentials</Link>
        </li>
        <li>
          <Link to="/admin/labs">Vet labs</Link>
        </li>
        <li>
          <Link to="/admin/payouts">See payouts</Link>
        </li>
        <li>
          <Link to="/admin/audit">Prove the books</Link>
        </li>
      </ul>
      <StaffForm />
    </Page>
  );
}
