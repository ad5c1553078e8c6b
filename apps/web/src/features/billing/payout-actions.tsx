import { useWatch } from 'react-hook-form';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { amountFault, minorOf, money, typed, type Money } from '../../lib/money';
import { day } from '../../lib/time';
import { Confirm } from '../../ui/confirm';
import { AmountField, SelectField } from '../../ui/field';
import { Facts } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { say } from '../../ui/toast';
import { AMOUNT_RULES, amountCheckWithin, type PayableRange } from './add-funds-form';

const PayOutPart = graphql(`
  mutation PayOutPart($input: PayOutPartInput!) {
    payOutPart(input: $input)
  }
`);

/** What can be paid out in a currency. */
interface Payable {
  readonly askable: Money;
  readonly smallestPart: Money;
  readonly smallestOfRun: Money;
}

/** Sends what is ready, or a part of it, after saying how much and by which day. */
export function PayOutNow({
  earnings,
  isSetUp,
  promisedOn,
  bankCurrency,
  asked,
}: {
  /** What may leave without a person's decision, and what is too little for a payout, one a currency. */
  readonly earnings: readonly Payable[];
  readonly isSetUp: boolean;
  readonly promisedOn?: string;
  /** Of the payout account. */
  readonly bankCurrency?: string | null;
  /** Currencies in which a person of staff was asked about a larger payout and has not decided. */
  readonly asked: readonly string[];
}) {
  const open = earnings.filter(({ askable }) => askable.minor !== '0');
  if (!isSetUp || open.length === 0) return null;
  return (
    <PayOutForm
      key={open.map(({ askable }) => typed(askable)).join()}
      open={open}
      promisedOn={promisedOn}
      bankCurrency={bankCurrency}
      asked={asked}
    />
  );
}

function PayOutForm({
  open,
  promisedOn,
  bankCurrency,
  asked,
}: {
  readonly open: readonly Payable[];
  readonly promisedOn?: string;
  readonly bankCurrency?: string | null;
  readonly asked: readonly string[];
}) {
  const first = open[0]?.askable;
  const ranges = open.map(({ askable, smallestPart }) => ({ least: smallestPart, most: askable }));
  const form = useAppForm({
    values: { amount: first ? typed(first) : '', currency: first?.currency ?? 'USD' },
    rules: AMOUNT_RULES.check(amountCheckWithin(ranges)),
    write: PayOutPart,
    variables: ({ amount, currency }, idempotencyKey) => ({
      input: { amountMinor: minorOf(amount, currency), currency, idempotencyKey },
    }),
    // Where no currency is chosen, what is wrong with it is said at the amount.
    fields: { amountMinor: 'amount', ...(open.length === 1 && { currency: 'amount' }) },
    onDone: () => say('Your payout was asked for.'),
  });
  const [amount, currency] = useWatch({ control: form.control, name: ['amount', 'currency'] });
  const own = open.find(({ askable }) => askable.currency === currency);
  const range = ranges.find(({ most }) => most.currency === currency);
  const isReadable = amountFault(amount, currency) === undefined;
  const minor = isReadable ? minorOf(amount, currency) : '';
  // What is too little, and what is more than there is, promise nothing: the field says why.
  const isThere =
    minor !== '' &&
    range !== undefined &&
    BigInt(minor) >= BigInt(range.least.minor) &&
    BigInt(minor) <= BigInt(range.most.minor);
  const words = isThere ? money({ minor, currency }) : '';
  return (
    <Confirm
      button="Pay out now"
      weight="main"
      title="Pay out now"
      verb={words ? `Pay out ${words}` : 'Pay out'}
      isSending={form.isSending}
      problem={form.problem}
      run={form.send}
    >
      {asked.includes(currency) && (
        <Notice tone="warning">
          A person of staff was asked to approve a larger payout and has not decided yet. If you take some of
          it now, that request lapses, and they are asked again about what is left with the next payout run.
        </Notice>
      )}
      <AmountField
        form={form}
        name="amount"
        label="Amount"
        currency={currency}
        hint={range && rangeWords(range)}
      />
      {open.length > 1 && (
        <SelectField
          form={form}
          name="currency"
          label="From your earnings in"
          options={ranges.map(({ most }) => [most.currency, most.currency] as const)}
        />
      )}
      {isThere && own && <LeftBehind of={own} minor={minor} />}
      <Terms amount={words} currency={currency} bankCurrency={bankCurrency} promisedOn={promisedOn} />
    </Confirm>
  );
}

/** Between which amounts a payout can be asked for. */
function rangeWords({ least, most }: PayableRange): string {
  return least.minor === most.minor
    ? `${money(most)} can be paid out now; it is the smallest payout.`
    : `From ${money(least)}, the smallest payout, to ${money(most)}: all that can be paid out now.`;
}

/** What stays behind, where it is too little for a run, and what to do about it. */
function LeftBehind({
  of: { askable, smallestOfRun },
  minor,
}: {
  readonly of: Payable;
  readonly minor: string;
}) {
  const left = BigInt(askable.minor) - BigInt(minor);
  if (left === 0n || left >= BigInt(smallestOfRun.minor)) return null;
  return (
    <Notice>
      {money({ ...askable, minor: left.toString() })} stays behind. The daily run sends nothing below{' '}
      {money(smallestOfRun)}, so that waits until you earn more. To have it now, ask for all of it.
    </Notice>
  );
}

/** What is taken off, what is exchanged, what arrives and when, before anything is confirmed. */
function Terms({
  amount,
  currency,
  bankCurrency,
  promisedOn,
}: {
  readonly amount: string;
  readonly currency: string;
  readonly bankCurrency?: string | null;
  readonly promisedOn?: string;
}) {
  const isExchanged = bankCurrency !== undefined && bankCurrency !== null && bankCurrency !== currency;
  return (
    <Facts
      facts={[
        ['Payment provider’s fee', 'Borne by the platform: nothing comes off'],
        [
          'Exchange rate',
          isExchanged
            ? `From ${currency} to ${bankCurrency}, at the provider’s rate when it sends. It names none beforehand; the rate that it took stands on the payout afterwards.`
            : 'Nothing is exchanged',
        ],
        [
          'Arrives in your bank',
          isExchanged ? `${amount || 'The amount'}, exchanged to ${bankCurrency}` : amount || 'The amount',
        ],
        promisedOn ? ['There by', day(promisedOn)] : null,
      ]}
    />
  );
}
