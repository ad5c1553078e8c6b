import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { money, type Money } from '../../lib/money';
import { rules, said } from '../../lib/rules';
import { Confirm } from '../../ui/confirm';
import { LongTextField } from '../../ui/field';
import { say } from '../../ui/toast';

const WriteOff = graphql(`
  mutation WriteOffOwed($input: WriteOffOwedInput!) {
    writeOffOwed(input: $input)
  }
`);

/** Asks another person to let the platform bear all that an expert owes in a currency. */
export function WriteOffOwed({
  expert: { id: expertId, name },
  owed,
}: {
  readonly expert: { readonly id: string; readonly name: string };
  readonly owed: Money;
}) {
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({ reason: said('Say why, in a sentence.', 500) }),
    write: WriteOff,
    variables: ({ reason }, idempotencyKey) => ({
      input: { expertId, currency: owed.currency, reason, idempotencyKey },
    }),
    onDone: () => say('Another person has to approve it. You are told.'),
  });
  return (
    <Confirm
      button="Write off"
      name={`Write off what ${name} owes`}
      weight="quiet"
      title={`Write off ${money(owed)}?`}
      verb="Ask for approval"
      run={form.send}
      problem={form.problem}
      isSending={form.isSending}
    >
      <p>
        It is all that {name} owes in {owed.currency} of lines that were taken back after they were paid.
        Nothing more would go off what they earn, and the platform bears {money(owed)}: put as much of its own
        money in at the rail, so that what labs and experts are owed is covered. The statements of both sides
        stay as they are. Another person has to approve it; until then nothing changes.
      </p>
      <LongTextField
        form={form}
        name="reason"
        label="Why"
        hint="Who approves reads it; it is kept in the journal."
      />
    </Confirm>
  );
}
