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
import { AMOUNT_RULES, amountCheckUpTo } from './add-funds-form';
import { useNothingGoesBack } from './lab-disputes';
import { WithdrawRefund } from './withdraw-refund';

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
      id
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
  /** What goes back within 24 hours without anybody looking at it, and what of that is left. */
  readonly backAlone: Money;
  readonly backAloneLeft: Money;
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
    rules: AMOUNT_RULES.check(amountCheckUpTo(free.map(backOf), tooMuchWords)),
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
  // What cannot go back is not asked about: the field says why.
  const isThere =
    minor !== '' && own !== undefined && minor !== '0' && BigInt(minor) <= BigInt(backOf(own).minor);
  const isLookedAt = isThere && BigInt(minor) > BigInt(own.backAloneLeft.minor);
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
          title={isThere ? `Take back ${money({ minor, currency })}?` : 'Take money back?'}
          verb="Take back"
          isDisabled={!isThere}
          isSending={form.isSending}
          run={async () => {
            await form.send();
            return true;
          }}
        >
          {isLookedAt ? (
            <p>
              With it, more than {money(own.backAlone)} would go back within 24 hours, so a person of the
              platform looks at it first. Until then it stays in your balance, and you are told what they
              decide.
            </p>
          ) : (
            <p>
              It goes back to where it came from, newest first; that can be more than one transfer. Your free
              balance is lower at once. If a transfer fails, its money is in the balance again.
            </p>
          )}
        </Confirm>
      </div>
    </form>
  );
}

const tooMuchWords = (most: Money) => `${money(most)} can go back. Take back that or less.`;

/** What can go back of a balance. */
function backOf({ available, invoiced }: Free): Money {
  const minor = BigInt(available.minor) - BigInt(invoiced.minor);
  return { minor: (minor > 0n ? minor : 0n).toString(), currency: available.currency };
}

/** What was asked back and somebody looks at first. */
function WaitingRefunds() {
  const [{ data }] = useQuery({ query: Waiting });
  return data?.waitingRefunds.map(({ id, amount, askedAt, lapsesAt }) => (
    <Notice key={id} tone="warning">
      You asked for {money(amount)} back on {day(askedAt)}. A person of the platform looks at it first,
      because so much within 24 hours needs that. It stays in your balance until then; on {day(lapsesAt)} the
      request lapses. Until they have decided, take back only what goes back without them, or withdraw it.{' '}
      <WithdrawRefund id={id} amount={amount} waitsFor="a person" />
    </Notice>
  ));
}
