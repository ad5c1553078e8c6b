import type { Job } from 'bullmq';

/** Why an admin set a job aside that had failed for good. */
export const SET_ASIDE_REASONS = ['DONE_BY_HAND', 'NOT_NEEDED', 'WAITS_FOR_REPAIR'] as const;
export type SetAsideReason = (typeof SET_ASIDE_REASONS)[number];

/** How far a long job is: so many of so many, or so many of nobody knows how many. */
export interface Progress {
  readonly done: number;
  readonly of: number | null;
}

/** A job as admins see it. Neither what it was given nor what an error said of anybody is among it. */
interface JobShown {
  readonly queue: string;
  readonly id: string;
  readonly name: string;
  /** How often it was begun. */
  readonly tries: number;
}

/** A job that runs. */
export interface RunningJob extends JobShown {
  readonly since: Date;
  readonly progress: Progress | null;
}

/** A job that failed and is tried again by itself. */
export interface RetriedJob extends JobShown {
  /** What the last try ended with. */
  readonly code: string;
  /** Not before this instant. */
  readonly nextTryAt: Date;
}

/** A job that was tried as often as it may be. */
export interface FailedJob extends JobShown {
  readonly code: string;
  readonly failedAt: Date;
  readonly setAside: SetAsideReason | null;
}

/** A failure as the queue keeps it: a code and nothing else, for messages may name people and hold secrets. The log has the rest. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';

  constructor(cause: unknown) {
    super(codeOf(cause));
    this.stack = '';
  }
}

const CODE = /^[A-Za-z][A-Za-z0-9_]{0,59}$/;
const UNKNOWN = 'UNKNOWN';
/** The code of a job whose worker was lost too often. */
const WORKER_LOST = 'WORKER_LOST';

/** The code of an error: its own, as refusals, the database and the network give it, or else its name. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return [code, name].find((each): each is string => typeof each === 'string' && CODE.test(each)) ?? UNKNOWN;
}

/** The code of a job's last failure. What is none, as an older version kept it, is not shown. */
function codeIn(reason: string | undefined): string {
  if (reason?.startsWith('job stalled more than')) return WORKER_LOST;
  return reason !== undefined && CODE.test(reason) ? reason : UNKNOWN;
}

export function runningJob(queue: string, id: string, job: Job): RunningJob {
  const progress = isProgress(job.progress) ? job.progress : null;
  return {
    ...shown(queue, id, job),
    tries: job.attemptsMade + 1,
    since: new Date(job.processedOn ?? job.timestamp),
    progress,
  };
}

export function retriedJob(queue: string, id: string, job: Job): RetriedJob {
  return {
    ...shown(queue, id, job),
    code: codeIn(job.failedReason),
    nextTryAt: new Date((job.processedOn ?? job.timestamp) + job.delay),
  };
}

export function failedJob(queue: string, id: string, job: Job): FailedJob {
  const { setAside } = (job.progress ?? {}) as { setAside?: SetAsideReason };
  return {
    ...shown(queue, id, job),
    code: codeIn(job.failedReason),
    failedAt: new Date(job.finishedOn ?? job.timestamp),
    setAside: setAside && SET_ASIDE_REASONS.includes(setAside) ? setAside : null,
  };
}

function shown(queue: string, id: string, { name, attemptsMade }: Job): JobShown {
  return { queue, id, name, tries: attemptsMade };
}

function isProgress(progress: unknown): progress is Progress {
  return typeof (progress as Progress | null)?.done === 'number';
}
