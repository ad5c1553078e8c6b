// Copies the data folder, from a server that runs or from one that does not.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Not of the data: who runs, and what PostgreSQL makes anew (its documentation, "Making a base backup", names them). */
const NEVER = new Set(['running.pid', 'postgres.new', 'postgres/postmaster.pid', 'postgres/postmaster.opts']);
const EMPTIED = new Set(
  ['pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'].map(
    (name) => `postgres/${name}`,
  ),
);

/** Copies a stopped copy of the product as it lies there. */
export function copyStopped(dataDir, target) {
  copyFolder(dataDir, target, '', () => true);
}

/**
 * Copies a running copy: PostgreSQL is told that a backup begins, its files are copied while it works, and the log that
 * makes them consistent comes last. Sealing waits meanwhile, so that the roots kept outside are those of the database.
 */
export async function copyRunning(dataDir, target, url) {
  const { connect } = await import('../embedded/connect.mjs');
  const server = await connect(url('postgres'));
  const product = await connect(url('tallystick'));
  try {
    await server.query(
      "SELECT pg_create_physical_replication_slot('backup_' || pg_backend_pid(), true, true)",
    );
    await server.query("SELECT pg_backup_start('npm run backup', true)");
    copyFolder(dataDir, target, '', (name) => name !== 'postgres/pg_wal' && name !== 'seals');
    await product.query("BEGIN; SELECT pg_advisory_xact_lock(hashtext('sealer'))");
    await rootsAreWritten(product, dataDir);
    if (existsSync(path.join(dataDir, 'seals'))) copyFolder(dataDir, target, 'seals', () => true);
    const { rows } = await server.query('SELECT labelfile FROM pg_backup_stop(false)');
    await product.query('ROLLBACK');
    writeFileSync(path.join(target, 'postgres/backup_label'), rows[0].labelfile, { mode: 0o600 });
    copyFolder(dataDir, target, 'postgres/pg_wal', (name) => !name.endsWith('.done'));
    // Files that were uploaded meanwhile and are in the database by now.
    if (existsSync(path.join(dataDir, 'files'))) copyFolder(dataDir, target, 'files', () => true);
  } finally {
    await product.end();
    await server.end();
  }
}

/** A root is kept outside right after its seal is committed; waits for the last one. */
async function rootsAreWritten(product, dataDir) {
  const { rows } = await product.query('SELECT max(to_seq)::text AS last FROM seal');
  const file = path.join(dataDir, 'seals/roots.jsonl');
  const isThere = () => existsSync(file) && readFileSync(file, 'utf8').includes(`"${rows[0].last}"`);
  for (let tries = 0; rows[0].last !== null && !isThere() && tries < 100; tries++) await wait(50);
}

function copyFolder(root, target, folder, isWanted) {
  const place = path.join(target, folder);
  mkdirSync(place, { recursive: true, mode: statSync(path.join(root, folder)).mode & 0o777 });
  if (EMPTIED.has(folder)) return;
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const name = path.posix.join(folder, entry.name);
    if (NEVER.has(name) || entry.name.startsWith('pgsql_tmp') || !isWanted(name)) continue;
    if (entry.isDirectory()) copyFolder(root, target, name, isWanted);
    else if (entry.isFile()) copyOne(path.join(root, name), path.join(target, name));
  }
}

/** A file that goes while it is copied was a table that was dropped; the log knows. */
function copyOne(from, to) {
  try {
    copyFileSync(from, to);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
