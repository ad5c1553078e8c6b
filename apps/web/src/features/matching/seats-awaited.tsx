import { graphql } from '../../gql';
import { moment } from '../../lib/time';
import { useReadAgainWhile } from '../../lib/waiting';
import { Button } from '../../ui/button';
import { Notice, ProblemNotice } from '../../ui/notice';
import { useAction } from '../../ui/use-action';
import type { Proposal } from './seats';

const CancelSeats = graphql(`
  mutation CancelSeats($id: ID!) {
    cancelSeats(proposalId: $id) {
      id
      state
    }
  }
`);

/** What a search is at, in the order in which it comes to it. */
const STEPS: Readonly<Record<string, string>> = {
  AUCTION: 'Finding a first way to fill the seats',
  RULES: 'Checking that all that must hold can hold',
  FLOOR: 'Finding out how well off the worst opening can be',
  FLOOR_BETWEEN: 'Raising the worst opening, seat by seat',
};

/** How far a proposal is that is waited for, and the way to take it back. */
export function SeatsAwaited({ proposal }: { readonly proposal: Proposal }) {
  const { id, askedAt, startedAt, step, searchSeconds } = proposal;
  useReadAgainWhile(true);
  const cancel = useAction(CancelSeats);
  const at = Object.keys(STEPS).indexOf(step ?? '');
  return (
    <Notice>
      {startedAt ? (
        <>
          <p>
            {STEPS[step ?? ''] ?? 'Reading who applied'}. It is mostly there within a few seconds; after{' '}
            {searchSeconds} the best found so far is proposed.
          </p>
          <progress aria-label="How far the proposal is" max={Object.keys(STEPS).length + 1} value={at + 1} />
        </>
      ) : (
        <p>Asked for {moment(askedAt)}. It waits its turn: others may be worked out before it.</p>
      )}
      <ProblemNotice problem={cancel.problem} />
      <Button isSending={cancel.isSending} onPress={() => void cancel.run({ id })}>
        Cancel this proposal
      </Button>
    </Notice>
  );
}
