// npm run export:matching -- --experts FILE --openings FILE
// Writes what matching reads, for npm run rank: from DATABASE_URL, or from the product that runs here (npm start).
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './install.mjs';

const dataDir = path.resolve(process.env.DATA_DIR || path.join(ROOT, '.data'));
const program = path.join(ROOT, 'apps/api/dist/cli/export-matching.js');
const databaseUrl = process.env.DATABASE_URL || runningDatabase();
if (!databaseUrl || !existsSync(program)) {
  console.error(
    'The product does not run here. Start it with npm start in another terminal, or set DATABASE_URL.',
  );
  process.exit(2);
}
const done = spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
});
process.exit(done.status ?? 1);

/** Address of the embedded database that npm start runs; undefined where none runs. */
function runningDatabase() {
  const [pid, secrets] = ['postgres/postmaster.pid', 'secrets.json'].map((name) => path.join(dataDir, name));
  if (!existsSync(pid) || !existsSync(secrets)) return undefined;
  const port = readFileSync(pid, 'utf8').split('\n')[3];
  const { tallystick_app: password } = JSON.parse(readFileSync(secrets, 'utf8'));
  return `postgresql://tallystick_app:${encodeURIComponent(password)}@127.0.0.1:${port}/tallystick`;
}
