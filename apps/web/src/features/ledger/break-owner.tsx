import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { ReconciliationQuery } from '../../gql/graphql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { day, moment } from '../../lib/time';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { LongTextField, SelectField } from '../../ui/field';
import { Form } from '../../ui/form';
import { ProblemNotice } from '../../ui/notice';
import { StateTag } from '../../ui/state-tag';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const TakeBreak = graphql(`
  mutation TakeBreak($id: ID!) {
    takeBreak(id: $id)
  }
`);
const AssignBreak = graphql(`
  mutation AssignBreak($id: ID!, $ownerId: ID!, $note: String) {
    assignBreak(id: $id, ownerId: $ownerId, note: $note)
  }
`);
const NoteBreak = graphql(`
  mutation NoteBreak($id: ID!, $words: String!) {
    noteBreak(id: $id, words: $words)
  }
`);
const ResolveBreak = graphql(`
  mutation ResolveBreak($id: ID!, $reason: String!) {
    resolveBreak(id: $id, reason: $reason)
  }
`);
const MoneyAdmins = graphql(`
  query MoneyAdmins {
    moneyAdmins {
      id
      name
    }
  }
`);

type Break = ReconciliationQuery['reconciliationBreaks']['edges'][number]['node'];
type Step = 'assign' | 'note' | 'end';

/** Who looks after a difference until when, what they found out, and what can be done. */
export function BreakOwner({ row, onDone }: { readonly row: Break; readonly onDone: () => void }) {
  const { state, endedAt, reason, ownerName, isMine, dueAt, isLate, notes } = row;
  return (
    <>
      {state === 'OPEN' ? (
        <p>
          {isMine ? 'You' : (ownerName ?? 'Nobody: no person of finance and no admin is active')}{' '}
          {isLate ? (
            <StateTag state="FAILED" text={`Late: was to end by ${day(dueAt)}`} />
          ) : (
            <span className="quiet">until {day(dueAt)}</span>
          )}
        </p>
      ) : (
        <p>
          Ended {endedAt && moment(endedAt)}
          <span className="quiet"> {reason ?? 'Both sides say the same now.'}</span>
        </p>
      )}
      {notes.length > 0 && (
        <ul aria-label="Notes">
          {notes.map(({ id, authorName, at, words }) => (
            <li key={id}>
              {words}{' '}
              <span className="quiet">
                {authorName}, {day(at)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {state === 'OPEN' && <Steps row={row} onDone={onDone} />}
    </>
  );
}

function Steps({ row: { id, isMine }, onDone }: { readonly row: Break; readonly onDone: () => void }) {
  const [step, setStep] = useState<Step>();
  const { run, isSending, problem } = useAction(TakeBreak);
  const done = () => {
    setStep(undefined);
    onDone();
  };
  return (
    <>
      <ProblemNotice problem={problem} />
      <div className="row">
        {!isMine && (
          <Button
            weight="plain"
            isSending={isSending}
            onPress={() => void run({ id }).then((isDone) => isDone && onDone())}
          >
            Take it
          </Button>
        )}
        <Button weight="plain" onPress={() => setStep('assign')}>
          Give to
        </Button>
        <Button weight="plain" onPress={() => setStep('note')}>
          Note
        </Button>
        <Button weight="plain" onPress={() => setStep('end')}>
          End it
        </Button>
      </div>
      {step === 'assign' && (
        <Panel title="Who looks after it?" isOpen onClose={() => setStep(undefined)}>
          <Assign id={id} onDone={done} />
        </Panel>
      )}
      {step === 'note' && (
        <Panel title="What did you find out?" isOpen onClose={() => setStep(undefined)}>
          <Note id={id} onDone={done} />
        </Panel>
      )}
      {step === 'end' && (
        <Panel title="Why can it end?" isOpen onClose={() => setStep(undefined)}>
          <Resolve id={id} onDone={done} />
        </Panel>
      )}
    </>
  );
}

interface StepProps {
  readonly id: string;
  readonly onDone: () => void;
}

function Assign({ id, onDone }: StepProps) {
  const [{ data }] = useQuery({ query: MoneyAdmins });
  const form = useAppForm({
    values: { ownerId: '', note: '' },
    rules: rules.object({ ownerId: said('Choose a person.', 50), note: rules.string() }),
    write: AssignBreak,
    variables: ({ ownerId, note }) => ({ id, ownerId, note: note.trim() === '' ? null : note }),
    onDone: () => {
      say('They look after it now, and are told.');
      onDone();
    },
  });
  const people = data?.moneyAdmins.map((each) => [each.id, each.name] as const) ?? [];
  return (
    <Form form={form} button="Give it to them">
      <SelectField form={form} name="ownerId" label="Person" options={[['', 'Choose a person'], ...people]} />
      <LongTextField form={form} name="note" label="What they should know" hint="May be left empty." />
    </Form>
  );
}

function Note({ id, onDone }: StepProps) {
  const form = useAppForm({
    values: { words: '' },
    rules: rules.object({ words: said('Write what you found out.', 1000) }),
    write: NoteBreak,
    variables: ({ words }) => ({ id, words }),
    onDone,
  });
  return (
    <Form form={form} button="Keep the note">
      <LongTextField form={form} name="words" label="Note" hint="It stays with your name." />
    </Form>
  );
}

function Resolve({ id, onDone }: StepProps) {
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({ reason: said('Write why it can end, in a sentence.') }),
    write: ResolveBreak,
    variables: ({ reason }) => ({ id, reason }),
    onDone: () => {
      say('Ended. Your reason is in the journal.');
      onDone();
    },
  });
  return (
    <Form form={form} button="End it">
      <LongTextField
        form={form}
        name="reason"
        label="Why it can end"
        hint="Say which side was right, and what was done."
      />
    </Form>
  );
}
