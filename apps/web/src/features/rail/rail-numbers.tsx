import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, wholeNumber } from '../../lib/rules';
import { TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Section } from '../../ui/page';
import { say } from '../../ui/toast';
import { numberWords, rateWords } from './rail-words';
import type { RailState } from './sandbox-page';

const SetRailNumber = graphql(`
  mutation SetRailNumber($group: String!, $name: String!, $value: Int!) {
    setSandboxNumber(group: $group, name: $name, value: $value) {
      undeliveredEvents
    }
  }
`);

/** What the stand-in bank keeps, how unruly its messages are, and at which rates it exchanges. */
export function RailNumbers({ state: { fees, webhooks, rates } }: { readonly state: RailState }) {
  return (
    <>
      <Section title="Fees and messages">
        <div className="grid">
          {fees.map(({ name, value }) => (
            <NumberForm key={`${name} ${value}`} group="fees" name={name} value={value} />
          ))}
          {webhooks.map(({ name, value }) => (
            <NumberForm key={`${name} ${value}`} group="webhooks" name={name} value={value} />
          ))}
        </div>
      </Section>
      <Section title="Exchange rates">
        <p>What is sent to an expert whose bank account is in another currency is exchanged on its way.</p>
        <div className="grid">
          {rates.map(({ name, value }) => (
            <NumberForm key={`${name} ${value}`} group="rates" name={name} value={value} />
          ))}
        </div>
      </Section>
    </>
  );
}

interface NumberProps {
  readonly group: 'fees' | 'webhooks' | 'rates';
  readonly name: string;
  readonly value: string;
}

function NumberForm({ group, name, value }: NumberProps) {
  const { label, hint, most } = group === 'rates' ? rateWords(name, value) : numberWords(name);
  const form = useAppForm({
    values: { value },
    rules: rules.object({ value: wholeNumber(0, most, label) }),
    write: SetRailNumber,
    variables: (given) => ({ group, name, value: Number(given.value) }),
    fields: { [name]: 'value' },
    onDone: () => say('Set. It holds from now on.'),
  });
  return (
    <Form form={form} button="Set" weight="plain">
      <TextField form={form} name="value" label={label} hint={hint} inputMode="numeric" />
    </Form>
  );
}
