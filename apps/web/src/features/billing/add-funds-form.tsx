import { useState } from 'react';
import { useWatch } from 'react-hook-form';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { amountFault, CURRENCY_OPTIONS, minorOf, money } from '../../lib/money';
import { rules } from '../../lib/rules';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { AmountField, SelectField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';

const AddFunds = graphql(`
  mutation AddFunds($input: RequestFundingInput!) {
    requestFunding(input: $input)
  }
`);

/** An amount as it is typed, checked before it is sent. */
export const AMOUNT_RULES = rules.object({
  amount: rules.string().check(
    rules.refine((text) => text.trim() !== '', 'Write an amount, e.g. 5000.'),
    rules.refine(
      (text) => text.trim() === '' || amountFault(text, 'USD') === undefined,
      'This is not an amount: write an amount of at most 9 digits, e.g. 5000 or 45.50.',
    ),
  ),
  currency: rules.string(),
});

/** Brings money in. */
export function AddFundsForm({ currency }: { readonly currency: string }) {
  const form = useAppForm({
    values: { amount: '', currency },
    rules: AMOUNT_RULES,
    write: AddFunds,
    variables: (values, idempotencyKey) => ({
      input: {
        amountMinor: minorOf(values.amount, values.currency),
        currency: values.currency,
        idempotencyKey,
      },
    }),
    fields: { amountMinor: 'amount' },
    onDone: (_data, values) => {
      say('The money is on its way. This page shows when it is in.');
      form.reset({ ...values, amount: '' });
    },
  });
  const [isAsking, setAsking] = useState(false);
  const [amount, chosen] = useWatch({ control: form.control, name: ['amount', 'currency'] });
  const minor = minorOf(amount, chosen);
  const sum = minor === '' ? '' : money({ minor, currency: chosen });
  return (
    <>
      <Form form={form} button="Add funds" onAsk={() => setAsking(true)}>
        <AmountField form={form} name="amount" label="Amount" currency={chosen} />
        <SelectField form={form} name="currency" label="Currency" options={CURRENCY_OPTIONS} />
      </Form>
      <Panel title={`Add ${sum}?`} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>
          {sum} is asked for from where you pay. It counts once it has arrived; you can take back what is not
          held for work.
        </p>
        <Button
          weight="main"
          isSending={form.isSending}
          onPress={() => void form.send().then(() => setAsking(false))}
        >
          Add {sum}
        </Button>
      </Panel>
    </>
  );
}
