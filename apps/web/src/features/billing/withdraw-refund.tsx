import { graphql } from '../../gql';
import { money, type Money } from '../../lib/money';
import { Confirm } from '../../ui/confirm';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const Withdraw = graphql(`
  mutation WithdrawRefund($id: ID!) {
    withdrawRefund(id: $id)
  }
`);

/** Withdraws what was asked back, after saying what becomes of the money. Only where nothing of it has left. */
export function WithdrawRefund({
  id,
  amount,
  waitsFor,
}: {
  readonly id: string;
  readonly amount: Money;
  readonly waitsFor: 'a person' | 'the balance';
}) {
  const { run, isSending, problem } = useAction(Withdraw);
  return (
    <Confirm
      button="Withdraw"
      name={`Withdraw the request for ${money(amount)}`}
      title={`Withdraw ${money(amount)}?`}
      verb="Withdraw it"
      isSending={isSending}
      problem={problem}
      run={async () => {
        const done = await run({ id });
        if (done) say(`Withdrawn: ${money(amount)} stays with you here.`);
        return done;
      }}
    >
      <p>
        {waitsFor === 'a person'
          ? 'Nobody has to look at it any more, and nothing goes back. It stays in your balance.'
          : 'Nothing of it has left yet. It is free in your balance again at once, and is not sent.'}{' '}
        You can ask for it again at any time.
      </p>
    </Confirm>
  );
}
