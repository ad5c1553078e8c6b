import {
  CREDENTIAL_STATE_WORDS,
  CREDENTIAL_TYPES,
  type CredentialType,
  type CredentialTypeCode,
} from '@tallystick/domain';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { day, moment } from '../../lib/time';
import { newKey } from '../../lib/words';
import { Field } from '../../ui/plain-field';
import { More } from '../../ui/more';
import { Empty, Page } from '../../ui/page';
import { Pending } from '../../ui/pending';
import { ProblemNotice } from '../../ui/notice';
import { StateTag } from '../../ui/state-tag';
import { useAction } from '../../ui/use-action';

const Mine = graphql(`
  query MyCredentials {
    myCredentials {
      id
      type
      state
      jurisdiction
      expiresOn
      createdAt
      claim {
        name
        value
      }
      evidence {
        id
        fileName
      }
      verifications {
        id
        method
        outcome
        reason
        decidedAt
      }
    }
  }
`);
const Add = graphql(`
  mutation AddCredential($input: AddCredentialInput!) {
    addCredential(input: $input) {
      id
    }
  }
`);
const Submit = graphql(`
  mutation SubmitCredential($id: ID!) {
    submitCredential(id: $id) {
      id
    }
  }
`);
const Appeal = graphql(`
  mutation AppealCredential($id: ID!) {
    appealCredential(id: $id) {
      id
    }
  }
`);
const Queue = graphql(`
  query VerificationQueue($after: String) {
    verificationQueue(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          type
          jurisdiction
          state
          submittedAt
        }
      }
    }
  }
`);
const Case = graphql(`
  query CredentialCase($id: ID!) {
    credentialCase(id: $id) {
      id
      type
      state
      seenHash
      claim {
        name
        value
      }
      evidence {
        id
        fileName
        sizeBytes
        sha256
      }
      verifications {
        id
        method
        outcome
        reason
        decidedAt
      }
    }
  }
`);
const Decide = graphql(`
  mutation DecideCredential($input: DecideCredentialInput!) {
    decideCredential(input: $input) {
      id
      state
    }
  }
`);

const typeOf = (code: string): CredentialType => CREDENTIAL_TYPES[code as CredentialTypeCode];
const labelOf = (code: string, name: string) =>
  typeOf(code).fields.find((each) => each.name === name)?.label ?? name;

/** What is proven of an expert, and each step to it. */
export function CredentialsPage() {
  const [{ data, error }, query] = useQuery({ query: Mine });
  const submit = useAction(Submit);
  const appeal = useAction(Appeal);
  const reload = () => query({ requestPolicy: 'network-only' });
  if (!data) return <Pending error={error} retry={reload} />;
  const act = async (done: Promise<unknown>) => {
    if (await done) reload();
  };
  return (
    <Page title="Credentials">
      <ProblemNotice problem={submit.problem ?? appeal.problem} />
      {data.myCredentials.length === 0 && (
        <Empty>Nothing is claimed yet. What people verify opens work that requires it.</Empty>
      )}
      {data.myCredentials.map((credential) => (
        <section className="sheet" key={credential.id}>
          <h2>
            {typeOf(credential.type).label} <StateTag state={credential.state} />
          </h2>
          <p className="quiet">
            {CREDENTIAL_STATE_WORDS[credential.state]}
            {credential.expiresOn && `, valid until ${day(credential.expiresOn)}`}
          </p>
          <ol className="steps">
            <li className="done">
              Claimed on {day(credential.createdAt)}:{' '}
              {credential.claim
                .map(({ name, value }) => `${labelOf(credential.type, name)} ${value}`)
                .join(', ')}
            </li>
            {credential.verifications.map((step) => (
              <li className="done" key={step.id}>
                {step.method === 'FORMAT_CHECK'
                  ? 'Form checked'
                  : step.outcome === 'APPROVE'
                    ? 'Approved'
                    : 'Rejected'}{' '}
                on {moment(step.decidedAt)}: {step.reason}
              </li>
            ))}
            {(credential.state === 'SUBMITTED' || credential.state === 'IN_REVIEW') && (
              <li className="now">{CREDENTIAL_STATE_WORDS[credential.state]}</li>
            )}
          </ol>
          {(credential.state === 'DRAFT' || credential.state === 'REJECTED') && (
            <Upload
              credentialId={credential.id}
              files={credential.evidence.map(({ fileName }) => fileName)}
              onDone={reload}
            />
          )}
          {credential.state === 'DRAFT' && (
            <button
              type="button"
              className="button main"
              onClick={() => void act(submit.run({ id: credential.id }))}
            >
              Hand in for verification
            </button>
          )}
          {credential.state === 'REJECTED' && (
            <button
              type="button"
              className="button"
              onClick={() => void act(appeal.run({ id: credential.id }))}
            >
              Appeal: somebody else decides
            </button>
          )}
        </section>
      ))}
      <AddForm onDone={reload} />
    </Page>
  );
}

function Upload({
  credentialId,
  files,
  onDone,
}: {
  readonly credentialId: string;
  readonly files: readonly string[];
  readonly onDone: () => void;
}) {
  const [problem, setProblem] = useState('');
  const send = async (file: File | undefined) => {
    if (!file) return;
    setProblem('');
    const headers = {
      'content-type': file.type,
      'x-file-name': encodeURIComponent(file.name),
      'x-tallystick': '1',
    };
    const response = await fetch(`/files/credential-evidence/${credentialId}`, {
      method: 'POST',
      headers,
      body: file,
    });
    if (response.ok) return onDone();
    const answer = (await response.json().catch(() => ({}))) as { message?: string };
    setProblem(answer.message ?? 'The file could not be sent. Choose it again.');
  };
  return (
    <div className="field">
      <label htmlFor={`file-${credentialId}`}>Evidence: PDF, PNG or JPEG, up to 5 MB</label>
      <input
        id={`file-${credentialId}`}
        type="file"
        accept="application/pdf,image/png,image/jpeg"
        onChange={(event) => void send(event.target.files?.[0])}
      />
      {files.length > 0 && <div className="hint">Added: {files.join(', ')}</div>}
      {problem && <div className="error">{problem}</div>}
    </div>
  );
}

