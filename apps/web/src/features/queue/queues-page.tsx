import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { QueuesQuery } from '../../gql/graphql';
import { distance, moment } from '../../lib/time';
import { counted, words } from '../../lib/words';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const Queues = graphql(`
  query Queues {
    jobQueues {
      name
      waiting
      running
      delayed
      failed
      oldestWaitingSince
      failedJobs {
        id
        name
        queue
        reason
        tries
        failedAt
      }
    }
  }
`);
const RetryJob = graphql(`
  mutation RetryJob($queue: String!, $id: ID!) {
    retryJob(queue: $queue, id: $id)
  }
`);

type Queue = QueuesQuery['jobQueues'][number];
type Failed = Queue['failedJobs'][number];

/** Longer than this means that no worker takes jobs. */
const LATE_MS = 120_000;

const QUEUE_WORDS: Readonly<Record<string, string>> = {
  audit: 'Sealing the journal',
  matching: 'Matching: changes, searches, daily emails',
  scoring: 'Matching: scoring fit',
  notification: 'Emails and notifications',
  payout: 'Payouts',
  rail: 'Messages of the rail',
  engagement: 'Weeks and their money',
  timesheet: 'Silence that approves',
  credential: 'Credentials that end',
  application: 'Offers that end',
  billing: 'Payments and refunds',
};

const queueWords = (name: string) => QUEUE_WORDS[name] ?? words(name);

/** Whether the work behind the pages flows: what waits, what failed for good, and the way to try it again. */
export function QueuesPage() {
  const query = useQuery({ query: Queues });
  return (
    <Page
      title="Queues"
      about="Work that the product does behind its pages. A job that fails is tried again by itself; what failed for good waits here."
    >
      <Ready query={query}>
        {({ jobQueues: queues }) => (
          <>
            <Failures jobs={queues.flatMap(({ failedJobs }) => failedJobs)} />
            <Section title="All queues">
              {queues.length === 0 ? (
                <Empty>No queue is known yet. The worker makes them when it starts.</Empty>
              ) : (
                <QueueTable queues={queues} />
              )}
            </Section>
          </>
        )}
      </Ready>
    </Page>
  );
}

function QueueTable({ queues }: { readonly queues: readonly Queue[] }) {
  return (
    <DataTable
      label="Queues"
      rows={queues}
      keyOf={({ name }) => name}
      columns={[
        { id: 'name', header: 'Queue', cell: ({ name }) => queueWords(name) },
        { id: 'state', header: 'State', cell: (queue) => <QueueState queue={queue} /> },
        {
          id: 'oldest',
          header: 'Oldest waits since',
          cell: ({ oldestWaitingSince }) =>
            oldestWaitingSince ? (
              <time dateTime={oldestWaitingSince} title={moment(oldestWaitingSince)}>
                {distance(oldestWaitingSince)}
              </time>
            ) : (
              'None waits'
            ),
        },
        { id: 'waiting', header: 'Wait', isFigure: true, cell: ({ waiting }) => waiting },
        { id: 'running', header: 'Run', isFigure: true, cell: ({ running }) => running },
        { id: 'delayed', header: 'For later', isFigure: true, cell: ({ delayed }) => delayed },
        { id: 'failed', header: 'Failed', isFigure: true, cell: ({ failed }) => failed },
      ]}
    />
  );
}

function QueueState({ queue: { failed, oldestWaitingSince } }: { readonly queue: Queue }) {
  if (isLate(oldestWaitingSince ?? undefined)) return <StateTag state="FAILED" text="Stands still" />;
  if (failed > 0) return <StateTag state="WAITING" text="Has failures" />;
  return <StateTag state="ACTIVE" text="Flows" />;
}

function isLate(since: string | undefined): boolean {
  return since !== undefined && Date.now() - Date.parse(since) > LATE_MS;
}

function Failures({ jobs }: { readonly jobs: readonly Failed[] }) {
  if (jobs.length === 0) return <Notice tone="good">No job has failed for good.</Notice>;
  return (
    <Section title="Failed for good">
      <Notice tone="bad">
        <p>
          {counted(jobs.length, 'job', 'jobs')} could not be done. Read what the last try said, mend the
          cause, then try again. Trying again never does the same thing twice.
        </p>
      </Notice>
      <ul className="list">
        {jobs.map((job) => (
          <FailedRow key={`${job.queue} ${job.id}`} job={job} />
        ))}
      </ul>
    </Section>
  );
}

function FailedRow({ job: { id, queue, name, reason, tries, failedAt } }: { readonly job: Failed }) {
  const { run, isSending, problem } = useAction(RetryJob);
  const label = words(name.replaceAll('-', '_'));
  const retry = async () => {
    if (await run({ queue, id })) say('It is tried again now.');
  };
  return (
    <li className="sheet">
      <div className="spread">
        <strong>
          {label} <span className="quiet">({queueWords(queue)})</span>
        </strong>
        <Button isSending={isSending} name={`Try again: ${label}`} onPress={() => void retry()}>
          Try again
        </Button>
      </div>
      <p className="quiet">
        {counted(tries, 'try', 'tries')}, the last {moment(failedAt)}
      </p>
      <p className="error">{reason}</p>
      <ProblemNotice problem={problem} />
    </li>
  );
}
