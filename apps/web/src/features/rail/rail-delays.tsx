import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, wholeNumber } from '../../lib/rules';
import { TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Section } from '../../ui/page';
import { say } from '../../ui/toast';
import { delayWords } from './rail-words';
import type { RailState } from './sandbox-page';

const SetRailDelay = graphql(`
  mutation SetRailDelay($name: String!, $seconds: Int!) {
    setSandboxDelay(name: $name, seconds: $seconds) {
      undeliveredEvents
    }
  }
`);

const A_DAY = 86_400;

/** How long things take at the stand-in bank. */
export function RailDelays({ state: { delays } }: { readonly state: RailState }) {
  return (
    <Section title="Delays">
      <div className="grid">
        {delays.map(({ name, value }) => (
          <DelayForm key={`${name} ${value}`} name={name} value={value} />
        ))}
      </div>
    </Section>
  );
}

function DelayForm({ name, value }: { readonly name: string; readonly value: string }) {
  const { label, hint } = delayWords(name);
  const form = useAppForm({
    values: { seconds: value },
    rules: rules.object({ seconds: wholeNumber(0, A_DAY, 'Seconds') }),
    write: SetRailDelay,
    variables: ({ seconds }) => ({ name, seconds: Number(seconds) }),
    fields: { [name]: 'seconds' },
    onDone: () => say('The delay is set. What is under way keeps its old one.'),
  });
  return (
    <Form form={form} button="Set" weight="plain">
      <TextField form={form} name="seconds" label={label} hint={hint} inputMode="numeric" />
    </Form>
  );
}
