// A real Redis for the queue's contract tests.
import { mkdirSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { programOf } from './debian.mjs';
import { freePort } from './postgres.mjs';
import { watched } from './watched.mjs';

/**
 * Starts a Redis that refuses to forget (noeviction).
 * @param port where it listens; a free one without it
 * @param isDurable true writes every change down, so that a killed one comes back with what it had
 * @returns url, port, stop() and kill(), which kills it without a word
 */
export async function startRedis(folder, { port, isDurable = false } = {}) {
  const program = programOf('redis-server', ['redis-server']);
  mkdirSync(folder, { recursive: true });
  const chosen = port ?? (await freePort());
  const pidFile = path.join(folder, 'redis.pid');
  const args = [
    '--port',
    String(chosen),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    isDurable ? 'yes' : 'no',
    '--pidfile',
    pidFile,
    '--maxmemory-policy',
    'noeviction',
    '--loglevel',
    'warning',
  ];
  const child = watched('SIGTERM', program, args, { output: 'ignore' });
  let hasEnded = false;
  child.on('exit', () => (hasEnded = true));
  for (let tries = 0; !(await answers(chosen)); tries++) {
    if (hasEnded || tries > 200) throw new Error('Redis did not come up.');
    await wait(50);
  }
  return {
    url: `redis://127.0.0.1:${chosen}`,
    port: chosen,
    kill: async () => {
      process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
      while (!hasEnded) await wait(20);
    },
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
