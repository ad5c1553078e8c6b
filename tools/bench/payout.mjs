// npm run bench:payout: a payout run for 100,000 experts, and the transfers that it asks for, on a real PostgreSQL.
// Two parts, measured apart: the run up to requested payouts, and their transfers (gates again, the rail over HTTP, the
// ledger in batches; of the first --transfers of them). The rail is a stand-in that answers at once. Both parts are made for a tenth of the experts first,
// each in a process of its own: memory that grew with the number of experts would show in the ratio.
// Says its progress on stderr and ends with one line of JSON.
// Usage: node tools/bench/payout.mjs [--experts N] [--transfers N]
import { fork } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { freePort, startPostgres } from '../embedded/postgres.mjs';
import { prepareDatabase } from '../embedded/roles.mjs';
import { endAll } from '../embedded/watched.mjs';
import { ROOT } from '../install.mjs';
import { migrate } from '../migrate.mjs';
import { addExperts, look } from './payout-world.mjs';

const FEWER = 10;
/** More than the noise of a garbage collector, far less than ten times the experts would need. */
const GROWTH = 1.35;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const round = (number) => Number(number.toPrecision(4));
const say = (text) => console.error(text);
const stops = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(1));
process.env.NODE_ENV = 'production';

try {
  await main();
  await stop(0);
} catch (error) {
  say(error.message);
  await stop(1);
}

async function main() {
  const { experts, transfers } = readArguments();
  if (!existsSync(path.join(ROOT, 'apps/api/dist/main.js')))
    throw new Error('Nothing is built: run npm run build first.');
  const { environment, superuser } = await startDatabase();
  const railPort = await startRail();
  const env = { ...environment, SANDBOX_URL: `http://127.0.0.1:${railPort}` };
  const few = Math.ceil(experts / FEWER);
  say(`loading ${few} experts`);
  await addExperts(superuser, 1, few);
  const small = await bothParts(
    { ...env, BENCH_TRANSFERS: String(Math.ceil(transfers / FEWER)) },
    'a tenth first',
  );
  say(`loading ${experts} experts`);
  await addExperts(superuser, few + 1, few + experts);
  const large = await bothParts({ ...env, BENCH_TRANSFERS: String(transfers) }, `${experts} experts`);
  const books = await lookAtBooks(superuser);
  const growth = (name) => round(large[name].peakMiB / small[name].peakMiB);
  const memory = { run: growth('run'), transfers: growth('transfers') };
  const machine = { cores: cpus().length, load: Number(loadavg()[0].toFixed(1)), node: process.version };
  console.log(
    JSON.stringify({
      bench: 'payout',
      experts,
      transfersMeasured: transfers,
      machine,
      isAllMet: Math.max(...Object.values(memory)) <= GROWTH && books.isSound,
      memoryRatio: {
        what: `peak memory, ${experts} experts / ${few}`,
        ...memory,
        target: `at most ${GROWTH}`,
      },
      run: large.run,
      transfers: large.transfers,
      fewer: small,
      books,
    }),
  );
}

/** The run, then its transfers. */
async function bothParts(env, what) {
  const run = await measure(env, 'run');
  say(
    `${what}: the run asked for ${run.payouts} payouts in ${run.seconds} s, ${run.perSecond}/s, ${run.peakMiB} MiB at most`,
  );
  const transfers = await measure(env, 'transfers');
  say(
    `${what}: ${transfers.payouts} transfers in ${transfers.seconds} s, ${transfers.perSecond}/s, ${transfers.peakMiB} MiB at most`,
  );
  return { run, transfers };
}

/** One part in a process of its own. */
async function measure(env, part) {
  const child = fork(here('payout-process.cjs'), [], {
    env: { ...env, PATH: process.env.PATH, BENCH_PART: part },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const kill = () => void child.kill('SIGKILL');
  stops.unshift(kill);
  const figures = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the ${part} ended with ${code}`)));
  });
  await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve()));
  const { rows, seconds, peakMiB, heapMiB } = figures;
  return {
    payouts: rows,
    seconds: round(seconds),
    perSecond: Math.round(rows / seconds),
    peakMiB: Math.round(peakMiB),
    heapMiB: Math.round(heapMiB),
  };
}

/** Whether every expert has one payout, and what was sent is what the ledger no longer owes. */
async function lookAtBooks(superuser) {
  const [found] = await look(
    superuser,
    `SELECT (SELECT count(*)::int FROM expert) AS experts, count(*)::int AS payouts, count(DISTINCT expert_id)::int AS paid_experts,
       count(*) FILTER (WHERE state = 'IN_TRANSIT')::int AS sent, count(*) FILTER (WHERE state = 'REQUESTED')::int AS asked,
       count(*) FILTER (WHERE state = 'GATED')::int AS held,
       (SELECT count(*)::int FROM ledger.balance b JOIN ledger.account a ON a.id = b.account_id
        WHERE a.kind = 'expert_payable' AND b.credits_posted = b.debits_posted) AS settled
     FROM payout`,
  );
  const { experts, payouts, paid_experts: paidExperts, sent, asked, held, settled } = found;
  const isSound =
    payouts === experts && paidExperts === experts && sent + asked + held === experts && settled === sent;
  return { isSound, payouts, asked, sent, held };
}

/** A PostgreSQL as the product runs it, with its roles and tables. */
async function startDatabase() {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-bench-'));
  chmodSync(folder, 0o755);
  stops.unshift(() => rmSync(folder, { recursive: true, force: true }));
  say('starting a database');
  const server = await startPostgres({ dataDir: path.join(folder, 'postgres') });
  stops.unshift(() => server.stop());
  const superuser = server.url('postgres', '', 'tallystick');
  await prepareDatabase(server.url('postgres', '', 'postgres'), 'tallystick');
  await migrate(server.url('tallystick_owner', '', 'tallystick'));
  return {
    superuser,
    environment: {
      NODE_ENV: 'production',
      DATABASE_URL: server.url('tallystick_app', '', 'tallystick'),
      DATA_DIR: path.join(folder, 'files'),
      LOG_LEVEL: 'error',
    },
  };
}

/** The stand-in rail. Returns its port. */
async function startRail() {
  const port = await freePort();
  const child = fork(here('instant-rail.mjs'), [], { env: { PORT: String(port), PATH: process.env.PATH } });
  stops.unshift(() => void child.kill());
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(`http://127.0.0.1:${port}/v1/balance`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return port;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the stand-in rail did not start');
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      experts: { type: 'string', default: '100000' },
      transfers: { type: 'string', default: '20000' },
    },
  });
  const numbers = { experts: Number(values.experts), transfers: Number(values.transfers) };
  for (const [name, number] of Object.entries(numbers))
    if (!Number.isInteger(number) || number < 100)
      throw new Error(`--${name} takes a whole number from 100 up.`);
  return numbers;
}

async function stop(code) {
  for (const each of stops.splice(0)) await each();
  await endAll();
  process.exit(code);
}
