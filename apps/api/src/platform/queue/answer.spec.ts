import type { Job } from 'bullmq';
import { EventEmitter } from 'node:events';
import { answerTo, type Heard } from './answer';

const PATIENCE_MS = 2500;

describe('waiting for the answer to a question', () => {
  const nobody = async () => undefined;
  const asked = (
    read: () => Promise<Job | undefined>,
    heard = new EventEmitter(),
    patienceMs = PATIENCE_MS,
  ) => answerTo('mine', read, heard as unknown as Heard, patienceMs);

  it('ends as soon as the answer is told, and hears nothing of others', async () => {
    const heard = new EventEmitter();
    const waiting = asked(nobody, heard);
    heard.emit('completed', { jobId: 'another', returnvalue: 'no' });
    heard.emit('completed', { jobId: 'mine', returnvalue: 'yes' });
    expect(await waiting).toEqual({ said: 'yes' });
    expect(heard.listenerCount('completed') + heard.listenerCount('failed')).toBe(0);
  });

  it('finds an answer of which nothing was heard', async () => {
    const started = Date.now();
    expect(await asked(async () => ({ finishedOn: 1, returnvalue: 'yes' }) as Job)).toEqual({ said: 'yes' });
    expect(await asked(async () => ({ finishedOn: 1, failedReason: 'why' }) as Job)).toEqual({
      refused: 'why',
    });
    expect(Date.now() - started).toBeLessThan(2 * PATIENCE_MS);
  });

  it('goes on where it cannot be looked for: the connection may come back, and the process lives', async () => {
    let tries = 0;
    const read = async () => {
      if (++tries === 1) throw new Error('Connection is closed.');
      return { finishedOn: 1, returnvalue: 'yes' } as Job;
    };
    expect(await asked(read)).toEqual({ said: 'yes' });
    expect(tries).toBe(2);
  });

  it('ends without one when nobody answers', async () => {
    expect(await asked(nobody, new EventEmitter(), 50)).toBeUndefined();
  });
});
