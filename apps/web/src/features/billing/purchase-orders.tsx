import { useWatch } from 'react-hook-form';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { minorOf, money, type Money } from '../../lib/money';
import { rules, said } from '../../lib/rules';
import { day } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { DateField } from '../../ui/date-field';
import { AmountField, SelectField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';
import { AMOUNT_RULES, amountCheck } from './add-funds-form';

const AddOrder = graphql(`
  mutation AddPurchaseOrder($input: AddPurchaseOrderInput!) {
    addPurchaseOrder(input: $input)
  }
`);

interface Order {
  readonly id: string;
  readonly number: string;
  readonly endsOn?: string | null;
  readonly amount: Money;
  readonly left: Money;
}

/** The lab's own purchase orders: how much each allows and how much is left. */
export function PurchaseOrders({
  orders,
  currencies,
}: {
  readonly orders: readonly Order[];
  readonly currencies: readonly string[];
}) {
  const form = useAppForm({
    values: { number: '', amount: '', currency: currencies[0] ?? 'USD', endsOn: '' },
    rules: rules
      .extend(AMOUNT_RULES, {
        number: said('Write the number as it stands on the order.', 60),
        endsOn: rules.string(),
      })
      .check(amountCheck),
    write: AddOrder,
    variables: ({ number, amount, currency, endsOn }, idempotencyKey) => ({
      input: {
        number,
        amountMinor: minorOf(amount, currency),
        currency,
        endsOn: endsOn || null,
        idempotencyKey,
      },
    }),
    fields: { amountMinor: 'amount' },
    onDone: (_data, values) => {
      say(`Purchase order ${values.number} is in your list.`);
      form.reset();
    },
  });
  const currency = useWatch({ control: form.control, name: 'currency' });
  return (
    <>
      {orders.length > 0 && (
        <DataTable
          label="Purchase orders"
          rows={orders}
          keyOf={({ id }) => id}
          columns={[
            {
              id: 'number',
              header: 'Order',
              cell: ({ number, endsOn }) => (
                <>
                  {number}
                  {endsOn && <div className="quiet">until {day(endsOn)}</div>}
                </>
              ),
            },
            { id: 'amount', header: 'Allows', isFigure: true, cell: ({ amount }) => money(amount) },
            { id: 'left', header: 'Left', isFigure: true, cell: ({ left }) => money(left) },
          ]}
        />
      )}
      <Form form={form} button="Add the order">
        <TextField form={form} name="number" label="Number of the order" />
        <AmountField form={form} name="amount" label="What it allows" currency={currency} />
        {currencies.length > 1 && (
          <SelectField
            form={form}
            name="currency"
            label="Currency"
            options={currencies.map((each) => [each, each] as const)}
          />
        )}
        <DateField form={form} name="endsOn" label="Last day, where it has one" />
      </Form>
    </>
  );
}
