import { useWatch } from 'react-hook-form';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { amountFault, minorOf, money, type Money } from '../../lib/money';
import { day } from '../../lib/time';
import { Confirm } from '../../ui/confirm';
import { AmountField, SelectField } from '../../ui/field';
import { Notice, ProblemNotice } from '../../ui/notice';
import { say } from '../../ui/toast';
import { AMOUNT_RULES, amountCheck } from './add-funds-form';
import { useNothingGoesBack } from './lab-disputes';

const TakeBack = graphql(`
  mutation TakeMoneyBack($input: RequestRefundInput!) {
    requestRefund(input: $input) {
      id
    }
  }
`);

const Waiting = graphql(`
  query WaitingRefunds {
    waitingRefunds {
      askedAt
      lapsesAt
      amount {
        minor
        currency
      }
    }
  }
`);

interface Free {
  readonly currency: string;
  readonly available: Money;
  /** Owed by open invoices: that much of what is free was given for work, and was not paid in. */
  readonly invoiced: Money;
  readonly backAlone: Money;
}

/** Sends free money back to where it came from; says why not, where a dispute keeps it. */
export function TakeBackForm({ balances }: { readonly balances: readonly Free[] }) {
  const why = useNothingGoesBack();
  if (why === undefined) return <TakeBackFields balances={balances} />;
  return (
    <>
      <WaitingRefunds />
      <Notice tone="warning">{why}</Notice>
    </>
  );
}

function TakeBackFields({ balances }: { readonly balances: readonly Free[] }) {
  const free = balances.filter((each) => backOf(each).minor !== '0');
  const form = useAppForm({
    values: { amount: '', currency: free[0]?.currency ?? 'USD' },
    rules: AMOUNT_RULES.check(amountCheck),
    write: TakeBack,
    variables: ({ amount, currency }, idempotencyKey) => ({
      input: { amountMinor: minorOf(amount, currency), currency, idempotencyKey },
    }),
    // Where no currency is chosen, what is wrong with it is said at the amount.
    fields: { amountMinor: 'amount', ...(free.length <= 1 && { currency: 'amount' }) },
    onDone: ({ requestRefund }, values) => {
      say(
        requestRefund.length > 0
          ? 'The money is on its way back.'
          : 'A person of the platform looks at it first. You are told.',
      );
      form.reset({ ...values, amount: '' });
    },
  });
  const [amount, currency] = useWatch({ control: form.control, name: ['amount', 'currency'] });
  const own = free.find((each) => each.currency === currency);
  const minor = amountFault(amount, currency) === undefined ? minorOf(amount, currency) : '';
  return (
    <form noValidate onSubmit={(event) => event.preventDefault()}>
      <WaitingRefunds />
      <ProblemNotice problem={form.problem} />
      <AmountField
        form={form}
        name="amount"
        label="Amount to take back"
        currency={currency}
        hint={
          own &&
          `${money(backOf(own))} can go back. What is held for weeks of work or owed by open invoices stays. Above ${money(own.backAlone)} within 24 hours, a person of the platform looks at it first.`
        }
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

/** What can go back of a balance. */
function backOf({ available, invoiced }: Free): Money {
  const minor = BigInt(available.minor) - BigInt(invoiced.minor);
  return { minor: (minor > 0n ? minor : 0n).toString(), currency: available.currency };
}

/** What was asked back and somebody looks at first. */
function WaitingRefunds() {
  const [{ data }] = useQuery({ query: Waiting });
  return data?.waitingRefunds.map(({ amount, askedAt, lapsesAt }) => (
    <Notice key={amount.currency} tone="warning">
      You asked for {money(amount)} back on {day(askedAt)}. A person of the platform looks at it first,
      because it is much within 24 hours. It stays in your balance until then; on {day(lapsesAt)} the request
      lapses. Asking for another amount takes its place.
    </Notice>
  ));
}
