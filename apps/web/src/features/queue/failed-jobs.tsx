import { useState } from 'react';
import { graphql } from '../../gql';
import type { QueuesQuery, SetAsideReason } from '../../gql/graphql';
import { moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Section } from '../../ui/page';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { codeWords, jobWords, queueWords } from './words';

const RetryJob = graphql(`
  mutation RetryJob($queue: String!, $id: ID!) {
    retryJob(queue: $queue, id: $id)
  }
`);
const SetJobAside = graphql(`
  mutation SetJobAside($queue: String!, $id: ID!, $why: SetAsideReason!) {
    setJobAside(queue: $queue, id: $id, why: $why)
  }
`);

type Failed = QueuesQuery['jobQueues'][number]['failedJobs'][number];

const WHY: Readonly<Record<SetAsideReason, string>> = {
  DONE_BY_HAND: 'It was done by hand',
  NOT_NEEDED: 'It is not needed any more',
  WAITS_FOR_REPAIR: 'Its cause has to be mended first',
};
const REASONS = Object.keys(WHY) as SetAsideReason[];

/** Jobs that failed for good and wait for somebody. */
export function Failures({ jobs }: { readonly jobs: readonly Failed[] }) {
  if (jobs.length === 0) return <Notice tone="good">No job that failed for good waits for you.</Notice>;
  return (
    <Section title="Failed for good">
      <Notice tone="bad">
        <p>
          {counted(jobs.length, 'job', 'jobs')} could not be done. Mend the cause, then try again; trying
          again never does the same thing twice. What need not be done any more can be set aside.
        </p>
      </Notice>
      <List jobs={jobs} />
    </Section>
  );
}

/** Jobs that somebody has set aside; they can still be tried again. */
export function SetAside({ jobs }: { readonly jobs: readonly Failed[] }) {
  if (jobs.length === 0) return null;
  return (
    <Section title="Set aside">
      <p className="quiet">Who set them aside, and when, is in the journal.</p>
      <List jobs={jobs} />
    </Section>
  );
}

function List({ jobs }: { readonly jobs: readonly Failed[] }) {
  return (
    <ul className="list">
      {jobs.map((job) => (
        <FailedRow key={`${job.queue} ${job.id}`} job={job} />
      ))}
    </ul>
  );
}

function FailedRow({ job }: { readonly job: Failed }) {
  const { id, queue, name, code, tries, failedAt, setAside } = job;
  const { run, isSending, problem } = useAction(RetryJob);
  const label = jobWords(name);
  const retry = async () => {
    if (await run({ queue, id })) say('It is tried again now.');
  };
  return (
    <li className="sheet">
      <div className="spread">
        <strong>
          {label} <span className="quiet">({queueWords(queue)})</span>
        </strong>
        <span className="actions">
          <Button isSending={isSending} name={`Try again: ${label}`} onPress={() => void retry()}>
            Try again
          </Button>
          {!setAside && <AsideButton job={job} />}
        </span>
      </div>
      <p>
        {codeWords(code)} <code>{code}</code>
      </p>
      <p className="quiet">
        {counted(tries, 'try', 'tries')}, the last {moment(failedAt)}, job {id}
        {setAside && `. Set aside: ${WHY[setAside].toLowerCase()}.`}
      </p>
      <ProblemNotice problem={problem} />
    </li>
  );
}

/** Asks why, each answer being a button. */
function AsideButton({ job: { id, queue, name } }: { readonly job: Failed }) {
  const [isOpen, setOpen] = useState(false);
  const { run, isSending, problem } = useAction(SetJobAside);
  const label = jobWords(name);
  const setAside = async (why: SetAsideReason) => {
    if (!(await run({ queue, id, why }))) return;
    say('It is set aside.');
    setOpen(false);
  };
  return (
    <>
      <Button weight="quiet" name={`Set aside: ${label}`} onPress={() => setOpen(true)}>
        Set aside
      </Button>
      {isOpen && (
        <Panel title={`Set aside: ${label}`} isOpen onClose={() => setOpen(false)}>
          <p>It is not done and not tried again, unless somebody presses “Try again” later. Why?</p>
          <p className="actions">
            {REASONS.map((why) => (
              <Button key={why} isSending={isSending} onPress={() => void setAside(why)}>
                {WHY[why]}
              </Button>
            ))}
          </p>
          <ProblemNotice problem={problem} />
        </Panel>
      )}
    </>
  );
}
