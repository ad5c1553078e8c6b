import { CLAIM_DECISION_WORDS, CREDENTIAL_STATE_WORDS, type ClaimDecision } from '@tallystick/domain';
import type { ReactNode } from 'react';
import { graphql } from '../../gql';
import { day } from '../../lib/time';
import { Button } from '../../ui/button';
import { Confirm } from '../../ui/confirm';
import { Facts } from '../../ui/figures';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Sheet } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { Steps, type Step } from '../../ui/steps';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { EvidenceUpload } from './evidence-upload';
import { labelOf, typeOf, type OwnCredential } from './own-credentials';

const HandIn = graphql(`
  mutation HandInCredential($id: ID!) {
    submitCredential(id: $id) {
      id
      state
    }
  }
`);
const Appeal = graphql(`
  mutation AppealRejection($id: ID!) {
    appealCredential(id: $id) {
      id
      state
    }
  }
`);
const Withdraw = graphql(`
  mutation WithdrawCredential($id: ID!) {
    withdrawCredential(id: $id) {
      id
      state
    }
  }
`);

const WITHDRAWABLE = ['DRAFT', 'SUBMITTED', 'IN_REVIEW', 'VERIFIED', 'EXPIRING', 'EXPIRED', 'REJECTED'];

/** One claim: what it says, where its check stands, what can be done. */
export function CredentialSheet({ credential }: { readonly credential: OwnCredential }) {
  const { id, type, state, jurisdiction, expiresOn, evidence } = credential;
  const title = `${typeOf(type).label}${jurisdiction ? ` (${jurisdiction})` : ''}`;
  return (
    <Sheet label={title}>
      <div className="spread">
        <h2>{title}</h2>
        <StateTag state={state} text={CREDENTIAL_STATE_WORDS[state]} />
      </div>
      <Bad credential={credential} />
      <div className="columns">
        <Steps label={`Steps of ${title}`} steps={stepsOf(credential)} />
        <Facts
          facts={[
            ...credential.claim.map(({ name, value }) => [labelOf(type, name), value] as const),
            expiresOn && !credential.claim.some(({ name }) => name === 'expiresOn')
              ? (['Valid until', day(expiresOn)] as const)
              : null,
            evidence.length > 0 &&
              ([
                'Evidence',
                <ul key="files" className="reasons">
                  {evidence.map((file) => (
                    <li key={file.id}>
                      <a href={`/files/credential-evidence/${file.id}`}>{file.fileName}</a>
                    </li>
                  ))}
                </ul>,
              ] as [string, ReactNode]),
          ]}
        />
      </div>
      {(state === 'DRAFT' || state === 'REJECTED' || isStopped(state)) && (
        <EvidenceUpload credentialId={id} />
      )}
      <div className="row">
        {(state === 'DRAFT' || isStopped(state)) && <HandInButton id={id} isAgain={isStopped(state)} />}
        {state === 'REJECTED' && <AppealButton id={id} title={title} />}
        {WITHDRAWABLE.includes(state) && <WithdrawButton credential={credential} title={title} />}
      </div>
    </Sheet>
  );
}

/** What went wrong with it, and what to do. */
function Bad({ credential: { state, verifications } }: { readonly credential: OwnCredential }) {
  const stop = verifications.findLast(({ outcome }) => outcome === 'SUSPEND' || outcome === 'REVOKE');
  if (state === 'REJECTED')
    return (
      <Notice tone="bad">
        <p>
          A verifier did not accept it. The reason:{' '}
          {verifications.findLast(({ outcome }) => outcome === 'REJECT')?.reason ?? 'none was kept'}
        </p>
        <p>Add better evidence and appeal: somebody else decides then.</p>
      </Notice>
    );
  if (state === 'EXPIRED')
    return (
      <Notice tone="bad">
        It has ended. Add the renewed one; work that asks for it stays closed until then.
      </Notice>
    );
  if (isStopped(state))
    return (
      <Notice tone="bad">
        <p>
          A verifier, a person of our staff, {state === 'REVOKED' ? 'revoked' : 'suspended'} it
          {stop && ` on ${day(stop.decidedAt)}`}: it does not count, and work that needs it waits. Pay for
          work done stays due. The reason: {stop?.reason ?? 'none was kept'}
        </p>
        <p>
          If this is wrong, or is mended: add evidence and submit it again. Another verifier decides then.
        </p>
      </Notice>
    );
  return null;
}

