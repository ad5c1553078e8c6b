import { graphql } from '../../gql';
import { clock, duration } from '../../lib/time';
import { localDay } from '../../lib/typed-time';
import { Button } from '../../ui/button';
import { Confirm } from '../../ui/confirm';
import { StateTag } from '../../ui/state-tag';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { LINE_STATES } from './states';
import { activityOf, workOf } from './timer-box';
import type { PlacedLine } from './week-query';

const RemoveEntry = graphql(`
  mutation RemoveEntry($id: ID!) {
    removeEntry(id: $id)
  }
`);

/** The entries of one day, each with what can be done about it. */
export function DayEntries({
  lines,
  day,
  label,
  onEdit,
}: {
  readonly lines: readonly PlacedLine[];
  readonly day: string;
  readonly label: string;
  readonly onEdit: (id: string) => void;
}) {
  const own = lines.filter(({ startsAt }) => localDay(new Date(startsAt)) === day);
  if (own.length === 0) return <p>Nothing is logged on {label} yet.</p>;
  return (
    <ul className="waiting" aria-label={`Entries of ${label}`}>
      {own.map((line) => (
        <li key={line.id}>
          <div>
            <strong>
              {clock(line.startsAt)} to {clock(line.endsAt)}
            </strong>
            , {duration(line.countedSeconds)}: {line.note || 'no note'}
            <div className="quiet">
              {activityOf(line.kind)} on {workOf(line.row)},{' '}
              {line.source === 'TRACKED' ? 'by timer' : 'by hand'}
            </div>
          </div>
          <div className="row dense">
            {line.state === 'DRAFT' ? (
              <>
                <Button name={`Change the entry of ${clock(line.startsAt)}`} onPress={() => onEdit(line.id)}>
                  Change
                </Button>
                <Remove line={line} />
              </>
            ) : (
              <StateTag state={line.state} text={LINE_STATES[line.state]} />
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Remove({ line }: { readonly line: PlacedLine }) {
  const { run, isSending, problem } = useAction(RemoveEntry);
  return (
    <Confirm
      button="Remove"
      title="Remove this entry?"
      verb="Remove the entry"
      isSending={isSending}
      problem={problem}
      run={async () => {
        const done = await run({ id: line.id });
        if (done) say('Removed.');
        return done;
      }}
    >
      <p>
        {clock(line.startsAt)} to {clock(line.endsAt)}: {line.note || 'no note'}.{' '}
        {duration(line.countedSeconds)} will not be logged, and so not be paid.
      </p>
    </Confirm>
  );
}
