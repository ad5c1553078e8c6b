// The product as a stranger starts it, on folders of its own.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../embedded/postgres.mjs';
import { ROOT } from '../install.mjs';

const LONGEST_START_MS = 400_000;

/** Starts the product with some arguments and waits until it is ready. */
export async function startProduct(args) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tallystick-journey-'));
  chmodSync(dataDir, 0o755);
  const port = await freePort();
  const child = spawn(process.execPath, ['tools/start.mjs', ...args, '--port', String(port)], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const until = Date.now() + LONGEST_START_MS;
  while (!said.includes('Ctrl-C stops everything')) {
    if (child.exitCode !== null || Date.now() > until)
      throw new Error(`the product did not start: ${said.slice(-2000)}`);
    await wait(100);
  }
  return {
    base: `http://127.0.0.1:${port}`,
    said: () => said,
    adminLink: () => /https?:\S+\/first-admin#\S+/.exec(said)?.[0],
    signIns: () => JSON.parse(readFileSync(path.join(dataDir, 'sign-ins.json'), 'utf8')),
    /** Holds a process of the product still, or lets it go on: `dist/worker.js`. */
    pause: (program) => signalEach(child.pid, program, 'SIGSTOP'),
    resume: (program) => signalEach(child.pid, program, 'SIGCONT'),
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Signals the programs of a name that descend from a process. */
function signalEach(ancestor, program, signal) {
  const found = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && runs(pid, program, ancestor));
  if (found.length === 0) throw new Error(`${program} does not run`);
  for (const pid of found) process.kill(Number(pid), signal);
}

function runs(pid, program, ancestor) {
  if (!existsSync(`/proc/${pid}/cmdline`)) return false;
  const [, script = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return script.endsWith(program) && descends(Number(pid), ancestor);
}

function descends(pid, ancestor) {
  if (pid === ancestor) return true;
  if (pid <= 1 || !existsSync(`/proc/${pid}/stat`)) return false;
  const [, parent] = /\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  return descends(Number(parent ?? 0), ancestor);
}
