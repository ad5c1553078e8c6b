// npm run chaos:money -- --seeds N [--from SEED] [--redis] [--mutate NAME | --mutations]
// Many hands move money over HTTP while API, worker and PostgreSQL (and Redis with --redis) are killed without a word, the rail times
// out after it has done what was asked, and webhooks come twice, late and in another order. Then everything is let go well again, and
// the books must be whole and every promise kept. Each run says its seed; --from SEED --seeds 1 plays it again. --mutations takes out one
// protection at a time and says whether the harness caught it. Ends with one line of JSON.
import '../start/help.mjs';
import { randomUUID } from 'node:crypto';
import { cpSync, chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../embedded/connect.mjs';
import { freePort, startPostgres } from '../embedded/postgres.mjs';
import { startRedis } from '../embedded/redis.mjs';
import { prepareDatabase } from '../embedded/roles.mjs';
import { endAll } from '../embedded/watched.mjs';
import { ROOT } from '../install.mjs';
import { migrate } from '../migrate.mjs';
import { act } from './actions.mjs';
import { Client } from './client.mjs';
import { harm, killable } from './faults.mjs';
import { brokenIn, brokenPromises, INVARIANTS, OPEN } from './invariants.mjs';
import { MUTATIONS } from './mutations.mjs';
import { Product } from './product.mjs';
import { randomFrom } from './random.mjs';
import { openGate } from './webhooks.mjs';
import { makeWorld, until } from './world.mjs';

const PROOF = 'mutation { proveBooks { isProven checks { name isRight faults } } }';
const LONGEST_HEALING_S = 150;

const say = (text) => console.error(text);
const stops = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(1));
// What breaks beside the run, in a fault that is still at work, must leave nothing behind either.
process.on('uncaughtException', (error) => {
  say(error.stack);
  void stop(1);
});

try {
  const isRight = await main(argumentsOf());
  await stop(isRight ? 0 : 1);
} catch (error) {
  say(error.stack);
  await stop(1);
}

function argumentsOf() {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '3' },
      from: { type: 'string', default: '1' },
      mutate: { type: 'string' },
      mutations: { type: 'boolean', default: false },
      redis: { type: 'boolean', default: false },
    },
  });
  const [seeds, from] = [Number(values.seeds), Number(values.from)];
  if (!Number.isInteger(seeds) || seeds < 1) throw new Error('--seeds takes a whole number above 0.');
  if (!Number.isInteger(from) || from < 1) throw new Error('--from takes a seed, a whole number above 0.');
  if (values.mutate !== undefined && !MUTATIONS[values.mutate])
    throw new Error(`--mutate takes one of ${Object.keys(MUTATIONS).join(', ')}.`);
  return { ...values, seeds, from };
}

async function main({ seeds, from, mutate, mutations, redis }) {
  if (!existsSync(path.join(ROOT, 'apps/api/dist/main.js')))
    throw new Error('Nothing is built: run npm run build first.');
  const base = await makeBase(redis);
  const runs = [];
  const wanted = mutations ? Object.keys(MUTATIONS) : [mutate];
  for (const mutation of wanted) {
    for (let seed = from; seed < from + seeds; seed++) {
      const run = await play(base, seed, mutation);
      runs.push(run);
      say(`seed ${seed}${mutation ? ` without ${mutation}` : ''}: ${wordsOf(run)}`);
      // One seed that catches a mutation is enough.
      if (mutation && run.broken.length > 0) break;
    }
  }
  const caught = Object.fromEntries(
    wanted
      .filter(Boolean)
      .map((name) => [name, runs.some((run) => run.mutation === name && run.broken.length > 0)]),
  );
  const isRight =
    mutations || mutate
      ? Object.values(caught).every(Boolean)
      : runs.every(({ broken }) => broken.length === 0);
  const sum = (pick) => runs.reduce((total, run) => total + pick(run), 0);
  console.log(
    JSON.stringify({
      chaos: 'money',
      seeds,
      from,
      isRight,
      ...(wanted[0] && { caught }),
      operations: sum(({ operations }) => operations),
      repeatedRequests: sum(({ repeated }) => repeated),
      kills: sum(({ done }) => done.api + done.worker + done.postgres + done.redis),
      railFaults: sum(({ done }) => done.rail),
      webhooks: sum(({ webhooks }) => webhooks),
      broken: wanted[0]
        ? undefined
        : runs.flatMap(({ seed, broken }) => broken.map((each) => `seed ${seed}: ${each}`)),
    }),
  );
  return isRight;
}

function wordsOf({ operations, repeated, done, webhooks, healedIn, broken }) {
  return `${operations} operations (${repeated} asked again), ${done.api} API, ${done.worker} worker, ${done.postgres} PostgreSQL, ${done.redis} Redis killed, ${done.rail} faults of the rail, ${webhooks} webhooks, whole after ${healedIn} s${broken.length > 0 ? `\n  ${broken.join('\n  ')}` : ': all invariants hold'}`;
}

