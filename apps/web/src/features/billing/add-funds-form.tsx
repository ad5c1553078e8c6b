import { payableWords, type Currency } from '@tallystick/domain';
import { useState } from 'react';
import { useWatch } from 'react-hook-form';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { bankFault, FUNDING_OPTIONS, minorOf, money, type Money } from '../../lib/money';
import { rules } from '../../lib/rules';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { AmountField, SelectField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';
import { weeksWords, type Fundable } from './funds-words';

const AddFunds = graphql(`
  mutation AddFunds($input: RequestFundingInput!) {
    requestFunding(input: $input)
  }
`);

/** An amount as it is typed, checked before it is sent. */
export const AMOUNT_RULES = rules.object({
  amount: rules.string().check(
    rules.refine((text) => text.trim() !== '', 'Write an amount, e.g. 5000.'),
    rules.refine((text) => isAboveZero(text), 'Write an amount above zero, e.g. 5000.'),
  ),
  currency: rules.string(),
});

/** What a check of a form with an amount is given. */
export interface AmountPayload {
  value: { readonly amount: string; readonly currency: string };
  issues: { code: 'custom'; message: string; path: string[]; input: unknown }[] | unknown[];
}

/** The most that an amount may be where nothing else bounds it, minor units of any currency: 11 digits, as the server takes. */
const MOST_MINOR = 10n ** 11n - 1n;

/** What is wrong with an amount in its own currency, and what banks cannot move. To be put on rules that hold it. */
export function amountCheck(payload: AmountPayload): void {
  const { currency } = payload.value;
  const most = { minor: MOST_MINOR.toString(), currency };
  checkUpTo(payload, most, `Write at most ${money(most)}.`);
}

/** The same, of an amount that may not be above a most of its currency; `words` say so. */
export function amountCheckUpTo(mosts: readonly Money[], words: (most: Money) => string) {
  return (payload: AmountPayload): void => {
    const most = mosts.find(({ currency }) => currency === payload.value.currency);
    if (most) checkUpTo(payload, most, words(most));
  };
}

/** What can be paid out in a currency: at least, and at most. */
export interface PayableRange {
  readonly least: Money;
  readonly most: Money;
}

/** The same, of an amount that can be paid out in its currency: not too small for a payout, nor more than there is. */
export function amountCheckWithin(ranges: readonly PayableRange[]) {
  return (payload: AmountPayload): void => {
    const range = ranges.find(({ most }) => most.currency === payload.value.currency);
    if (!range) return;
    const { least, most } = range;
    const minor = BigInt(minorOf(payload.value.amount, most.currency) || 0);
    const words = payableWords(amountOf(least), amountOf(most));
    checkUpTo(payload, most, words, minor > 0n && minor < BigInt(least.minor) ? words : undefined);
  };
}

const amountOf = ({ minor, currency }: Money) => ({
  minor: BigInt(minor),
  currency: currency as Currency,
});

function checkUpTo(payload: AmountPayload, most: Money, tooMuch: string, tooLittle?: string): void {
  const { amount, currency } = payload.value;
  if (amount.trim() === '') return;
  const isTooMuch = BigInt(minorOf(amount, currency) || 0) > BigInt(most.minor);
  const fault = bankFault(amount, currency) ?? (isTooMuch ? tooMuch : tooLittle);
  if (fault) payload.issues.push({ code: 'custom', message: fault, path: ['amount'], input: payload.value });
}

/** True of an amount above zero; what is no amount at all has its own sentence. */
function isAboveZero(text: string): boolean {
  const value = Number(text.replaceAll(',', ''));
  return Number.isNaN(value) || text.trim() === '' || value > 0;
}

const FUNDS_RULES = AMOUNT_RULES.check(amountCheck);

/** Brings money in. */
export function AddFundsForm({
  currency,
  balances,
}: {
  readonly currency: string;
  readonly balances: readonly Fundable[];
}) {
  const form = useAppForm({
    values: { amount: '', currency },
    rules: FUNDS_RULES,
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
        <SelectField form={form} name="currency" label="Currency" options={FUNDING_OPTIONS} />
      </Form>
      <Panel title={`Add ${sum}?`} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>
          {sum} is asked for from where you pay. It counts once it has arrived; you can take back what is not
          held for work.
        </p>
        <p>{weeksWords(balances, minor, chosen)}</p>
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
