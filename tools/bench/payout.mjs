// npm run bench:payout: a payout run for 100,000 experts, and the transfers that it asks for, on a real PostgreSQL.
// Two parts, measured apart: the run up to requested payouts, and their transfers (gates again, the rail over HTTP, the
// ledger in batches, and from the rail on to each bank; of the first --transfers of them). The rail is a stand-in that answers at once. Both parts are made
// for a tenth of the experts first, each in a process of its own with the same limit of its heap: memory that grew with
// the number of experts would show in the ratio, or end the process.
// Says its progress on stderr and ends with one line of JSON.
// Usage: node tools/bench/payout.mjs [--experts N] [--transfers N]
import '../start/help.mjs';
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../embedded/postgres.mjs';
import { prepareDatabase } from '../embedded/roles.mjs';
import { ROOT } from '../install.mjs';
import { migrate } from '../migrate.mjs';
import { inBench, numbersFrom } from './bench.mjs';
import { addExperts, look } from './payout-world.mjs';

const FEWER = 10;
/** More than the noise of a garbage collector, far less than ten times the experts would need. */
const GROWTH = 1.35;
/** What a process may hold at a time: objects of its heap, young ones of them, and connections to the database. */
const LIMITS = { heapMiB: 160, youngMiB: 16, connections: 4 };
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const round = (number) => Number(number.toPrecision(4));

await inBench(async ({ folder, server, say, onStop }) => {
  const { experts, transfers } = readNumbers();
  if (!existsSync(path.join(ROOT, 'apps/api/dist/main.js')))
    throw new Error('Nothing is built: run npm run build first.');
  const began = performance.now();
  const superuser = server.url('postgres', '', 'tallystick');
  await prepareDatabase(server.url('postgres', '', 'postgres'), 'tallystick');
  await migrate(server.url('tallystick_owner', '', 'tallystick'));
  const railPort = await startRail(onStop);
  const env = {
    NODE_ENV: 'production',
    DATABASE_URL: server.url('tallystick_app', '', 'tallystick'),
    DATABASE_POOL: String(LIMITS.connections),
    DATA_DIR: path.join(folder, 'files'),
    LOG_LEVEL: 'error',
    SANDBOX_URL: `http://127.0.0.1:${railPort}`,
  };
  const parts = (of, what) =>
    bothParts({ ...env, BENCH_TRANSFERS: String(Math.ceil(transfers / of)) }, what, { say, onStop });
  const few = Math.ceil(experts / FEWER);
  say(`loading ${few} experts`);
  await addExperts(superuser, 1, few);
  const small = await parts(FEWER, 'a tenth first');
  say(`loading ${experts} experts`);
  await addExperts(superuser, few + 1, few + experts);
  const large = await parts(1, `${experts} experts`);
  const books = await lookAtBooks(superuser);
  const growth = (name) => round(large[name].peakMiB / small[name].peakMiB);
  const memory = { run: growth('run'), transfers: growth('transfers') };
  const both = [large.run, large.transfers];
  return {
    bench: 'payout',
    experts,
    transfersMeasured: large.transfers.payouts,
    machine: { cores: cpus().length, load: Number(loadavg()[0].toFixed(1)), node: process.version },
    isAllMet: Math.max(...Object.values(memory)) <= GROWTH && books.isSound,
    seconds: round(large.run.seconds + large.transfers.seconds),
    peakMiB: Math.max(...both.map(({ peakMiB }) => peakMiB)),
    rowsPerSecond: large.run.perSecond,
    ratio: Math.max(...Object.values(memory)),
    memoryRatio: {
      what: `peak memory, ${experts} experts / ${few}`,
      ...memory,
      target: `at most ${GROWTH}`,
    },
    limits: LIMITS,
    run: large.run,
    transfers: large.transfers,
    fewer: small,
    books,
    wholeBenchSeconds: round((performance.now() - began) / 1000),
  };
});

/** The run, then its transfers. */
async function bothParts(env, what, { say, onStop }) {
  const run = await measure(env, 'run', onStop);
  say(
    `${what}: the run asked for ${run.payouts} payouts in ${run.seconds} s, ${run.perSecond}/s, ${run.peakMiB} MiB at most`,
  );
  const transfers = await measure(env, 'transfers', onStop);
  say(
    `${what}: ${transfers.payouts} transfers in ${transfers.seconds} s, ${transfers.perSecond}/s, ${transfers.peakMiB} MiB at most`,
  );
  return { run, transfers };
}

/** One part in a process of its own. */
async function measure(env, part, onStop) {
  const child = fork(here('payout-process.cjs'), [], {
    execArgv: [
      '--expose-gc',
      `--max-old-space-size=${LIMITS.heapMiB}`,
      `--max-semi-space-size=${LIMITS.youngMiB}`,
    ],
    env: { ...env, PATH: process.env.PATH, BENCH_PART: part },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onStop(() => void child.kill('SIGKILL'));
  const figures = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the ${part} ended with ${code}`)));
  });
  await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve()));
  const { rows, seconds, peakMiB, heapMiB, liveMiB } = figures;
  return {
    payouts: rows,
    seconds: round(seconds),
    perSecond: Math.round(rows / seconds),
    peakMiB: Math.round(peakMiB),
    heapMiB: Math.round(heapMiB),
    liveMiB: Math.round(liveMiB),
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

/** The stand-in rail. Returns its port. */
async function startRail(onStop) {
  const port = await freePort();
  const child = fork(here('instant-rail.mjs'), [], { env: { PORT: String(port), PATH: process.env.PATH } });
  onStop(() => void child.kill());
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

function readNumbers() {
  const numbers = numbersFrom({ experts: '100000', transfers: '20000' });
  for (const [name, number] of Object.entries(numbers))
    if (!Number.isInteger(number) || number < 100)
      throw new Error(`--${name} takes a whole number from 100 up.`);
  return numbers;
}
