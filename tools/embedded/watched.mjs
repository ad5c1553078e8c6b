// Programs that end when we end, however we end: each runs under watch.mjs, in a process group of its own.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';

const WATCH = fileURLToPath(new URL('watch.mjs', import.meta.url));
const running = new Set();

/** Starts a program. Ending the child's stdin sends it the signal; so does the end of this process. */
export function watched(signal, program, args, { cwd, env, output = 'pipe' } = {}) {
  const child = spawn(process.execPath, [WATCH, signal, program, ...args], {
    cwd,
    env,
    stdio: ['pipe', output, output],
    detached: true,
  });
  child.stdin.on('error', () => undefined);
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Runs a program to its end without holding up signals. Returns its exit status and what it said. */
export function runToEnd(program, args, { cwd, env, output = 'pipe' } = {}) {
  const child = watched('SIGTERM', program, args, { cwd, env, output });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => (said = (said + text).slice(-20_000)));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, said })));
}

/** Ends whatever still runs and waits until it has ended. */
export async function endAll() {
  for (const child of running) child.stdin.end();
  while (running.size > 0) await wait(20);
}
