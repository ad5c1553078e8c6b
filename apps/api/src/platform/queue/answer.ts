import type { Job, QueueEvents } from 'bullmq';
import { setTimeout as wait } from 'node:timers/promises';

/** How often it is looked whether there is an answer, milliseconds. */
const LOOK_MS = 1000;

/** What came of a question. */
export type Answer = { readonly said: string } | { readonly refused: string };

/** What is told of the jobs of a queue. */
export type Heard = Pick<QueueEvents, 'on' | 'off'>;

/**
 * Waits for the answer to a question. It is told as it comes; and it is looked for, because what is told while a connection is away is
 * heard by nobody. That it cannot be looked for is no answer either: BullMQ's own waiting would let that end the process.
 * @param read the job of the question as it is now, undefined where it is not there
 * @param heard what is told of its queue
 * @returns undefined where there is none after `patienceMs`
 */
export async function answerTo(
  id: string,
  read: () => Promise<Job | undefined>,
  heard: Heard,
  patienceMs: number,
): Promise<Answer | undefined> {
  const told = listen(id, heard);
  try {
    for (const end = Date.now() + patienceMs; Date.now() < end;) {
      const looked = wait(Math.min(LOOK_MS, Math.max(1, end - Date.now()))).then(() => look(read));
      const answer = await Promise.race([told.answer, looked]);
      if (answer) return answer;
    }
    return undefined;
  } finally {
    told.stop();
  }
}

function listen(id: string, heard: Heard): { readonly answer: Promise<Answer>; stop(): void } {
  let stop = () => undefined as void;
  const answer = new Promise<Answer>((resolve) => {
    const completed = ({ jobId, returnvalue }: { jobId: string; returnvalue: unknown }) => {
      if (jobId === id) resolve({ said: returnvalue as string });
    };
    const failed = ({ jobId, failedReason }: { jobId: string; failedReason: string }) => {
      if (jobId === id) resolve({ refused: failedReason });
    };
    heard.on('completed', completed);
    heard.on('failed', failed);
    stop = () => {
      heard.off('completed', completed);
      heard.off('failed', failed);
    };
  });
  return { answer, stop: () => stop() };
}

async function look(read: () => Promise<Job | undefined>): Promise<Answer | undefined> {
  const job = await read().catch(() => undefined);
  if (job?.finishedOn === undefined) return undefined;
  return job.failedReason ? { refused: job.failedReason } : { said: job.returnvalue as string };
}
