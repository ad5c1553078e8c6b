import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const HOOK = path.join(__dirname, '../../../tools/jest/typescript-hook.cjs');
const WITH_PARENT = path.join(__dirname, 'end-with-parent.cjs');
const WORKER = path.join(__dirname, '../src/worker.ts');

/** A worker in a process of its own. */
export interface WorkerProcess {
  /** Ends it without a word, as a machine that goes away does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a worker with some settings. What it says about faults is shown. @param told hears what it sends, where it sends anything */
export function startWorker(
  environment: Readonly<Record<string, string>>,
  program = WORKER,
  told: (said: string) => void = () => undefined,
): WorkerProcess {
  const child = spawn(process.execPath, ['--require', HOOK, '--require', WITH_PARENT, program], {
    env: { ...process.env, NODE_ENV: 'test', ...environment },
    stdio: ['ignore', process.env.SHOW_WORKERS ? 'inherit' : 'ignore', 'inherit', 'ipc'],
  });
  child.on('message', (said) => told(String(said)));
  return { kill: () => ended(child, 'SIGKILL'), stop: () => ended(child, 'SIGTERM') };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}
