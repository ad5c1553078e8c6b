// A real Redis, and a real cluster of several, for the queue's contract tests.
import { Redis } from 'ioredis';
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
 * @param more further arguments of redis-server
 * @returns url, port, stop() and kill(), which kills it without a word
 */
export async function startRedis(folder, { port, isDurable = false, more = [] } = {}) {
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
    ...more,
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

/** Slots of a Redis Cluster. */
const SLOTS = 16_384;
/** After this long without a word a node counts as away, milliseconds. */
const NODE_AWAY_MS = 2000;

/**
 * Starts a Redis Cluster of its own: each node keeps an even share of the slots and writes every change down before it says so.
 * A node that is away takes its own slots with it and no others.
 * @returns urls of all nodes, kill(at) and revive(at) of one, and stop()
 */
export async function startRedisCluster(folder, size = 3) {
  const nodes = [];
  for (let at = 0; at < size; at++) nodes.push(await startNode(path.join(folder, `node-${at}`)));
  const clients = nodes.map(({ port }) => new Redis(port, '127.0.0.1'));
  const share = (at) => Math.floor((SLOTS * at) / size);
  for (const [at, client] of clients.entries())
    await client.call('CLUSTER', 'ADDSLOTSRANGE', share(at), share(at + 1) - 1);
  for (const { port, busPort } of nodes.slice(1))
    await clients[0].call('CLUSTER', 'MEET', '127.0.0.1', port, busPort);
  for (const client of clients) await until('the cluster stands', () => isWhole(client, size));
  for (const client of clients) client.disconnect();
  return {
    urls: nodes.map(({ url }) => url),
    kill: (at) => nodes[at].kill(),
    revive: async (at) => {
      const { port, busPort } = nodes[at];
      nodes[at] = await startNode(path.join(folder, `node-${at}`), { port, busPort });
      const client = new Redis(port, '127.0.0.1');
      await until('the node is back', () => isWhole(client, size));
      client.disconnect();
    },
    stop: async () => {
      for (const node of nodes) await node.stop();
    },
  };
}

async function startNode(folder, { port, busPort } = {}) {
  const bus = busPort ?? (await freePort());
  const more = ['--cluster-enabled', 'yes', '--cluster-port', String(bus), '--appendfsync', 'always'];
  more.push('--cluster-node-timeout', String(NODE_AWAY_MS), '--cluster-require-full-coverage', 'no');
  return { ...(await startRedis(folder, { port, isDurable: true, more })), busPort: bus };
}

async function isWhole(client, size) {
  const said = await client.call('CLUSTER', 'INFO').catch(() => '');
  return (
    said.includes('cluster_state:ok') &&
    said.includes(`cluster_known_nodes:${size}`) &&
    said.includes(`cluster_slots_ok:${SLOTS}`)
  );
}

async function until(what, holds) {
  for (const end = Date.now() + 20_000; !(await holds()); await wait(50))
    if (Date.now() > end) throw new Error(`It never came to this: ${what}.`);
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => resolve(!socket.destroy().connecting));
    socket.on('error', () => resolve(false));
  });
}
