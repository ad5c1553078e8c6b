import { Worker } from 'node:worker_threads';
import { shardBehind, type OwnShard, type ShardMethod } from './shard-server';

/** A question to the thread of a shard. */
export interface Asked {
  readonly id: number;
  readonly method: ShardMethod;
  readonly given: readonly unknown[];
}

/** Its answer, or why there is none. */
export interface Answered {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Experts of a thread may take this much of JavaScript's own memory, in MB; typed arrays are beyond that. */
const HEAP_MB = 16_384;
/** Room for what is made for an answer and thrown away after it: with the little that Node gives, a fifth of the time goes into clearing it (measured: 22 ms became 17 among 150,000 experts). */
const YOUNG_MB = 192;

/** A shard in a thread of its own: whatever it does, this thread goes on. @param execArgv how Node is started there */
export function shardInThread(execArgv: readonly string[] = []): OwnShard {
  const worker = new Worker(require.resolve('./shard-thread'), {
    execArgv: [...execArgv],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let fault: Error | undefined;
  worker.on('message', ({ id, result, error }: Answered) => {
    const own = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) own?.resolve(result);
    else own?.reject(new Error(error));
  });
  const end = (error: Error) => {
    fault ??= error;
    for (const each of waiting.values()) each.reject(fault);
    waiting.clear();
  };
  worker.on('error', end);
  worker.on('exit', () => end(new Error('the thread of this shard has ended')));
  worker.unref();
  return shardBehind(
    (method, given) =>
      new Promise((resolve, reject) => {
        if (fault) return reject(fault);
        asked += 1;
        waiting.set(asked, { resolve, reject });
        worker.postMessage({ id: asked, method, given } satisfies Asked);
      }),
    { stop: async () => void (await worker.terminate()), hasEnded: () => fault !== undefined },
  );
}
