import { graphql } from '../../gql';
import { money, type Money } from '../../lib/money';
import { Button } from '../../ui/button';
import { Confirm } from '../../ui/confirm';
import { ProblemNotice } from '../../ui/notice';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const SetUp = graphql(`
  mutation SetUpPayoutAccount {
    setUpPayoutAccount {
      accountState
    }
  }
`);
const PayOut = graphql(`
  mutation PayOutNow {
    payOutNow
  }
`);

/** Sets up where the expert is paid, or looks at it again. */
export function SetUpAccount({ button }: { readonly button: string }) {
  const { run, isSending, problem } = useAction(SetUp);
  return (
    <>
      <ProblemNotice problem={problem} />
      <Button weight="main" isSending={isSending} onPress={() => void run({})}>
        {button}
      </Button>
    </>
  );
}

/** Sends what is payable now, after saying how much. */
export function PayOutNow({
  payable,
  isSetUp,
}: {
  readonly payable: readonly Money[];
  readonly isSetUp: boolean;
}) {
  const { run, isSending, problem } = useAction(PayOut);
  const open = payable.filter(({ minor }) => minor !== '0');
  if (!isSetUp || open.length === 0) return null;
  const amounts = open.map(money).join(' and ');
  return (
    <Confirm
      button="Pay out now"
      weight="main"
      title={`Pay out ${amounts}?`}
      verb={`Pay out ${amounts}`}
      isSending={isSending}
      problem={problem}
      run={async () => {
        const done = await run({});
        if (done)
          say(
            done.payOutNow > 0
              ? 'Your payout was asked for.'
              : 'Nothing was sent; the page says what it waits for.',
          );
        return done;
      }}
    >
      <p>
        {amounts} goes to your payout account. Nothing is taken off it here; the bank says when it arrives,
        and you see each step below.
      </p>
    </Confirm>
  );
}
