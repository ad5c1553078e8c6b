import { parentPort } from 'node:worker_threads';
import { ShardServer } from './shard-server';
import type { Answered, Asked } from './shard-threads';

/** The thread of one shard: answers one question after the other. */
const server = new ShardServer();

parentPort?.on('message', ({ id, method, given }: Asked) => {
  const answer = (): Answered => {
    try {
      return { id, result: server.run(method, given) };
    } catch (error) {
      return { id, error: (error as Error).message };
    }
  };
  parentPort?.postMessage(answer());
});
