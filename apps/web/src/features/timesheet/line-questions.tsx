import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { clock, duration, moment } from '../../lib/time';
import { newKey } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { LongTextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Section, Sheet } from '../../ui/page';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import type { SheetLine } from './sheet-query';

const Answer = graphql(`
  mutation AnswerQuestion($input: AnswerQuestionInput!) {
    answerQuestion(input: $input)
  }
`);

/** What the lab asks about lines of a sheet: open questions to answer first, then how the others were settled. */
export function Questions({ lines }: { readonly lines: readonly SheetLine[] }) {
  const asked = lines.filter(({ questions }) => questions.length > 0);
  if (asked.length === 0) return null;
  const waiting = asked.filter(({ state }) => state === 'QUESTIONED').length;
  return (
    <Section title={waiting > 0 ? 'The lab asks you' : 'Questions of the lab'}>
      {asked.map((line) => (
        <LineSheet key={line.id} line={line} />
      ))}
    </Section>
  );
}

function LineSheet({ line }: { readonly line: SheetLine }) {
  const label = `${moment(line.startsAt)} to ${clock(line.endsAt)}: ${line.note || 'no note'}`;
  const open = line.state === 'QUESTIONED' ? line.questions.find(({ resolution }) => !resolution) : undefined;
  return (
    <Sheet label={`Questions about ${label}`}>
      <h3>{label}</h3>
      {line.questions.map((question) => (
        <div key={question.id}>
          <p>
            The lab asks: {question.question}{' '}
            {isNumber(question.proposedSeconds) &&
              `It proposes to count ${duration(question.proposedSeconds)}.`}{' '}
            <span className="quiet">{moment(question.askedAt)}</span>
          </p>
          {question.answer && (
            <p>
              You answered: {question.answer}{' '}
              {question.answeredAt && <span className="quiet">{moment(question.answeredAt)}</span>}
            </p>
          )}
          {question.resolution && (
            <p>
              Settled: {question.resolution === 'ACCEPTED' ? 'the proposal was accepted' : 'approved'}, with{' '}
              {duration(line.countedSeconds)}.
            </p>
          )}
        </div>
      ))}
      {open && <AnswerPart line={line} proposedSeconds={open.proposedSeconds ?? undefined} />}
    </Sheet>
  );
}

const isNumber = (value: number | null | undefined): value is number => typeof value === 'number';

function AnswerPart({
  line,
  proposedSeconds,
}: {
  readonly line: SheetLine;
  readonly proposedSeconds?: number;
}) {
  const form = useAppForm({
    values: { answer: '' },
    rules: rules.object({ answer: said('Write your answer in a few words.', 2000) }),
    write: Answer,
    variables: ({ answer }, idempotencyKey) => ({
      input: { entryId: line.id, accept: false, answer, idempotencyKey },
    }),
    keepAs: `answer:${line.id}`,
    onDone: () => say('Sent. The lab decides about the line now.'),
  });
  return (
    <>
      <Form form={form} button="Send the answer" weight="plain">
        <LongTextField
          form={form}
          name="answer"
          label="Your answer"
          hint="What you did in this time. The lab reads it and decides."
          rows={3}
        />
      </Form>
      {proposedSeconds !== undefined && <AcceptProposal line={line} proposedSeconds={proposedSeconds} />}
    </>
  );
}

function AcceptProposal({
  line,
  proposedSeconds,
}: {
  readonly line: SheetLine;
  readonly proposedSeconds: number;
}) {
  const { run, isSending, problem } = useAction(Answer);
  return (
    <Confirm
      button="Accept the proposal"
      title={`Count ${duration(proposedSeconds)} instead of ${duration(line.countedSeconds)}?`}
      verb="Accept and settle"
      isSending={isSending}
      problem={problem}
      run={async () => {
        const done = await run({
          input: { entryId: line.id, accept: true, answer: '', idempotencyKey: newKey() },
        });
        if (done) say('Settled. The line is charged with the proposed time.');
        return done;
      }}
    >
      <p>
        The line is approved and charged at once with {duration(proposedSeconds)}. You cannot take that back.
        If you think that it was more, write your answer instead.
      </p>
    </Confirm>
  );
}
