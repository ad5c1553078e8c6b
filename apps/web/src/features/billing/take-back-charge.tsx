import { useState } from 'react';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { amountFault, minorOf, money, type Money } from '../../lib/money';
import { rules } from '../../lib/rules';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { AmountField, LongTextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { TallyLine, type TallyAmounts } from '../../ui/tally';
import { say } from '../../ui/toast';

const TakeBack = graphql(`
  mutation TakeChargeBack($input: TakeBackChargeInput!) {
    takeBackCharge(input: $input)
  }
`);

/** A charged line that somebody of staff looks at. */
interface Line {
  readonly id: string;
  readonly labName: string;
  readonly expertName: string;
  readonly agreed: Money;
  readonly tally: TallyAmounts;
}

/** Takes a charged line back, whole or in part, with a reason that both sides read. */
export function TakeBackCharge({ line }: { readonly line: Line }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        weight="quiet"
        name={`Take back ${money(line.tally.price)} of ${line.labName} and ${line.expertName}`}
        onPress={() => setOpen(true)}
      >
        Take back
      </Button>
      {isOpen && (
        <Panel title="Take a charged line back" isOpen onClose={() => setOpen(false)}>
          <TakeBackForm line={line} onDone={() => setOpen(false)} />
        </Panel>
      )}
    </>
  );
}

function TakeBackForm({ line, onDone }: { readonly line: Line; readonly onDone: () => void }) {
  const { currency } = line.agreed;
  const form = useAppForm({
    values: { amount: '', reason: '' },
    rules: rules.object({
      amount: rules
        .string()
        .check(
          rules.refine(
            (text) => text.trim() === '' || amountFault(text, currency) === undefined,
            'Write an amount, or leave it empty for the whole line.',
          ),
        ),
      reason: rules
        .string()
        .check(rules.refine((text) => text.trim().length >= 10, 'Say why, in at least 10 characters.')),
    }),
    write: TakeBack,
    variables: ({ amount, reason }, idempotencyKey) => ({
      input: {
        chargeId: line.id,
        agreedMinor: amount.trim() === '' ? null : minorOf(amount, currency),
        reason,
        idempotencyKey,
      },
    }),
    fields: { agreedMinor: 'amount', reason: 'reason' },
    onDone: ({ takeBackCharge }) => {
      say(
        takeBackCharge
          ? 'It is taken back; both sides were told.'
          : 'Another person was asked to approve it. Nothing is moved before.',
      );
      onDone();
    },
  });
  return (
    <>
      <p>
        {line.labName}, {line.expertName}. Agreed pay {money(line.agreed)}.
      </p>
      <p>
        <TallyLine tally={line.tally} />
      </p>
      <p>
        The lab has its money again, and the fee goes back at the rate at which it was charged. What was paid
        out already goes off what the expert earns next; nothing is taken from their bank. A large amount
        needs another person.
      </p>
      <Form form={form} button="Take back">
        <AmountField
          form={form}
          name="amount"
          label="Agreed pay to take back"
          currency={currency}
          hint="Leave it empty for all that is left of the line."
        />
        <LongTextField form={form} name="reason" label="Why" hint="The lab and the expert read it." />
      </Form>
    </>
  );
}
