// A copy of the product for tests: started as people start it, watched from outside.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as runner from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../embedded/postgres.mjs';
import { ROOT } from '../install.mjs';

/** A group of tests and a test; Node runs them by itself, so nobody waits for them here. */
export const describe = (name, body) => void runner.describe(name, body);
export const it = (name, body) => void runner.it(name, body);

/** The environment without what the machine of the test may have set. */
export const BARE = { PATH: process.env.PATH, HOME: process.env.HOME ?? '/tmp' };

/** A folder for data that everybody may enter. */
export function freshFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-start-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** Starts the product. `said()` is what it printed so far; `ended` resolves with its exit code. */
export async function startProduct({ dataDir, args = ['--empty'], env = {}, root = ROOT }) {
  const port = await freePort();
  const child = spawn(process.execPath, ['tools/start.mjs', ...args], {
    cwd: root,
    env: { ...BARE, PORT: String(port), DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (complained += text));
  const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  return { child, port, dataDir, ended, said: () => said, complained: () => complained };
}

/** Waits until the product has said something. Throws with all it said where it ends or five minutes pass. */
export async function until(product, phrase) {
  for (const end = Date.now() + 300_000; Date.now() < end; await wait(20)) {
    if (phrase.test(product.said())) return;
    if (product.child.exitCode !== null) break;
  }
  throw new Error(`never said ${phrase}: ${product.said()}${product.complained()}`);
}

/** Processes that carry a data folder in their environment or arguments, this one excepted. */
export function processesOf(dataDir) {
  const found = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (Number(pid) === process.pid) continue;
    try {
      const text =
        readFileSync(`/proc/${pid}/environ`, 'utf8') + readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (text.includes(dataDir)) found.push(`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8')}`);
    } catch {
      // It has ended, or belongs to somebody else.
    }
  }
  return found;
}

/** Waits until no process of a data folder is left. Returns those that stayed. */
export async function leftOver(dataDir, patienceMs = 20_000) {
  for (const end = Date.now() + patienceMs; Date.now() < end; await wait(50))
    if (processesOf(dataDir).length === 0) return [];
  return processesOf(dataDir);
}
