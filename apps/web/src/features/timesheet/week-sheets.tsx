import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { graphql } from '../../gql';
import { distance, duration, moment } from '../../lib/time';
import { counted, newKey } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { StateTag } from '../../ui/state-tag';
import { Tally, TallyLine, type TallyAmounts } from '../../ui/tally';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { SHEET_STATES } from './states';
import { workOf } from './timer-box';
import type { WeekRow } from './week-query';

const Submit = graphql(`
  mutation SubmitWeek($id: ID!, $key: String!) {
    submitWeek(id: $id, idempotencyKey: $key) {
      id
      reviewDueAt
    }
  }
`);

/** The sheets of a week: what is submitted, what is not, and until when the lab decides. */
export function WeekSheets({ rows }: { readonly rows: readonly WeekRow[] }) {
  const sheets = rows.flatMap((row) => row.sheets.map((sheet) => ({ row, sheet })));
  if (sheets.length === 0) return <p>Nothing is logged in this week yet.</p>;
  return (
    <ul className="waiting">
      {sheets.map(({ row, sheet }) => (
        <li key={sheet.id}>
          <div>
            <Link to="/expert/week/$id" params={{ id: sheet.id }}>
              {workOf(row)}
              {sheet.sheetNumber > 1 && `, sheet ${sheet.sheetNumber}`}
            </Link>{' '}
            <StateTag state={sheet.state} text={SHEET_STATES[sheet.state]} />
            <div>
              {duration(sheet.countedSeconds)}, <TallyLine tally={sheet.total} />
            </div>
            {sheet.reviewDueAt && sheet.state !== 'CHARGED' && (
              <div className="quiet">
                The lab decides until {moment(sheet.reviewDueAt)}, {distance(sheet.reviewDueAt)}. What it does
                not question by then is approved.
              </div>
            )}
          </div>
          {sheet.state === 'OPEN' && sheet.lines.length > 0 && (
            <HandIn sheet={{ ...sheet, lineCount: sheet.lines.length }} labName={row.labName} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** Hands a sheet in, after saying what happens next. */
export function HandIn({
  sheet,
  labName,
}: {
  readonly sheet: {
    readonly id: string;
    readonly countedSeconds: number;
    readonly total: TallyAmounts;
    readonly lineCount: number;
  };
  readonly labName: string;
}) {
  const { run, isSending, problem } = useAction(Submit);
  const [key] = useState(newKey);
  return (
    <Confirm
      button="Submit the week"
      weight="main"
      title={`Hand ${duration(sheet.countedSeconds)} in to ${labName}?`}
      verb="Submit it"
      isSending={isSending}
      problem={problem}
      run={async () => {
        const done = await run({ id: sheet.id, key });
        const due = done?.submitWeek.reviewDueAt;
        if (done) say(due ? `Submitted. The lab decides until ${moment(due)}.` : 'Submitted.');
        return done;
      }}
    >
      <Tally
        tally={sheet.total}
        label={`${counted(sheet.lineCount, 'entry', 'entries')}, as it would be charged`}
      />
      <p>
        The lab can approve or question each entry until a date that is shown here, at most 7 days away; what
        it does not question by then is approved and charged. You can recall the week until the lab has acted.
        Hours that you log later in this week make a second sheet.
      </p>
    </Confirm>
  );
}
