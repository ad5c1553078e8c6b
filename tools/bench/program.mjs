// Programs under measurement, each a process of its own that ends with the bench.
import { fork, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BOOT_CLOCK = fileURLToPath(new URL('boot-clock.cjs', import.meta.url));

/**
 * Starts a program that listens.
 * @returns coldMs from the spawn to listening, bootMs from the framework's first call to listening (undefined without it), stop()
 */
export async function startProgram(file, env) {
  const began = performance.now();
  const child = fork(file, [], {
    env: { ...env, PATH: process.env.PATH },
    execArgv: ['--require', BOOT_CLOCK],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const { bootMs } = await Promise.race([
    new Promise((resolve) => child.once('message', resolve)),
    ended.then((status) => Promise.reject(new Error(`${file} ended with ${status} before it listened`))),
  ]);
  const coldMs = performance.now() - began;
  return {
    coldMs,
    bootMs,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The floor of a cold start: a Node that does nothing, from spawn to exit, milliseconds. */
export async function startNothing() {
  const began = performance.now();
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return performance.now() - began;
}
