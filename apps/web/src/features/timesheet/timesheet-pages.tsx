import { ACTIVITY_KINDS, formatDuration } from '@tallystick/domain';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { day, moment, today } from '../../lib/time';
import { newKey } from '../../lib/words';
import { Field } from '../../ui/plain-field';
import { More } from '../../ui/more';
import { Empty, Page } from '../../ui/page';
import { Pending } from '../../ui/pending';
import { ProblemNotice } from '../../ui/notice';
import { StateTag } from '../../ui/state-tag';
import { Tally, TallyLine } from '../../ui/tally';
import { useAction } from '../../ui/use-action';

const Sheets = graphql(`
  query MyTimesheets($engagementId: ID) {
    myTimer {
      engagementId
      startedAt
      note
    }
    myTimesheets(first: 10, engagementId: $engagementId) {
      edges {
        node {
          id
          weekStart
          sheetNumber
          state
          countedSeconds
          total {
            price {
              minor
              currency
            }
            pay {
              minor
              currency
            }
            fee {
              minor
              currency
            }
          }
        }
      }
    }
  }
`);
const OneSheet = graphql(`
  query Timesheet($id: ID!) {
    timesheet(id: $id) {
      id
      engagementId
      openingTitle
      expertName
      labName
      weekStart
      sheetNumber
      state
      reviewDueAt
      isRecallable
      isFunded
      countedSeconds
      weeklyCapHours
      total {
        price {
          minor
          currency
        }
        pay {
          minor
          currency
        }
        fee {
          minor
          currency
        }
      }
      lines {
        id
        kind
        source
        note
        startsAt
        endsAt
        state
        countedSeconds
        isCharged
        tally {
          price {
            minor
            currency
          }
          pay {
            minor
            currency
          }
          fee {
            minor
            currency
          }
        }
        questions {
          id
          question
          proposedSeconds
          answer
          resolution
        }
      }
    }
  }
`);
const ToReview = graphql(`
  query LabTimesheets($after: String) {
    labTimesheets(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          openingTitle
          expertName
          weekStart
          state
          reviewDueAt
          countedSeconds
        }
      }
    }
  }
`);
const AddEntry = graphql(`
  mutation AddEntry($input: EntryInput!) {
    addEntry(input: $input)
  }
`);
const RemoveEntry = graphql(`
  mutation RemoveEntry($id: ID!) {
    removeEntry(id: $id)
  }
`);
const StartTimer = graphql(`
  mutation StartTimer($input: TimerInput!) {
    startTimer(input: $input) {
      startedAt
    }
  }
`);
const StopTimer = graphql(`
  mutation StopTimer($trim: Boolean!) {
    stopTimer(trimOverlap: $trim)
  }
`);
const Submit = graphql(`
  mutation SubmitWeek($id: ID!, $key: String!) {
    submitWeek(id: $id, idempotencyKey: $key) {
      id
    }
  }
`);
const Recall = graphql(`
  mutation RecallWeek($id: ID!) {
    recallWeek(id: $id) {
      id
    }
  }
`);
const Approve = graphql(`
  mutation ApproveLines($input: ApproveLinesInput!) {
    approveLines(input: $input) {
      id
    }
  }
`);
const AskLine = graphql(`
  mutation QuestionLine($input: QuestionLineInput!) {
    questionLine(input: $input)
  }
`);
const Answer = graphql(`
  mutation AnswerQuestion($input: AnswerQuestionInput!) {
    answerQuestion(input: $input)
  }
`);

const KINDS = Object.entries(ACTIVITY_KINDS);

/** Logging time for one engagement: timer, by hand, weeks. */
export function LogTime({ engagementId }: { readonly engagementId: string }) {
  const [{ data, error }, query] = useQuery({
    query: Sheets,
    variables: { engagementId },
    requestPolicy: 'cache-and-network',
  });
  if (!data) return <Pending error={error} retry={query} />;
  const reload = () => query({ requestPolicy: 'network-only' });
  return (
    <>
      <h2>Log time</h2>
      <TimerBox engagementId={engagementId} timer={data.myTimer ?? undefined} onDone={reload} />
      <EntryForm engagementId={engagementId} onDone={reload} />
      <h2>Weeks</h2>
      {data.myTimesheets.edges.length === 0 && <Empty>No time is logged yet.</Empty>}
      {data.myTimesheets.edges.map(({ node }) => (
        <p key={node.id}>
          <Link to="/expert/week/$id" params={{ id: node.id }}>
            Week of {day(node.weekStart)}
            {node.sheetNumber > 1 ? `, sheet ${node.sheetNumber}` : ''}
          </Link>{' '}
          <StateTag state={node.state} /> {formatDuration(node.countedSeconds)},{' '}
          <TallyLine tally={node.total} />
        </p>
      ))}
    </>
  );
}

