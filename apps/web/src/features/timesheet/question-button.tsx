import { useState } from 'react';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { duration } from '../../lib/time';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { LongTextField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';

const AskAboutLine = graphql(`
  mutation AskAboutLine($input: QuestionLineInput!) {
    questionLine(input: $input)
  }
`);

interface QuestionedLine {
  readonly id: string;
  readonly countedSeconds: number;
}

/** Questions one line; the rest of the week goes on. */
export function QuestionButton({ line, span }: { readonly line: QuestionedLine; readonly span: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button name={`Question ${span}`} onPress={() => setOpen(true)}>
        Question
      </Button>
      <Panel title={`Question ${span}`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <QuestionForm line={line} onDone={() => setOpen(false)} />
      </Panel>
    </>
  );
}

function QuestionForm({ line, onDone }: { readonly line: QuestionedLine; readonly onDone: () => void }) {
  const counts = Math.round(line.countedSeconds / 60);
  const form = useAppForm({
    values: { question: '', proposedMinutes: '' },
    rules: rules.object({
      question: said('Ask in a sentence: the expert reads it.', 2000),
      proposedMinutes: rules
        .string()
        .check(
          rules.refine(
            (text) => text.trim() === '' || (/^\d+$/.test(text.trim()) && Number(text) < counts),
            `Write whole minutes below ${counts}, or leave it empty.`,
          ),
        ),
    }),
    write: AskAboutLine,
    variables: ({ question, proposedMinutes }, idempotencyKey) => ({
      input: {
        entryId: line.id,
        question,
        proposedMinutes: proposedMinutes.trim() === '' ? null : Number(proposedMinutes),
        idempotencyKey,
      },
    }),
    onDone: () => {
      say('The question is sent. The line waits for the answer.');
      onDone();
    },
    keepAs: `question-${line.id}`,
  });
  return (
    <Form form={form} button="Send the question">
      <p>
        The line waits for the expert: they accept your proposal or explain. It is never decided against them
        by silence. All other lines go on.
      </p>
      <LongTextField
        form={form}
        name="question"
        label="What is not right, and why you think so"
        hint="Name what you looked at. The expert reads it."
        rows={4}
      />
      <TextField
        form={form}
        name="proposedMinutes"
        label="Minutes to count instead"
        hint={`It counts ${duration(line.countedSeconds)}, ${counts} minutes, now. Leave it empty to only ask.`}
        inputMode="numeric"
      />
    </Form>
  );
}
