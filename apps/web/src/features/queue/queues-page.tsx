import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { QueuesQuery } from '../../gql/graphql';
import { distance, moment } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { Failures, SetAside } from './failed-jobs';
import { Retried, Running } from './running-jobs';
import { queueWords } from './words';

const Queues = graphql(`
  query Queues {
    jobQueues {
      name
      waiting
      running
      delayed
      failed
      oldestWaitingSince
      runningJobs {
        id
        name
        queue
        tries
        since
        progress {
          done
          of
        }
      }
      retriedJobs {
        id
        name
        queue
        tries
        code
        nextTryAt
      }
      failedJobs {
        id
        name
        queue
        code
        tries
        failedAt
        setAside
      }
    }
  }
`);

type Queue = QueuesQuery['jobQueues'][number];

/** Longer than this means that no worker takes jobs. */
const LATE_MS = 120_000;

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
            <Failures jobs={queues.flatMap(({ failedJobs }) => failedJobs).filter(isOpen)} />
            <Running jobs={queues.flatMap(({ runningJobs }) => runningJobs)} />
            <Retried jobs={queues.flatMap(({ retriedJobs }) => retriedJobs)} />
            <Section title="All queues">
              {queues.length === 0 ? (
                <Empty>No queue is known yet. The worker makes them when it starts.</Empty>
              ) : (
                <QueueTable queues={queues} />
              )}
            </Section>
            <SetAside jobs={queues.flatMap(({ failedJobs }) => failedJobs).filter((job) => !isOpen(job))} />
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

function QueueState({ queue: { failedJobs, oldestWaitingSince } }: { readonly queue: Queue }) {
  if (isLate(oldestWaitingSince ?? undefined)) return <StateTag state="FAILED" text="Stands still" />;
  if (failedJobs.some(isOpen)) return <StateTag state="WAITING" text="Has failures" />;
  return <StateTag state="ACTIVE" text="Flows" />;
}

function isOpen({ setAside }: { readonly setAside?: string | null }): boolean {
  return !setAside;
}

function isLate(since: string | undefined): boolean {
  return since !== undefined && Date.now() - Date.parse(since) > LATE_MS;
}