function AddForm({ onDone }: { readonly onDone: () => void }) {
  const [type, setType] = useState<CredentialTypeCode>('US_MEDICAL_LICENSE');
  const [claim, setClaim] = useState<Record<string, string>>({});
  const { run, isSending, problem } = useAction(Add);
  const send = async () => {
    const values = typeOf(type).fields.map(({ name }) => ({ name, value: claim[name] ?? '' }));
    if (!(await run({ input: { type, claim: values, idempotencyKey: newKey() } }))) return;
    setClaim({});
    onDone();
  };
  return (
    <section>
      <h2>Add a credential</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <ProblemNotice problem={problem?.field ? undefined : problem} />
        <Field
          label="Kind"
          name="type"
          value={type}
          onChange={(code) => setType(code as CredentialTypeCode)}
          options={Object.entries(CREDENTIAL_TYPES).map(([code, { label }]) => [code, label] as const)}
          problem={problem}
        />
        {typeOf(type).fields.map((field) => (
          <Field
            key={field.name}
            label={field.label}
            name={field.name}
            hint={field.hint}
            type={field.kind === 'DATE' ? 'date' : 'text'}
            value={claim[field.name] ?? ''}
            onChange={(value) => setClaim({ ...claim, [field.name]: value })}
            problem={problem}
          />
        ))}
        <button className="button main" disabled={isSending}>
          Add the credential
        </button>
      </form>
    </section>
  );
}

/** Claims that wait for a verifier. */
export function VerificationQueuePage() {
  const [after, setAfter] = useState<string>();
  const [{ data, error }, reload] = useQuery({
    query: Queue,
    variables: { after },
    requestPolicy: 'cache-and-network',
  });
  if (!data) return <Pending error={error} retry={reload} />;
  const { edges, pageInfo, totalCount } = data.verificationQueue;
  return (
    <Page title="Verification">
      {edges.length === 0 && <Empty>Nothing waits. A mail comes when somebody hands in a claim.</Empty>}
      {edges.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th>Claim</th>
              <th>Handed in</th>
              <th>State</th>
            </tr>
          </thead>
          <tbody>
            {edges.map(({ node }) => (
              <tr key={node.id}>
                <td data-label="Claim">
                  <Link to="/admin/verification/$id" params={{ id: node.id }}>
                    {typeOf(node.type).label} {node.jurisdiction}
                  </Link>
                </td>
                <td data-label="Handed in">{node.submittedAt && moment(node.submittedAt)}</td>
                <td data-label="State">{CREDENTIAL_STATE_WORDS[node.state]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <More pageInfo={pageInfo} total={totalCount} onPage={setAfter} />
    </Page>
  );
}

/** A claim beside its evidence, and the decision. */
export function CredentialCasePage() {
  const { id = '' } = useParams({ strict: false });
  const [{ data, error }, query] = useQuery({ query: Case, variables: { id } });
  const [reason, setReason] = useState('');
  const { run, isSending, problem } = useAction(Decide);
  if (!data) return <Pending error={error} retry={query} />;
  const { credentialCase: found } = data;
  const decide = async (outcome: 'APPROVE' | 'REJECT') => {
    if (
      await run({
        input: { credentialId: id, outcome, reason, seenHash: found.seenHash, idempotencyKey: newKey() },
      })
    ) {
      setReason('');
      query({ requestPolicy: 'network-only' });
    }
  };
  const isOpen = found.state === 'SUBMITTED' || found.state === 'IN_REVIEW';
  return (
    <Page title={typeOf(found.type).label}>
      <p>
        <StateTag state={found.state} /> {CREDENTIAL_STATE_WORDS[found.state]}
      </p>
      <div className="grid">
        <section className="sheet">
          <h2>Claim</h2>
          <dl>
            {found.claim.map(({ name, value }) => (
              <div key={name}>
                <dt className="quiet">{labelOf(found.type, name)}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section className="sheet">
          <h2>Evidence</h2>
          {found.evidence.length === 0 && <p>No file was given. Compare with the register of the issuer.</p>}
          <ul>
            {found.evidence.map((file) => (
              <li key={file.id}>
                <a href={`/files/credential-evidence/${file.id}`}>{file.fileName}</a>{' '}
                <span className="quiet">{Math.ceil(file.sizeBytes / 1024)} kB</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
      <h2>Steps</h2>
      <ol className="steps">
        {found.verifications.map((step) => (
          <li className="done" key={step.id}>
            {step.method === 'FORMAT_CHECK'
              ? 'Form checked'
              : step.outcome === 'APPROVE'
                ? 'Approved'
                : 'Rejected'}{' '}
            on {moment(step.decidedAt)}: {step.reason}
          </li>
        ))}
      </ol>
      {isOpen && (
        <>
          <ProblemNotice problem={problem?.field ? undefined : problem} />
          <Field
            label="Reason"
            name="reason"
            hint="The expert reads it."
            isLong
            value={reason}
            onChange={setReason}
            problem={problem}
          />
          <div className="row">
            <button
              type="button"
              className="button main"
              disabled={isSending}
              onClick={() => void decide('APPROVE')}
            >
              Approve
            </button>
            <button
              type="button"
              className="button"
              disabled={isSending}
              onClick={() => void decide('REJECT')}
            >
              Reject
            </button>
          </div>
        </>
      )}
    </Page>
  );
}