function TimerBox({
  engagementId,
  timer,
  onDone,
}: {
  readonly engagementId: string;
  readonly timer?: { readonly startedAt: string };
  readonly onDone: () => void;
}) {
  const [now, setNow] = useState(Date.now);
  const [note, setNote] = useState('');
  const start = useAction(StartTimer);
  const stop = useAction(StopTimer);
  useEffect(() => {
    const beat = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(beat);
  }, []);
  const begin = async () => {
    if (await start.run({ input: { engagementId, kind: 'WORK', note } })) onDone();
  };
  const end = async (trim: boolean) => {
    if (await stop.run({ trim })) onDone();
  };
  const seconds = timer ? Math.max(0, Math.floor((now - new Date(timer.startedAt).getTime()) / 1000)) : 0;
  return (
    <section className="sheet">
      <ProblemNotice problem={start.problem ?? stop.problem} />
      {timer ? (
        <div className="row">
          <strong role="timer">
            {[Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
              .map((part) => String(part).padStart(2, '0'))
              .join(':')}
          </strong>
          <button
            type="button"
            className="button main"
            disabled={stop.isSending}
            onClick={() => void end(false)}
          >
            Stop the timer
          </button>
          {stop.problem?.code === 'TIMESHEET_OVERLAP' && (
            <button type="button" className="button" onClick={() => void end(true)}>
              Keep the part before the other entry
            </button>
          )}
        </div>
      ) : (
        <>
          <Field label="What you are working on" name="note" value={note} onChange={setNote} />
          <button
            type="button"
            className="button main"
            disabled={start.isSending}
            onClick={() => void begin()}
          >
            Start the timer
          </button>
        </>
      )}
    </section>
  );
}

function EntryForm({ engagementId, onDone }: { readonly engagementId: string; readonly onDone: () => void }) {
  const [values, set] = useState({
    date: today(),
    startsAt: '09:00',
    endsAt: '10:00',
    kind: 'WORK',
    note: '',
  });
  const { run, isSending, problem } = useAction(AddEntry);
  const field = (name: keyof typeof values) => ({
    name,
    value: values[name],
    problem,
    onChange: (value: string) => set({ ...values, [name]: value }),
  });
  const send = async () => {
    const at = (clock: string) => new Date(`${values.date}T${clock}`).toISOString();
    if (
      await run({
        input: {
          engagementId,
          kind: values.kind,
          note: values.note,
          startsAt: at(values.startsAt),
          endsAt: at(values.endsAt),
          idempotencyKey: newKey(),
        },
      })
    ) {
      set({ ...values, note: '', startsAt: values.endsAt });
      onDone();
    }
  };
  return (
    <form
      className="sheet"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h3>By hand</h3>
      <ProblemNotice problem={problem?.field ? undefined : problem} />
      <div className="grid">
        <Field label="Day" type="date" {...field('date')} />
        <Field label="From" type="time" {...field('startsAt')} />
        <Field label="To" type="time" {...field('endsAt')} />
        <Field label="Activity" options={KINDS} {...field('kind')} />
      </div>
      <Field label="Note" hint="What you did; needed by hand." {...field('note')} />
      <p className="quiet">
        Times are in your zone, {Intl.DateTimeFormat().resolvedOptions().timeZone}. Weeks run Monday to
        Monday, UTC.
      </p>
      <button className="button" disabled={isSending}>
        Add the entry
      </button>
    </form>
  );
}

/** One week, for both sides: the same lines and the same three numbers. */
export function WeekPage({ side }: { readonly side: 'lab' | 'expert' }) {
  const { id = '' } = useParams({ strict: false });
  const [{ data, error }, query] = useQuery({
    query: OneSheet,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const submit = useAction(Submit);
  const recall = useAction(Recall);
  const approve = useAction(Approve);
  const remove = useAction(RemoveEntry);
  if (!data) return <Pending error={error} retry={query} />;
  const reload = () => query({ requestPolicy: 'network-only' });
  const { timesheet: sheet } = data;
  const after = async (done: Promise<unknown>) => {
    if (await done) reload();
  };
  const waiting = sheet.lines
    .filter(({ state }) => state === 'SUBMITTED' || state === 'ANSWERED')
    .map((line) => line.id);
  const approveThese = (entryIds: string[]) =>
    after(approve.run({ input: { timesheetId: id, entryIds, idempotencyKey: newKey() } }));
  return (
    <Page title={`Week of ${day(sheet.weekStart)}`}>
      <p>
        <StateTag state={sheet.state} /> {sheet.openingTitle},{' '}
        {side === 'lab' ? sheet.expertName : sheet.labName}: {formatDuration(sheet.countedSeconds)} of{' '}
        {sheet.weeklyCapHours} h.{' '}
        {sheet.reviewDueAt &&
          sheet.state !== 'CHARGED' &&
          `What is not questioned by ${moment(sheet.reviewDueAt)} is approved.`}
      </p>
      <Tally tally={sheet.total} />
      <ProblemNotice problem={submit.problem ?? recall.problem ?? approve.problem ?? remove.problem} />
      <table className="table">
        <thead>
          <tr>
            <th>When</th>
            <th>What</th>
            <th className="figure">Time</th>
            <th className="figure">Price = pay + fee</th>
            <th>State</th>
          </tr>
        </thead>
        <tbody>
          {sheet.lines.map((line) => (
            <tr key={line.id}>
              <td data-label="When">
                {moment(line.startsAt)} to {moment(line.endsAt).split(', ').pop()}
              </td>
              <td data-label="What">
                {ACTIVITY_KINDS[line.kind as keyof typeof ACTIVITY_KINDS]}: {line.note || 'no note'}{' '}
                <span className="quiet">{line.source === 'TRACKED' ? 'tracked' : 'by hand'}</span>
                {line.questions.map((question) => (
                  <div className="notice warning" key={question.id}>
                    The lab asks: {question.question}{' '}
                    {question.proposedSeconds !== null &&
                      question.proposedSeconds !== undefined &&
                      `It proposes ${formatDuration(question.proposedSeconds)}.`}
                    {question.answer && <div>The expert answers: {question.answer}</div>}
                    {question.resolution && (
                      <div>
                        Settled:{' '}
                        {question.resolution === 'ACCEPTED' ? 'the proposal was accepted' : 'approved'}
                      </div>
                    )}
                    {side === 'expert' && line.state === 'QUESTIONED' && !question.resolution && (
                      <AnswerForm
                        entryId={line.id}
                        hasProposal={
                          question.proposedSeconds !== null && question.proposedSeconds !== undefined
                        }
                        onDone={reload}
                      />
                    )}
                  </div>
                ))}
                {side === 'lab' && (line.state === 'SUBMITTED' || line.state === 'ANSWERED') && (
                  <QuestionForm entryId={line.id} onDone={reload} />
                )}
              </td>
              <td data-label="Time" className="figure">
                {formatDuration(line.countedSeconds)}
              </td>
              <td data-label="Price = pay + fee" className="figure">
                <TallyLine tally={line.tally} />
              </td>
              <td data-label="State">
                <StateTag state={line.state} /> {line.isCharged && <span className="tag good">Charged</span>}
                {side === 'lab' &&
                  (line.state === 'SUBMITTED' ||
                    line.state === 'ANSWERED' ||
                    line.state === 'QUESTIONED') && (
                    <button type="button" className="button" onClick={() => void approveThese([line.id])}>
                      Approve this line
                    </button>
                  )}
                {side === 'expert' && line.state === 'DRAFT' && (
                  <button
                    type="button"
                    className="button"
                    onClick={() => void after(remove.run({ id: line.id }))}
                  >
                    Remove
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row">
        {side === 'expert' && sheet.state === 'OPEN' && (
          <button
            type="button"
            className="button main"
            disabled={submit.isSending}
            onClick={() => void after(submit.run({ id, key: newKey() }))}
          >
            Hand the week in
          </button>
        )}
        {side === 'expert' && sheet.isRecallable && (
          <button type="button" className="button" onClick={() => void after(recall.run({ id }))}>
            Recall the week
          </button>
        )}
        {side === 'lab' && waiting.length > 1 && (
          <button
            type="button"
            className="button main"
            disabled={approve.isSending}
            onClick={() => void approveThese(waiting)}
          >
            Approve all {waiting.length} lines
          </button>
        )}
        {side === 'expert' && (
          <Link to="/expert/engagements/$id" params={{ id: sheet.engagementId }}>
            Log more time
          </Link>
        )}
      </div>
    </Page>
  );
}

function QuestionForm({ entryId, onDone }: { readonly entryId: string; readonly onDone: () => void }) {
  const [question, setQuestion] = useState('');
  const [minutes, setMinutes] = useState('');
  const { run, isSending, problem } = useAction(AskLine);
  const send = async () => {
    if (
      await run({
        input: {
          entryId,
          question,
          proposedMinutes: minutes === '' ? null : Number(minutes),
          idempotencyKey: newKey(),
        },
      })
    )
      onDone();
  };
  return (
    <details>
      <summary>Question this line</summary>
      <Field
        label="What you want to know"
        name="question"
        value={question}
        onChange={setQuestion}
        problem={problem}
      />
      <Field
        label="Minutes to count instead"
        name="proposedMinutes"
        hint="Leave it empty to only ask."
        value={minutes}
        onChange={setMinutes}
        problem={problem}
      />
      <button type="button" className="button" disabled={isSending} onClick={() => void send()}>
        Send the question
      </button>
    </details>
  );
}

function AnswerForm({
  entryId,
  hasProposal,
  onDone,
}: {
  readonly entryId: string;
  readonly hasProposal: boolean;
  readonly onDone: () => void;
}) {
  const [answer, setAnswer] = useState('');
  const { run, isSending, problem } = useAction(Answer);
  const send = async (accept: boolean) => {
    if (await run({ input: { entryId, accept, answer, idempotencyKey: newKey() } })) onDone();
  };
  return (
    <>
      <Field label="Your answer" name="answer" value={answer} onChange={setAnswer} problem={problem} />
      <div className="row">
        <button type="button" className="button" disabled={isSending} onClick={() => void send(false)}>
          Send the answer
        </button>
        {hasProposal && (
          <button type="button" className="button" disabled={isSending} onClick={() => void send(true)}>
            Accept the proposal
          </button>
        )}
      </div>
    </>
  );
}

/** Weeks of the lab, newest first. */
export function TimeReviewPage() {
  const [after, setAfter] = useState<string>();
  const [{ data, error }, query] = useQuery({
    query: ToReview,
    variables: { after },
    requestPolicy: 'cache-and-network',
  });
  if (!data) return <Pending error={error} retry={query} />;
  const { edges, pageInfo, totalCount } = data.labTimesheets;
  return (
    <Page title="Time review">
      {edges.length === 0 && <Empty>No week was handed in yet. A mail comes when one is.</Empty>}
      {edges.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th>Week</th>
              <th>Expert</th>
              <th className="figure">Time</th>
              <th>State</th>
              <th>Answer by</th>
            </tr>
          </thead>
          <tbody>
            {edges.map(({ node }) => (
              <tr key={node.id}>
                <td data-label="Week">
                  <Link to="/lab/time/$id" params={{ id: node.id }}>
                    {day(node.weekStart)}, {node.openingTitle}
                  </Link>
                </td>
                <td data-label="Expert">{node.expertName}</td>
                <td data-label="Time" className="figure">
                  {formatDuration(node.countedSeconds)}
                </td>
                <td data-label="State">
                  <StateTag state={node.state} />
                </td>
                <td data-label="Answer by">
                  {node.state !== 'CHARGED' && node.reviewDueAt ? moment(node.reviewDueAt) : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <More pageInfo={pageInfo} total={totalCount} onPage={setAfter} />
    </Page>
  );
}
