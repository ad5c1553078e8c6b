import {
  CREDENTIAL_STATE_WORDS,
  CREDENTIAL_TYPES,
  type CredentialType,
  type CredentialTypeCode,
} from '@tallystick/domain';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { day, moment } from '../../lib/time';
import { newKey } from '../../lib/words';
import { Field } from '../../ui/plain-field';
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
