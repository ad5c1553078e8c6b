import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { clock, day, distance, duration, moment, OWN_ZONE } from '../../lib/time';
import { Confirm } from '../../ui/confirm';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { Steps, type Step } from '../../ui/steps';
import { Tally, TallyLine } from '../../ui/tally';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { Questions } from './line-questions';
import { OneSheet, type OneSheetOf, type SheetLine } from './sheet-query';
import { LINE_STATES } from './states';
import { activityOf } from './timer-box';
import { HandIn } from './week-sheets';

const Recall = graphql(`
  mutation RecallWeek($id: ID!) {
    recallWeek(id: $id) {
      id
      state
    }
  }
`);

/** One sheet of a week: where it stands, what the lab asks, and what each line gives. */
export function ExpertSheetPage() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery({ query: OneSheet, variables: { id } });
  return (
    <Ready query={query} title="Week">
      {({ timesheet: sheet }) => (
        <Page
          title={`Week of ${day(sheet.weekStart)}`}
          about={`${sheet.openingTitle}, ${sheet.labName}${sheet.sheetNumber > 1 ? `, sheet ${sheet.sheetNumber}` : ''}. ${duration(sheet.countedSeconds)} of ${sheet.weeklyCapHours} h. Times are in your zone, ${OWN_ZONE.replaceAll('_', ' ')}.`}
          back={
            <Link to="/expert/week" search={{ at: sheet.weekStart.slice(0, 10) } as never}>
              All of this week
            </Link>
          }
          action={<Act sheet={sheet} />}
        >
          <Questions lines={sheet.lines} />
          <div className="columns">
            <Section title="What it gives">
              <Tally
                tally={sheet.total}
                label={sheet.state === 'CHARGED' ? 'As it was charged' : 'As it would be charged now'}
              />
              {sheet.expertEstimate && <p className="quiet">{sheet.expertEstimate}</p>}
            </Section>
            <Section title="Where it stands">
              <Steps label="Steps of this week" steps={stepsOf(sheet)} />
            </Section>
          </div>
          <Section title="Entries">
            {sheet.lines.length === 0 ? (
              <Empty
                action={
                  <Link className="button" to="/expert/week">
                    Log time
                  </Link>
                }
              >
                Every entry of this sheet was removed.
              </Empty>
            ) : (
              <DataTable label="Entries" columns={COLUMNS} rows={sheet.lines} keyOf={({ id: key }) => key} />
            )}
          </Section>
        </Page>
      )}
    </Ready>
  );
}

function Act({ sheet }: { readonly sheet: OneSheetOf }) {
  if (sheet.state === 'OPEN')
    return sheet.lines.length === 0 ? null : (
      <HandIn sheet={{ ...sheet, lineCount: sheet.lines.length }} labName={sheet.labName} />
    );
  return sheet.isRecallable ? <RecallWeek sheet={sheet} /> : null;
}

function RecallWeek({ sheet }: { readonly sheet: OneSheetOf }) {
  const { run, isSending, problem } = useAction(Recall);
  return (
    <Confirm
      button="Recall the week"
      title="Take this week back?"
      verb="Recall it"
      isSending={isSending}
      problem={problem}
      run={async () => {
        const done = await run({ id: sheet.id });
        if (done) say('Recalled. Change it, and submit it again.');
        return done;
      }}
    >
      <p>
        {sheet.labName} has not acted on it yet, so you may change it. It is not approved before you hand it
        in again, and the time for the lab to decide then begins anew.
      </p>
    </Confirm>
  );
}

function stepsOf({ state, submittedAt, reviewDueAt, labActedAt, lines }: OneSheetOf): Step[] {
  const isIn = state !== 'OPEN';
  const isSettled = state === 'CHARGED';
  const asked = lines.filter((line) => line.state === 'QUESTIONED').length;
  return [
    { label: 'Logged', state: 'done' },
    {
      label: 'Submitted',
      state: isIn ? 'done' : 'now',
      at: submittedAt,
      about: isIn ? undefined : 'You act: submit it when it is complete, also before the week ends.',
    },
    {
      label: 'The lab decides',
      state: isSettled ? 'done' : isIn ? 'now' : 'waiting',
      at: isSettled ? undefined : labActedAt,
      about: !isIn || isSettled ? undefined : decidesUntil(reviewDueAt, asked),
    },
    {
      label: 'Charged, line by line, the moment each is approved',
      state: isSettled ? 'done' : 'waiting',
    },
  ];
}

function decidesUntil(reviewDueAt: string | null | undefined, asked: number): string {
  const until = reviewDueAt
    ? `The lab acts, until ${moment(reviewDueAt)} (${distance(reviewDueAt)}). What it does not question by then is approved.`
    : 'The lab acts.';
  return asked > 0 ? `${until} It waits for your answer to a question.` : until;
}

const COLUMNS: readonly Column<SheetLine>[] = [
  {
    id: 'when',
    header: 'When',
    cell: (line) => (
      <>
        {moment(line.startsAt)} to {clock(line.endsAt)}
      </>
    ),
    sortBy: ({ startsAt }) => startsAt,
  },
  {
    id: 'what',
    header: 'What',
    cell: (line) => (
      <>
        {activityOf(line.kind)}: {line.note || 'no note'}{' '}
        <span className="quiet">{line.source === 'TRACKED' ? 'by timer' : 'by hand'}</span>
      </>
    ),
  },
  {
    id: 'time',
    header: 'Time',
    cell: ({ countedSeconds }) => duration(countedSeconds),
    sortBy: ({ countedSeconds }) => countedSeconds,
    isFigure: true,
  },
  {
    id: 'tally',
    header: 'Lab pays = you get + platform keeps',
    cell: ({ tally }) => <TallyLine tally={tally} />,
    isFigure: true,
  },
  {
    id: 'state',
    header: 'State',
    cell: (line) =>
      line.isCharged ? (
        <StateTag state="CHARGED" text="Charged" />
      ) : (
        <StateTag state={line.state} text={LINE_STATES[line.state]} />
      ),
  },
];
