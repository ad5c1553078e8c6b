import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules } from '../../lib/rules';
import { LongTextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { say } from '../../ui/toast';
import type { MatchModel } from './model-query';

const AddModel = graphql(`
  mutation AddMatchModel($input: AddMatchModelInput!) {
    addMatchModel(input: $input)
  }
`);
const AskForModel = graphql(`
  mutation AskForMatchModel($input: ChooseMatchModelInput!) {
    askForMatchModel(input: $input)
  }
`);
const GoBackToModel = graphql(`
  mutation GoBackToMatchModel($input: ChooseMatchModelInput!) {
    goBackToMatchModel(input: $input)
  }
`);

const atLeast = (length: number, sentence: string) =>
  rules.string().check(rules.refine((text) => text.trim().length >= length, sentence));

/** Takes a model that was learned; nothing is scored by it yet. */
export function AddModelForm({ onDone }: { readonly onDone: () => void }) {
  const form = useAppForm({
    values: { model: '' },
    rules: rules.object({ model: atLeast(2, 'Paste the model.') }),
    write: AddModel,
    variables: ({ model }, idempotencyKey) => ({ input: { model, idempotencyKey } }),
    onDone: () => {
      say('The model is added. Nothing is scored by it yet.');
      onDone();
    },
  });
  return (
    <Form form={form} button="Add">
      <LongTextField
        form={form}
        name="model"
        label="Model"
        rows={8}
        hint="All of the file that npm run matching:learn -- --out FILE wrote. It is taken only if nothing in it was changed."
      />
    </Form>
  );
}

/** Puts a model in force: by another person’s approval, or at once where it was in force before. */
export function SwitchModelForm({
  model: { id, isUsable, isAsked, wasInForce },
  onDone,
}: {
  readonly model: MatchModel;
  readonly onDone: () => void;
}) {
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({ reason: atLeast(10, 'Say why, in at least 10 characters.') }),
    write: wasInForce ? GoBackToModel : AskForModel,
    variables: ({ reason }) => ({ input: { modelId: id, reason } }),
    onDone: () => {
      say(wasInForce ? 'Every fit is scored anew by it now.' : 'Another person was asked.');
      onDone();
    },
  });
  if (!isUsable) return null;
  if (isAsked)
    return <Notice>Somebody asked to put it in force. Another person decides under Approvals.</Notice>;
  return (
    <Form form={form} button={wasInForce ? 'Go back to it' : 'Ask to put it in force'}>
      <p>
        {wasInForce
          ? 'It was in force before, so you can go back to it alone. Every shortlist and every expert’s openings are scored anew at once.'
          : 'Another person reads what was measured and approves. Then every shortlist and every expert’s openings are scored anew.'}
      </p>
      <LongTextField form={form} name="reason" label="Why" rows={2} hint="It stands in the journal." />
    </Form>
  );
}
