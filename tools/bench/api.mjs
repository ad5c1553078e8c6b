// npm run bench:api: how fast our own server is, beside plain code that does the same in the same run.
// Says its progress on stderr and ends with one line of JSON: figures, ratios, targets and whether each is met.
// Usage: node tools/bench/api.mjs [--rounds N] [--seconds S] [--openings N]
import '../start/help.mjs';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../embedded/postgres.mjs';
import { prepareDatabase } from '../embedded/roles.mjs';
import { endAll } from '../embedded/watched.mjs';
import { ROOT } from '../install.mjs';
import { migrate } from '../migrate.mjs';
import { benchData } from './data-bench.mjs';
import { judged } from './judged.mjs';
import { benchList } from './list-bench.mjs';
import { benchStart } from './start-bench.mjs';
import { fill } from './world.mjs';

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
  const { rounds, seconds, openings } = readArguments();
  if (!existsSync(path.join(ROOT, 'apps/api/dist/main.js')))
    throw new Error('Nothing is built: run npm run build first.');
  const { environment, superuser } = await startDatabase();
  say(`loading ${openings} openings`);
  const world = await fill(superuser, openings);
  const run = { root: ROOT, environment, world, rounds, seconds, say };
  say('the list: GraphQL and plain REST');
  const list = await benchList(run);
  say('data access: our client and pg');
  const data = await benchData(run);
  say('starts');
  const start = await benchStart(run);
  const machine = { cores: cpus().length, load: Number(loadavg()[0].toFixed(1)), node: process.version };
  console.log(
    JSON.stringify({
      bench: 'api',
      rounds,
      seconds,
      openings,
      machine,
      ...judged([list, data, start]),
    }),
  );
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

function readArguments() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '12' },
      seconds: { type: 'string', default: '0.7' },
      openings: { type: 'string', default: '2000' },
    },
  });
  const numbers = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, Number(text)]));
  for (const [name, number] of Object.entries(numbers))
    if (!(number > 0) || (name !== 'seconds' && !Number.isInteger(number)))
      throw new Error(`--${name} takes a number above 0${name === 'seconds' ? '' : ', without a fraction'}.`);
  return numbers;
}

async function stop(code) {
  for (const each of stops.splice(0)) await each();
  await endAll();
  process.exit(code);
}
