import { useWatch } from 'react-hook-form';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { amountFault, minorOf, money, type Money } from '../../lib/money';
import { Confirm } from '../../ui/confirm';
import { AmountField, SelectField } from '../../ui/field';
import { ProblemNotice } from '../../ui/notice';
import { say } from '../../ui/toast';
import { AMOUNT_RULES } from './add-funds-form';

const TakeBack = graphql(`
  mutation TakeMoneyBack($input: RequestRefundInput!) {
    requestRefund(input: $input) {
      id
    }
  }
`);

interface Free {
  readonly currency: string;
  readonly available: Money;
}

/** Sends free money back to where it came from. */
export function TakeBackForm({ balances }: { readonly balances: readonly Free[] }) {
  const free = balances.filter(({ available }) => available.minor !== '0');
  const form = useAppForm({
    values: { amount: '', currency: free[0]?.currency ?? 'USD' },
    rules: AMOUNT_RULES,
    write: TakeBack,
    variables: ({ amount, currency }, idempotencyKey) => ({
      input: { amountMinor: minorOf(amount, currency), currency, idempotencyKey },
    }),
    fields: { amountMinor: 'amount' },
    onDone: (_data, values) => {
      say('The money is on its way back.');
      form.reset({ ...values, amount: '' });
    },
  });
  const [amount, currency] = useWatch({ control: form.control, name: ['amount', 'currency'] });
  const own = free.find((each) => each.currency === currency);
  const minor = amountFault(amount, currency) === undefined ? minorOf(amount, currency) : '';
  return (
    <form noValidate onSubmit={(event) => event.preventDefault()}>
      <ProblemNotice problem={form.problem} />
      <AmountField
        form={form}
        name="amount"
        label="Amount to take back"
        currency={currency}
        hint={own && `${money(own.available)} is free. What is held for weeks of work stays.`}
      />
      {free.length > 1 && (
        <SelectField
          form={form}
          name="currency"
          label="From the balance in"
          options={free.map((each) => [each.currency, each.currency] as const)}
        />
      )}
      <div className="row">
        <Confirm
          button="Take back"
          title={minor ? `Take back ${money({ minor, currency })}?` : 'Take money back?'}
          verb="Take back"
          isDisabled={minor === ''}
          isSending={form.isSending}
          run={async () => {
            await form.send();
            return true;
          }}
        >
          <p>
            It goes back to where it came from, newest first; that can be more than one transfer. Your free
            balance is lower at once. If a transfer fails, its money is in the balance again.
          </p>
        </Confirm>
      </div>
    </form>
  );
}
