// npm run bench:ledger: how many ledger transactions a second the product posts, one at a time by 32 clients and in batches of 200
// by 2, beside other designs on the same server in the same run. Says its progress on stderr and ends with one line of JSON.
// Usage: node tools/bench/ledger.mjs [--rounds N] [--seconds S]
import '../start/help.mjs';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { programOf } from '../embedded/debian.mjs';
import { prepareDatabase } from '../embedded/roles.mjs';
import { migrate } from '../migrate.mjs';
import { inBench, numbersFrom } from './bench.mjs';
import { BATCH, designs } from './ledger/designs.mjs';
import { PROTOTYPE } from './ledger/prototype.mjs';
import { best, spread, takeTurns } from './rounds.mjs';

const CLIENTS = { one: 32, batch: 2 };
/** Not counted: a connection that was just opened has yet to read the catalogue and to plan. The product keeps its connections open. */
const WARM_UP_SECONDS = 3;

await inBench(async ({ folder, server, say }) => {
  const { rounds, seconds } = numbersFrom({ rounds: '3', seconds: '8' });
  const pgbench = programOf('pgbench', ['postgresql']);
  const scripts = path.join(folder, 'scripts');
  mkdirSync(scripts);
  const contestants = {};
  const all = { ...designs(Math.ceil((rounds + 1) * (seconds + WARM_UP_SECONDS))), prototype: PROTOTYPE };
  for (const [name, design] of Object.entries(all)) {
    say(`making the database of ${name}`);
    await prepare(server, name, design);
    for (const way of ['one', 'batch'].filter((each) => design[each])) {
      const script = path.join(scripts, `${name}-${way}.sql`);
      writeFileSync(script, design[way]);
      const run = [pgbench, server.url('postgres', '', `bench_${name.toLowerCase()}`), script, way];
      contestants[`${name} ${way}`] = (time) => transactionsPerSecond(...run, time);
    }
  }
  for (const run of Object.values(contestants)) await run(1);
  const figures = await takeTurns(contestants, { rounds, seconds, say });
  await mustHaveSentAll(server);
  await proveBooks(server);
  return { bench: 'ledger', rounds, seconds, machine: machine(), ...judgedLedger(figures) };
});

async function prepare(server, name, { setUp, isProduct = false }) {
  const database = `bench_${name.toLowerCase()}`;
  await prepareDatabase(server.url('postgres', '', 'postgres'), database);
  if (isProduct) await migrate(server.url('tallystick_owner', '', database));
  await withClient(server.url('postgres', '', database), async (client) => {
    for (const statement of setUp) await client.query(statement);
    await client.query('VACUUM ANALYZE');
  });
}

/** Runs one script. Returns ledger transactions a second, once its connections are warm: a batch counts as what it holds. */
async function transactionsPerSecond(pgbench, url, script, way, seconds) {
  const whole = WARM_UP_SECONDS + Math.max(2, Math.round(seconds));
  const options = ['-n', '-M', 'prepared', '-c', CLIENTS[way], '-j', 2, '-T', whole, '-P', 1].map(String);
  const said = await output(pgbench, [...options, '-f', script, url]);
  if (!/tps = [\d.]+/.test(said) || /failed transactions: [1-9]/.test(said))
    throw new Error(`pgbench did not end well:\n${said}`);
  return warmRate(said) * (way === 'batch' ? BATCH : 1);
}

/** The rate over the seconds after the warm-up, of lines like `progress: 4.0 s, 1559.2 tps, ...`. */
function warmRate(said) {
  const points = [...said.matchAll(/progress: ([\d.]+) s, ([\d.]+) tps/g)].map((found) =>
    found.slice(1).map(Number),
  );
  let [until, seconds, count] = [0, 0, 0];
  for (const [at, rate] of points) {
    if (until >= WARM_UP_SECONDS - 0.5) {
      seconds += at - until;
      count += rate * (at - until);
    }
    until = at;
  }
  if (seconds === 0) throw new Error(`pgbench said nothing after its warm-up:\n${said}`);
  return count / seconds;
}

function output(program, options) {
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  return new Promise((resolve) => child.once('close', () => resolve(said)));
}

/** Every request that was taken was posted, and none was missing: a client without one would have been fast for nothing. */
async function mustHaveSentAll(server) {
  await withClient(server.url('postgres', '', 'bench_ours'), async (client) => {
    const { rows } = await client.query(`
      SELECT (SELECT last_value FROM public.bench_one_next) AS one, (SELECT count(*) FROM public.bench_one) AS ones,
        (SELECT last_value FROM public.bench_batch_next) AS batch, (SELECT count(*) FROM public.bench_batch) AS batches,
        (SELECT count(*) FROM ledger.ledger_transaction) AS posted`);
    const [one, ones, batch, batches, posted] = Object.values(rows[0]).map(Number);
    if (one >= ones || batch >= batches)
      throw new Error('the requests ran out: this machine is faster than was thought');
    if (posted !== one + batch * BATCH)
      throw new Error(`${one + batch * BATCH} were sent and ${posted} are there`);
  });
}

/** The product's books must be whole after all of it: each balance is what its postings give. */
async function proveBooks(server) {
  await withClient(server.url('postgres', '', 'bench_ours'), async (client) => {
    const { rows } = await client.query(`
      WITH entry AS (SELECT debit_account AS account, amount AS dr, 0 AS cr FROM ledger.posting UNION ALL SELECT credit_account, 0, amount FROM ledger.posting),
      summed AS (SELECT account, sum(dr) AS dr, sum(cr) AS cr FROM entry GROUP BY account)
      SELECT count(*)::int AS n FROM ledger.balance b JOIN ledger.account a ON a.id = b.account_id LEFT JOIN summed s ON s.account = a.id
      WHERE b.debits_posted <> coalesce(s.dr, 0) OR b.credits_posted <> coalesce(s.cr, 0) + CASE a.kind WHEN 'lab_prepaid' THEN 10 ^ 15 ELSE 0 END`);
    if (rows[0].n > 0) throw new Error(`${rows[0].n} balances are not what their postings give`);
  });
}

async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function judgedLedger(figures) {
  const rate = (name) => best(figures[name]);
  const results = {
    batchOverNaive: atLeast(10, rate('ours batch') / rate('naive one')),
    oneOverNaive: atLeast(3, rate('ours one') / rate('naive one')),
    batchOverPrototype: atLeast(1, rate('ours batch') / rate('prototype batch')),
    oneOverPrototype: atLeast(1, rate('ours one') / rate('prototype one')),
    batchOverIndexedCeiling: atLeast(0.5, rate('ours batch') / rate('indexedCeiling batch')),
  };
  const perSecond = Object.fromEntries(
    Object.entries(figures).map(([name, all]) => [name, Math.round(best(all))]),
  );
  const spreads = Object.fromEntries(
    Object.entries(figures).map(([name, all]) => [name, Number(spread(all).toFixed(2))]),
  );
  return { isAllMet: Object.values(results).every(({ met }) => met), results, perSecond, spreads };
}

function atLeast(target, ratio) {
  return { ratio: Number(ratio.toFixed(2)), target: `at least ${target}`, met: ratio >= target };
}

function machine() {
  return { cores: cpus().length, load: Number(loadavg()[0].toFixed(1)), node: process.version };
}
