import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { ChoiceField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { Section } from '../../ui/page';
import { say } from '../../ui/toast';
import { FAILURES } from './rail-words';
import type { RailState } from './sandbox-page';

const SetRailFailure = graphql(`
  mutation SetRailFailure($kind: String!, $failure: String!) {
    setSandboxFailure(kind: $kind, failure: $failure) {
      undeliveredEvents
    }
  }
`);

/** Makes something go wrong once, to see that nothing is lost. */
export function RailFailures({ state: { failures } }: { readonly state: RailState }) {
  const form = useAppForm({
    values: { choice: '' },
    rules: rules.object({ choice: said('Choose what shall go wrong.') }),
    write: SetRailFailure,
    variables: ({ choice }) => {
      const [kind = '', failure = ''] = choice.split(': ');
      return { kind, failure };
    },
    onDone: () => say('Set. It goes wrong once.'),
  });
  const waiting = failures.map(
    ({ name, value }) =>
      FAILURES.find(({ kind, failure }) => kind === name && failure === value)?.label ?? `${name}: ${value}`,
  );
  return (
    <Section title="Make something go wrong">
      {waiting.length > 0 && (
        <Notice tone="warning">
          <p>Set, and waiting for its moment:</p>
          <ul>
            {waiting.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Form form={form} button="Make it go wrong once" weight="plain">
        <ChoiceField
          form={form}
          name="choice"
          label="What goes wrong"
          options={FAILURES.map(({ kind, failure, label, about }) => ({
            code: `${kind}: ${failure}`,
            label,
            about,
          }))}
        />
      </Form>
    </Section>
  );
}
