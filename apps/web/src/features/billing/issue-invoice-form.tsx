import { useState } from 'react';
import { useWatch } from 'react-hook-form';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { minorOf, money, type Money } from '../../lib/money';
import { rules } from '../../lib/rules';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { AmountField, SelectField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';
import { AMOUNT_RULES, amountCheckUpTo, type AmountPayload } from './add-funds-form';

const IssueInvoice = graphql(`
  mutation IssueInvoice($input: IssueInvoiceInput!) {
    issueInvoice(input: $input)
  }
`);

interface Credit {
  readonly dueDays: number;
  readonly left: Money;
}

interface Order {
  readonly id: string;
  readonly number: string;
  readonly left: Money;
}

/** Money now, paid later: asks for an amount within the limit, against a purchase order where there is one. */
export function IssueInvoiceForm({
  credits,
  orders,
}: {
  readonly credits: readonly Credit[];
  readonly orders: readonly Order[];
}) {
  const lefts = credits.map(({ left }) => left);
  const form = useAppForm({
    values: { amount: '', currency: credits[0]?.left.currency ?? 'USD', order: '' },
    rules: rules
      .extend(AMOUNT_RULES, { order: rules.string() })
      .check(amountCheckUpTo(lefts, limitWords), orderCheck(orders)),
    write: IssueInvoice,
    variables: ({ amount, currency, order }, idempotencyKey) => ({
      input: {
        amountMinor: minorOf(amount, currency),
        currency,
        purchaseOrderId: order || null,
        idempotencyKey,
      },
    }),
    fields: { amountMinor: 'amount', purchaseOrderId: 'order' },
    onDone: (_data, values) => {
      say('The money is in your balance, and the invoice is below.');
      form.reset({ ...values, amount: '' });
    },
  });
  const [isAsking, setAsking] = useState(false);
  const [amount, currency] = useWatch({ control: form.control, name: ['amount', 'currency'] });
  const credit = credits.find(({ left }) => left.currency === currency);
  const minor = minorOf(amount, currency);
  const sum = minor === '' ? '' : money({ minor, currency });
  const usable = orders.filter(({ left }) => left.currency === currency && left.minor !== '0');
  return (
    <>
      <Form form={form} button="Issue an invoice" onAsk={() => setAsking(true)}>
        <AmountField
          form={form}
          name="amount"
          label="Amount"
          currency={currency}
          hint={credit && `${money(credit.left)} is left of your limit.`}
        />
        {credits.length > 1 && (
          <SelectField
            form={form}
            name="currency"
            label="Currency"
            options={credits.map(({ left }) => [left.currency, left.currency] as const)}
          />
        )}
        {usable.length > 0 && (
          <SelectField
            form={form}
            name="order"
            label="Purchase order"
            options={[
              ['', 'None'],
              ...usable.map(({ id, number, left }) => [id, `${number}, ${money(left)} left`] as const),
            ]}
          />
        )}
      </Form>
      <Panel title={`An invoice over ${sum}?`} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>
          {sum} is in your balance at once and can be held for work. You owe it, and pay it within{' '}
          {credit?.dueDays} days.
        </p>
        <Button
          weight="main"
          isSending={form.isSending}
          onPress={() => void form.send().then(() => setAsking(false))}
        >
          Issue it
        </Button>
      </Panel>
    </>
  );
}

const limitWords = (left: Money) =>
  left.minor === '0'
    ? 'Nothing is left of your limit. Pay an open invoice first.'
    : `${money(left)} is left of your limit. Ask for that or less.`;

/** An invoice on a purchase order is not above what is left of the order. */
function orderCheck(orders: readonly Order[]) {
  return (payload: AmountPayload & { value: { readonly order: string } }): void => {
    const { amount, currency, order: id } = payload.value;
    const order = orders.find((each) => each.id === id);
    if (!order || BigInt(minorOf(amount, currency) || 0) <= BigInt(order.left.minor)) return;
    const message = `${money(order.left)} is left of purchase order ${order.number}. Ask for that or less, or name another order.`;
    payload.issues.push({ code: 'custom', message, path: ['amount'], input: payload.value });
  };
}
