import type { QueuesQuery } from '../../gql/graphql';
import { distance, moment } from '../../lib/time';
import { useReadAgainWhile } from '../../lib/waiting';
import { counted } from '../../lib/words';
import { Section } from '../../ui/page';
import { codeWords, jobWords, queueWords } from './words';

type Queue = QueuesQuery['jobQueues'][number];
type Running = Queue['runningJobs'][number];
type Retried = Queue['retriedJobs'][number];

/** What is being done, with a bar where a job says how far it is. */
export function Running({ jobs }: { readonly jobs: readonly Running[] }) {
  useReadAgainWhile(jobs.length > 0);
  if (jobs.length === 0) return null;
  return (
    <Section title="Running now">
      <ul className="list">
        {jobs.map(({ id, queue, name, since, tries, progress }) => (
          <li className="sheet" key={`${queue} ${id}`}>
            <strong>
              {jobWords(name)} <span className="quiet">({queueWords(queue)})</span>
            </strong>
            {progress && <HowFar name={jobWords(name)} {...progress} of={progress.of ?? undefined} />}
            <p className="quiet">
              Begun {distance(since)}
              {tries > 1 && `, for the ${tries}${ordinal(tries)} time`}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function HowFar({ name, done, of }: { readonly name: string; readonly done: number; readonly of?: number }) {
  const many = done.toLocaleString('en');
  return (
    <p>
      <progress aria-label={`How far: ${name}`} value={of ? done : undefined} max={of || undefined} />{' '}
      {of
        ? `${many} of ${of.toLocaleString('en')} done (${Math.floor((done / of) * 100)} %)`
        : `${many} done; how many there are is not known yet`}
    </p>
  );
}

/** What failed and is tried again without anybody's help. */
export function Retried({ jobs }: { readonly jobs: readonly Retried[] }) {
  if (jobs.length === 0) return null;
  return (
    <Section title="Tried again by themselves">
      <ul className="list">
        {jobs.map(({ id, queue, name, tries, code, nextTryAt }) => (
          <li className="sheet" key={`${queue} ${id}`}>
            <strong>
              {jobWords(name)} <span className="quiet">({queueWords(queue)})</span>
            </strong>
            <p>
              {codeWords(code)} <code>{code}</code>
            </p>
            <p className="quiet">
              {counted(tries, 'try', 'tries')} so far, the next from {moment(nextTryAt)}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ordinal(number: number): string {
  return { 1: 'st', 2: 'nd', 3: 'rd' }[number] ?? 'th';
}