/** The servers, and a database with a world in it that each run begins from. */
async function makeBase(isOnRedis) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-chaos-'));
  chmodSync(folder, 0o755);
  stops.unshift(() => rmSync(folder, { recursive: true, force: true }));
  say('starting a database');
  const servers = { postgresFolder: path.join(folder, 'postgres'), redisFolder: path.join(folder, 'redis') };
  servers.postgres = await startPostgres({ dataDir: servers.postgresFolder });
  stops.unshift(() => servers.postgres.stop());
  if (isOnRedis) {
    servers.redis = await startRedis(servers.redisFolder, { isDurable: true });
    stops.unshift(() => servers.redis.stop());
  }
  await prepareDatabase(servers.postgres.url('postgres', '', 'postgres'), 'world');
  await migrate(servers.postgres.url('tallystick_owner', '', 'world'));
  const dataDir = path.join(folder, 'world-data');
  const base = { folder, servers, dataDir };
  const product = await productOn(base, 'world', dataDir);
  say('making a world: labs, experts and engagements');
  await product.start('api', 'worker', 'sandbox');
  const world = await withOwner(servers, 'world', (owner) => makeWorld(product.apiPort, owner, say));
  await product.stop();
  return { ...base, world };
}

async function productOn({ servers }, database, dataDir, webhookPort) {
  const { postgres, redis } = servers;
  const [apiPort, sandboxPort] = [await freePort(), await freePort()];
  const environment = {
    NODE_ENV: 'production',
    LOG_LEVEL: 'fatal',
    DATA_DIR: dataDir,
    DATABASE_URL: postgres.url('tallystick_app', '', database),
    SANDBOX_DATABASE_URL: postgres.url('tallystick_sandbox', '', database),
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_URL: `http://127.0.0.1:${sandboxPort}`,
    SANDBOX_SECRET: randomUUID(),
    ...(redis && { REDIS_URL: redis.url }),
  };
  const product = new Product({
    environment,
    apiPort,
    sandboxPort,
    webhookPort: webhookPort ?? apiPort,
    servers,
  });
  stops.unshift(() => product.stop());
  return product;
}

async function withOwner({ postgres }, database, work) {
  const owner = await connect(postgres.url('postgres', '', database));
  try {
    return await work(owner);
  } finally {
    await owner.end().catch(() => undefined);
  }
}

/** One seed: people act, things break, everything is let go well again, and the books are looked at. */
async function play(base, seed, mutation) {
  const random = randomFrom(seed);
  const database = `seed_${seed}`;
  await withOwner(base.servers, 'postgres', async (owner) => {
    await owner.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'world'`);
    await owner.query(`CREATE DATABASE ${database} TEMPLATE world`);
  });
  await withOwner(base.servers, database, async (owner) => {
    for (const statement of MUTATIONS[mutation] ?? []) await owner.query(statement);
  });
  const dataDir = path.join(base.folder, database);
  rmSync(dataDir, { recursive: true, force: true });
  cpSync(base.dataDir, dataDir, { recursive: true });
  const gatePort = await freePort();
  const product = await productOn(base, database, dataDir, gatePort);
  const gate = await openGate(product.apiPort, randomFrom(seed * 7), gatePort);
  await product.start('api', 'worker', 'sandbox');
  const log = Object.assign([], { since: new Date() });
  const client = new Client(product.apiPort, log);
  let isOver = false;
  const harming = harm(product, random, () => isOver);
  let failure;
  try {
    await act(client, base.world, seed);
  } catch (error) {
    failure = error.message;
  }
  isOver = true;
  const done = await harming;
  gate.isFair = true;
  await product.start('api', 'worker', 'sandbox');
  const began = Date.now();
  const broken = await withOwner(base.servers, database, async (owner) => {
    await owner.query(`UPDATE sandbox.setting SET value = '{}' WHERE name = 'failures'`);
    await until(async () => (await brokenIn(owner, OPEN)).length === 0, LONGEST_HEALING_S, 500).catch(
      () => undefined,
    );
    return [
      ...(failure ? [`people could not go on: ${failure}`] : []),
      ...(await brokenIn(owner, OPEN)),
      ...(await brokenIn(owner, INVARIANTS)),
      ...(await brokenPromises(owner, log, seed)),
      ...(await unproven(client, base.world.staff)),
    ];
  });
  for (const name of killable(product)) if (done[name] === 0) broken.push(`the ${name} was never killed`);
  const healedIn = Math.round((Date.now() - began) / 1000);
  await product.stop();
  await gate.close();
  const repeated = log.reduce((sum, { tries }) => sum + tries - 1, 0);
  return {
    seed,
    mutation,
    operations: log.length,
    repeated,
    done,
    webhooks: gate.passed + gate.repeated,
    healedIn,
    broken,
  };
}

/** What the product's own proof of its books finds. */
async function unproven(client, staff) {
  const { data, refused } = await client.ask('proveBooks', PROOF, {}, staff);
  if (!data) return [`the books could not be proven: ${refused}`];
  return data.proveBooks.checks
    .filter(({ isRight }) => !isRight)
    .map(({ name, faults }) => `proof of ${name}: ${faults.slice(0, 3).join(', ')}`);
}

async function stop(code) {
  for (const each of stops.splice(0)) await each();
  await endAll();
  process.exit(code);
}
