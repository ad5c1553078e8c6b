// npm run demo:snapshot: plays the history of the demo world through the product and keeps it as a snapshot, which a
// first start loads. Takes minutes. --size E,P,N (experts, projects, engagements) and --out FILE make another one.
import './start/help.mjs';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { sourcesHash } from './demo/sources.mjs';
import { freePort, startPostgres } from './embedded/postgres.mjs';
import { prepareDatabase } from './embedded/roles.mjs';
import { ROOT } from './install.mjs';
import { migrate } from './migrate.mjs';
import { build } from './start/build.mjs';

/** The Monday at which the history ends; a start moves it to its own week. */
const REFERENCE = '2026-11-23T00:00:00Z';
/** The same seed gives the same people and projects. */
const SEED = 20_261_130;
const DATABASE = 'tallystick';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '304,22,36' },
    out: { type: 'string', default: path.join(ROOT, 'prisma/seed/demo/world.jsonl.br') },
  },
});
const [experts, projects, engagements] = values.size.split(',').map(Number);
if (!(experts > 0 && projects > 0 && engagements > 0)) {
  console.error('--size takes three whole numbers: experts, projects, engagements, as in 304,22,36.');
  process.exit(2);
}
await build();
const folder = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tallystick-demo-'));
chmodSync(folder, 0o755);
const server = await startPostgres({ dataDir: path.join(folder, 'postgres'), isDurable: false });
const url = (role) => server.url(role, '', DATABASE);
let status = 1;
try {
  await prepareDatabase(server.url('postgres', '', 'postgres'), DATABASE);
  await migrate(url('tallystick_owner'));
  status = await play();
  if (status === 0) await keep();
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);

/** Plays the history in a process of its own. Returns its exit code. */
async function play() {
  const port = await freePort();
  const program = path.join(ROOT, 'apps/api/dist/cli/play-demo.js');
  const about = [
    '--end',
    REFERENCE,
    '--seed',
    SEED,
    '--size',
    values.size,
    '--cast',
    path.join(folder, 'cast.json'),
  ];
  const environment = {
    ...process.env,
    NODE_ENV: 'production',
    DATA_DIR: path.join(folder, 'data'),
    DATABASE_URL: url('tallystick_app'),
    SANDBOX_DATABASE_URL: url('tallystick_sandbox'),
    SANDBOX_PORT: String(port),
    SANDBOX_URL: `http://127.0.0.1:${port}`,
    SANDBOX_SECRET: 'the rail of the history that is played',
  };
  const played = spawnSync(process.execPath, [program, ...about.map(String)], {
    stdio: 'inherit',
    env: environment,
  });
  return played.status ?? 1;
}

/** Keeps what was played. */
async function keep() {
  const { default: dump } = await import('../apps/api/dist/demo/snapshot/dump.js');
  const { default: file } = await import('../apps/api/dist/demo/snapshot/world-file.js');
  const client = new pg.Client({ connectionString: url('postgres') });
  await client.connect();
  const tables = await dump.dumpTables(client);
  await client.end();
  file.writeWorld(values.out, {
    header: {
      reference: REFERENCE,
      seed: SEED,
      size: { experts, projects, engagements },
      sources: sourcesHash(),
    },
    cast: JSON.parse(readFileSync(path.join(folder, 'cast.json'), 'utf8')),
    files: dump.dumpFiles(tables, path.join(folder, 'data/files')),
    tables,
  });
  const rows = tables.reduce((sum, each) => sum + each.rows.length, 0);
  console.log(
    `${rows} rows of ${tables.length} tables, ${Math.ceil(statSync(values.out).size / 1000)} kB: ${values.out}`,
  );
}
