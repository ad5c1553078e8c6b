import { useState } from 'react';
import { graphql } from '../../gql';
import { counted } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { useAction } from '../../ui/use-action';

const RunPayoutsNow = graphql(`
  mutation RunPayoutsNow {
    runPayouts
  }
`);

/** Pays everybody what is payable now, and says what it did. */
export function RunPayouts() {
  const { run, isSending, problem } = useAction(RunPayoutsNow);
  const [said, setSaid] = useState('');
  const start = async () => {
    const done = await run({});
    if (!done) return undefined;
    setSaid(
      done.runPayouts === 0
        ? 'Nothing was payable: no payout was asked for.'
        : `${counted(done.runPayouts, 'payout was', 'payouts were')} asked for at the rail.`,
    );
    return true;
  };
  return (
    <>
      <Confirm
        button="Run payouts now"
        weight="main"
        title="Run payouts now?"
        verb="Pay what is payable"
        run={start}
        problem={problem}
        isSending={isSending}
      >
        <p>
          Everything that is earned, has cooled off and is held by no gate goes to the experts’ banks. What
          waits at a gate stays where it is and says why.
        </p>
        <p className="quiet">Pressing it twice pays nobody twice.</p>
      </Confirm>
      <span role="status">{said}</span>
    </>
  );
}
