import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useAppForm } from '../lib/form';
import { rules, said } from '../lib/rules';
import { HOW_OFTEN, SaveSearch as Save } from '../lib/searches';
import { Button } from './button';
import { Panel } from './confirm';
import { SelectField, TextField } from './field';
import { Form } from './form';
import { say } from './toast';

/** What a search asks, beside its name. */
interface Asked {
  readonly openingId?: string;
  readonly words?: string;
  readonly isEligible?: boolean | null;
}

/** Keeps a list as it is filtered under a name, and says how often it shall tell what is new. */
export function SaveSearch({
  button,
  about,
  name,
  asked,
}: {
  /** The words of the button, and the title of what it opens. */
  readonly button: string;
  /** What will be found. */
  readonly about: string;
  /** The name at first. */
  readonly name: string;
  readonly asked: Asked;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>{button}</Button>
      {isOpen && (
        <Panel title={button} isOpen onClose={() => setOpen(false)}>
          <p>{about} What it finds now is not told again.</p>
          <SaveForm name={name} asked={asked} onClose={() => setOpen(false)} />
        </Panel>
      )}
    </>
  );
}

function SaveForm({
  name,
  asked,
  onClose,
}: {
  readonly name: string;
  readonly asked: Asked;
  readonly onClose: () => void;
}) {
  const isLab = useLocation().pathname.startsWith('/lab');
  const form = useAppForm({
    values: { name: name.slice(0, 60), leastScore: '', howOften: 'AT_ONCE' },
    rules: rules.object({
      name: said('Give it a name.', 60),
      leastScore: rules
        .string()
        .check(rules.refine((text) => /^(\d{1,2}|100)?$/.test(text.trim()), 'Write a number from 0 to 100.')),
      howOften: rules.string(),
    }),
    write: Save,
    variables: ({ leastScore, ...values }) => ({
      input: { ...values, ...asked, leastScore: Number(leastScore.trim() || 0) },
    }),
    onDone: () => {
      say('The search is saved. You find it under Saved searches.');
      onClose();
    },
  });
  return (
    <Form form={form} button="Save search">
      <TextField form={form} name="name" label="Name" />
      <TextField
        form={form}
        name="leastScore"
        label="Least fit"
        inputMode="numeric"
        hint={`Points of 100. Empty tells you of ${isLab ? 'everybody who passes' : 'every fit'}.`}
      />
      <SelectField
        form={form}
        name="howOften"
        label="Tell me"
        options={HOW_OFTEN}
        hint="At once comes behind the bell and by email, within a minute or two."
      />
    </Form>
  );
}
