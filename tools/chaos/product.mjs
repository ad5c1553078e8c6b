// The product's three programs, each of which can be killed without a word and started again, and its database.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startPostgres } from '../embedded/postgres.mjs';
import { startRedis } from '../embedded/redis.mjs';
import { ROOT } from '../install.mjs';
import { PATIENCE_MS } from './client.mjs';

const FILES = { api: 'main.js', worker: 'worker.js', sandbox: 'sandbox.js' };

export class Product {
  constructor({ environment, apiPort, sandboxPort, webhookPort, servers }) {
    Object.assign(this, { environment, apiPort, sandboxPort, webhookPort, servers });
    this.children = new Map();
  }

  /** Starts what does not run, and waits until API and sandbox answer. */
  async start(...names) {
    for (const name of names) this.spawn(name);
    if (names.includes('api')) await answers(`http://127.0.0.1:${this.apiPort}/health/ready`);
    if (names.includes('sandbox')) await answers(`http://127.0.0.1:${this.sandboxPort}/health`);
  }

  spawn(name) {
    if (this.children.has(name)) return;
    // The sandbox reaches the product through the webhook gate, which repeats and shuffles.
    const port = name === 'sandbox' ? this.webhookPort : this.apiPort;
    const child = spawn(process.execPath, [path.join(ROOT, 'apps/api/dist', FILES[name])], {
      cwd: ROOT,
      env: { ...process.env, ...this.environment, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    child.once('exit', () => this.children.delete(name));
    this.children.set(name, child);
  }

  /** Kills one program at once; true where it ran. */
  async kill(name) {
    const child = this.children.get(name);
    if (!child) return false;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    return true;
  }

  /** Kills the whole database server at once and starts it on what it left. */
  async killPostgres() {
    const { servers } = this;
    const { postgresFolder: dataDir, postgres } = servers;
    const pid = Number(readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    while (!postgres.hasEnded()) await wait(20);
    servers.postgres = await startPostgres({
      dataDir,
      port: postgres.port,
      patienceSeconds: PATIENCE_MS / 1000,
    });
  }

  /** Kills Redis at once and starts it on what it left; false where the queue lives elsewhere. */
  async killRedis() {
    const { servers } = this;
    if (!servers.redis) return false;
    await servers.redis.kill();
    servers.redis = await startRedis(servers.redisFolder, { port: servers.redis.port, isDurable: true });
    return true;
  }

  async stop() {
    for (const name of [...this.children.keys()]) await this.kill(name);
  }
}

async function answers(url) {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await wait(100)) {
    const found = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (found?.ok) return;
  }
  throw new Error(`${url} does not answer`);
}