/** From the claim to the proof, with who acts. */
function stepsOf({ type, state, createdAt, submittedAt, verifiedAt, verifications }: OwnCredential): Step[] {
  const people = verifications.filter(({ method }) => method !== 'FORMAT_CHECK');
  const form = verifications.find(({ method }) => method === 'FORMAT_CHECK');
  const isSent = state !== 'DRAFT' && state !== 'WITHDRAWN';
  const isOpen = state === 'SUBMITTED' || state === 'IN_REVIEW';
  const steps: Step[] = [
    { label: 'You claimed it', state: 'done', at: createdAt },
    { label: 'Its form was checked at once', state: 'done', at: form?.decidedAt ?? createdAt },
    {
      label: 'You submit it',
      state: isSent ? 'done' : 'now',
      at: submittedAt,
      about: isSent ? undefined : 'You act: add evidence where you have it, then submit it.',
    },
    ...people.map(({ outcome, reason, decidedAt }, index): Step => ({
      label: `Check ${index + 1}: ${CLAIM_DECISION_WORDS[outcome as ClaimDecision]}`,
      state: 'done',
      at: decidedAt,
      about: reason,
    })),
  ];
  if (isOpen)
    steps.push({
      label: state === 'IN_REVIEW' ? 'A second verifier checks it' : 'A verifier checks it',
      state: 'now',
      about: `The platform acts, at the source that issued it. An email comes when it is decided.${
        typeOf(type).isRegulated && state === 'SUBMITTED'
          ? ' A second verifier checks it after the first.'
          : ''
      }`,
    });
  if (state !== 'REJECTED')
    steps.push({
      label: 'Verified',
      state: verifiedAt && isProven(state) ? 'done' : 'waiting',
      at: verifiedAt,
    });
  return steps;
}

/** True where a verifier stopped it. */
const isStopped = (state: string) => state === 'SUSPENDED' || state === 'REVOKED';
const isProven = (state: string) => ['VERIFIED', 'EXPIRING', 'EXPIRED'].includes(state);

function HandInButton({ id, isAgain }: { readonly id: string; readonly isAgain: boolean }) {
  const { run, isSending, problem } = useAction(HandIn);
  return (
    <>
      <ProblemNotice problem={problem} />
      <Button
        weight="main"
        isSending={isSending}
        onPress={async () => {
          if (await run({ id })) say('Submitted. An email comes when it is decided.');
        }}
      >
        {isAgain ? 'Submit it again' : 'Submit for verification'}
      </Button>
    </>
  );
}

function AppealButton({ id, title }: { readonly id: string; readonly title: string }) {
  const { run, isSending, problem } = useAction(Appeal);
  return (
    <Confirm
      button="Appeal"
      weight="main"
      title={`Appeal the decision on your ${title}?`}
      verb="Send the appeal"
      isSending={isSending}
      problem={problem}
      run={async () => {
        const done = await run({ id });
        if (done) say('Your appeal is in. Somebody else decides.');
        return done;
      }}
    >
      <p>
        Another verifier looks at the claim and at all evidence, also at what you added since, and decides.
      </p>
    </Confirm>
  );
}

function WithdrawButton({
  credential: { id, state },
  title,
}: {
  readonly credential: OwnCredential;
  readonly title: string;
}) {
  const { run, isSending, problem } = useAction(Withdraw);
  return (
    <Confirm
      button="Withdraw"
      title={`Withdraw your ${title}?`}
      verb="Withdraw the claim"
      isSending={isSending}
      problem={problem}
      run={async () => {
        const done = await run({ id });
        if (done) say('Withdrawn.');
        return done;
      }}
    >
      <p>
        {isProven(state)
          ? 'Work that asks for it will be closed to you. To use it again it has to be verified anew.'
          : 'It is not checked any further. You can claim it again later.'}
      </p>
    </Confirm>
  );
}
