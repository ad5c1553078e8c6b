import { useState, type ReactNode } from 'react';
import type { DocumentInput } from 'urql';
import { useAppForm } from '../../lib/form';
import { rules } from '../../lib/rules';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { LongTextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';

interface DeclineVariables {
  readonly id: string;
  readonly reason: string | null;
}

/** Declines an offer or an invitation: asks once, with room for a reason that the lab reads. */
export function Decline<Data>({
  id,
  button,
  title,
  said,
  write,
  children,
}: {
  readonly id: string;
  /** The verb, on the button that opens the question and on the one that acts. */
  readonly button: string;
  readonly title: string;
  /** What is said once it is done. */
  readonly said: string;
  readonly write: DocumentInput<Data, { id: string; reason?: string | null }>;
  readonly children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({
      reason: rules.string().check(rules.maxLength(2000, 'At most 2000 characters fit here.')),
    }),
    write: write as DocumentInput<Data, DeclineVariables>,
    variables: ({ reason }) => ({ id, reason: reason.trim() === '' ? null : reason }),
    onDone: () => {
      setOpen(false);
      say(said);
    },
  });
  return (
    <>
      <Button onPress={() => setOpen(true)}>{button}</Button>
      <Panel title={title} isOpen={isOpen} onClose={() => setOpen(false)}>
        {children}
        <Form form={form} button={button}>
          <LongTextField
            form={form}
            name="reason"
            label="Why"
            hint="The lab reads it. You may leave it empty."
            rows={3}
          />
        </Form>
      </Panel>
    </>
  );
}
