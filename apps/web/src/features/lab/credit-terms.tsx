import { useWatch } from 'react-hook-form';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { amountFault, FUNDING_OPTIONS, minorOf, money } from '../../lib/money';
import { rules, said } from '../../lib/rules';
import { Confirm } from '../../ui/confirm';
import { AmountField, LongTextField, SelectField, TextField } from '../../ui/field';
import { Notice } from '../../ui/notice';
import { Section } from '../../ui/page';
import { say } from '../../ui/toast';

const CreditOfLab = graphql(`
  query CreditOfLab($labId: ID!) {
    creditOfLab(labId: $labId) {
      dueDays
      limit {
        minor
        currency
      }
      owed {
        minor
        currency
      }
    }
  }
`);
const CreditAlone = graphql(`
  query CreditAlone($currency: String!) {
    creditApprovalAbove(currency: $currency) {
      minor
      currency
    }
  }
`);
const SetCreditTerms = graphql(`
  mutation SetCreditTerms($input: SetCreditTermsInput!) {
    setCreditTerms(input: $input)
  }
`);

/** What a lab may owe, and how finance changes it. */
export function CreditTerms({ labId, labName }: { readonly labId: string; readonly labName: string }) {
  const [{ data }] = useQuery({ query: CreditOfLab, variables: { labId } });
  const form = useAppForm({
    values: { amount: '', currency: 'USD', dueDays: '30', reason: '' },
    rules: rules
      .object({
        amount: rules.string(),
        currency: rules.string(),
        dueDays: rules
          .string()
          .check(
            rules.refine((text) => /^([1-9]|[1-8]\d|90)$/.test(text), 'Write a number of days from 1 to 90.'),
          ),
        reason: said('Give the reason in a sentence.', 500),
      })
      .check((payload) => {
        const { amount, currency } = payload.value;
        const fault = amountFault(amount, currency);
        if (fault)
          payload.issues.push({ code: 'custom', message: fault, path: ['amount'], input: payload.value });
      }),
    write: SetCreditTerms,
    variables: ({ amount, currency, dueDays, reason }, idempotencyKey) => ({
      input: {
        labId,
        amountMinor: minorOf(amount, currency),
        currency,
        dueDays: Number(dueDays),
        reason,
        idempotencyKey,
      },
    }),
    fields: { amountMinor: 'amount' },
    onDone: ({ setCreditTerms }) =>
      say(
        setCreditTerms
          ? `The terms of ${labName} are set.`
          : 'Another person has to approve these terms. You are told.',
      ),
  });
  const terms = data?.creditOfLab ?? [];
  const [amount, currency, dueDays] = useWatch({
    control: form.control,
    name: ['amount', 'currency', 'dueDays'],
  });
  const [{ data: limits }] = useQuery({ query: CreditAlone, variables: { currency } });
  const alone = limits?.creditApprovalAbove;
  const now = terms.find(({ limit }) => limit.currency === currency);
  const minor = minorOf(amount, currency);
  const isWider =
    minor !== '' && (!now || BigInt(minor) > BigInt(now.limit.minor) || Number(dueDays) > now.dueDays);
  const isForTwo = isWider && alone !== undefined && BigInt(minor) > BigInt(alone.minor);
  return (
    <Section title="Paying by invoice">
      {terms.length === 0 && <p>{labName} pays ahead.</p>}
      {terms.map(({ limit, owed, dueDays }) => (
        <p key={limit.currency}>
          Up to {money(limit)}, paid within {dueDays} days. {money(owed)} is owed now.
        </p>
      ))}
      <Confirm
        button="Change the terms"
        title={`How may ${labName} pay?`}
        verb={isForTwo ? 'Ask for approval' : 'Set the terms'}
        run={form.send}
        problem={form.problem}
        isSending={form.isSending}
      >
        <AmountField
          form={form}
          name="amount"
          label="The most that may be owed at a time"
          currency={currency}
          hint={
            alone ? `0 ends it. Above ${money(alone)} another person has to approve it first.` : '0 ends it.'
          }
        />
        <SelectField form={form} name="currency" label="Currency" options={FUNDING_OPTIONS} />
        <TextField form={form} name="dueDays" label="Days until an invoice is due" />
        <LongTextField form={form} name="reason" label="Why" hint="It is kept in the journal." />
        {isForTwo && (
          <Notice tone="warning">
            This is more than one person may give. Nothing changes before another person has approved exactly
            this.
          </Notice>
        )}
      </Confirm>
    </Section>
  );
}
