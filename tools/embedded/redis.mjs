// A real Redis for the queue's contract tests.
import { mkdirSync } from 'node:fs';
import { createConnection } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { programOf } from './debian.mjs';
import { freePort } from './postgres.mjs';
import { watched } from './watched.mjs';

/** Starts a Redis that refuses to forget (noeviction). Returns its address and stop(). */
export async function startRedis(folder) {
  const program = programOf('redis-server', ['redis-server']);
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
    '--maxmemory-policy',
    'noeviction',
    '--loglevel',
    'warning',
  ];
  const child = watched('SIGTERM', program, args, { output: 'ignore' });
  let hasEnded = false;
  child.on('exit', () => (hasEnded = true));
  for (let tries = 0; !(await answers(port)); tries++) {
    if (hasEnded || tries > 200) throw new Error('Redis did not come up.');
    await wait(50);
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      child.stdin.end();
      while (!hasEnded) await wait(20);
    },
  };
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => resolve(!socket.destroy().connecting));
    socket.on('error', () => resolve(false));
  });
}
