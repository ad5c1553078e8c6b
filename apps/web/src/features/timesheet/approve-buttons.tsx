import { graphql } from '../../gql';
import type { WeekToReviewQuery } from '../../gql/graphql';
import { duration } from '../../lib/time';
import { counted, newKey } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { Tally } from '../../ui/tally';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const ApproveOne = graphql(`
  mutation ApproveOneLine($input: ApproveLinesInput!) {
    approveLines(input: $input) {
      ...DecidedLines
    }
  }
  fragment DecidedLines on Timesheet {
    id
    state
    lines {
      id
      state
      isCharged
    }
  }
`);
const ApproveWaiting = graphql(`
  mutation ApproveWaitingLines($input: ApproveWeekInput!) {
    approveWeek(input: $input) {
      ...DecidedLines
    }
  }
`);

type Week = WeekToReviewQuery['timesheet'];
type Line = Week['lines'][number];

/** What is left to who finds out later that a charged line is wrong: people of the platform take it back, not the lab. */
const NOT_BY_YOURSELF =
  'You cannot take this back yourself: question a line first if you doubt it. If you find out later that it was wrong, write to us. A person looks at it and can give it back.';

/** Approves one line, which charges it at once. */
export function ApproveLine({
  weekId,
  line,
  span,
}: {
  readonly weekId: string;
  readonly line: Line;
  readonly span: string;
}) {
  const approve = useAction(ApproveOne);
  const send = async () => {
    const done = await approve.run({
      input: { timesheetId: weekId, entryIds: [line.id], idempotencyKey: newKey() },
    });
    if (done) say('Approved and charged.');
    return done;
  };
  return (
    <Confirm
      button="Approve"
      name={`Approve ${span}`}
      title={`Approve ${span}?`}
      verb="Approve and charge"
      run={send}
      isSending={approve.isSending}
      problem={approve.problem}
    >
      <Tally tally={line.tally} label={duration(line.countedSeconds)} />
      <p>It is charged to your balance at once, and the expert has earned it. {NOT_BY_YOURSELF}</p>
    </Confirm>
  );
}

/** Approves every line that waits for the lab; questioned lines wait for their answer. */
export function ApproveAll({ week, waiting }: { readonly week: Week; readonly waiting: readonly Line[] }) {
  const approve = useAction(ApproveWaiting);
  const isWhole = waiting.length === week.lines.length;
  const seconds = waiting.reduce((sum, { countedSeconds }) => sum + countedSeconds, 0);
  const send = async () => {
    const done = await approve.run({ input: { timesheetId: week.id, idempotencyKey: newKey() } });
    if (done) say('Approved and charged.');
    return done;
  };
  const label = waiting.length === 1 ? 'Approve the line that waits' : `Approve all ${waiting.length} lines`;
  return (
    <Confirm
      button={label}
      weight="main"
      title={`${label}?`}
      verb="Approve and charge"
      run={send}
      isSending={approve.isSending}
      problem={approve.problem}
    >
      <p>
        {counted(waiting.length, 'line')}, {duration(seconds)} by {week.expertName}.
      </p>
      <Tally
        tally={week.total}
        label={isWhole ? 'The whole week' : 'The whole week, with lines that are charged or questioned'}
      />
      <p>
        Each line is charged to your balance at once, and the expert has earned it. {NOT_BY_YOURSELF} Lines
        that you questioned are left out.
      </p>
    </Confirm>
  );
}
