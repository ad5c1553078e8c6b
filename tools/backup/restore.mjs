// Restores a backup: unpacks beside the data folder, checks every hash, lets PostgreSQL play the log that came with its
// files and shuts it down, and moves the folder to its place when it is whole.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../embedded/cannot-start.mjs';
import { runToEnd } from '../embedded/watched.mjs';
import { install, isInstallDue } from '../install.mjs';
import { removedAtTheEnd } from './leave-nothing.mjs';
import { contents, difference, MANIFEST } from './manifest.mjs';

/** Puts a backup into a data folder that is not there or empty. Returns how many files, and when it was made. */
export async function restoreBackup(file, dataDir) {
  if (!existsSync(file)) throw new CannotStart(`${file} is not there: name the backup with --from.`);
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new CannotStart(
      `The folder ${dataDir} is not empty: move it away or name another with --data-dir, and run this again; nothing was changed.`,
    );
  const fresh = `${dataDir}.restoring-${process.pid}`;
  const leaveNothing = removedAtTheEnd(fresh);
  try {
    mkdirSync(fresh, { recursive: true, mode: 0o755 });
    const { status, said } = await runToEnd('tar', ['-xzf', file, '-C', fresh, '--no-same-owner', '-p']);
    if (status !== 0) throw unusable(file, said.trim().split('\n').shift());
    const manifest = manifestOf(file, fresh);
    const fault = difference(manifest, await contents(fresh));
    if (fault) throw unusable(file, fault);
    rmSync(path.join(fresh, MANIFEST));
    // As a start makes it: PostgreSQL may enter, and what is secret in it is closed by itself.
    chmodSync(fresh, 0o755);
    await recover(file, path.join(fresh, 'postgres'));
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(fresh, dataDir);
    return { files: Object.keys(manifest.files).length, madeAt: manifest.madeAt };
  } finally {
    leaveNothing();
  }
}

/**
 * Starts PostgreSQL on files that were copied while it ran, which plays the log that makes them one, and shuts it down:
 * a first start of the product that is broken off finds nothing left to play.
 */
async function recover(file, dataDir) {
  if (isInstallDue()) await install();
  const { DamagedData, isShutDown, startPostgres } = await import('../embedded/postgres.mjs');
  try {
    const server = await startPostgres({ dataDir, patienceSeconds: 3600 });
    await server.stop();
  } catch (error) {
    throw error instanceof DamagedData ? unusable(file, error.said) : error;
  }
  if (!isShutDown(dataDir)) throw new Error('PostgreSQL did not shut down in order');
}

function manifestOf(file, folder) {
  try {
    const manifest = JSON.parse(readFileSync(path.join(folder, MANIFEST), 'utf8'));
    if (manifest.product === 'tallystick') return manifest;
  } catch {
    // Said below.
  }
  throw unusable(file, 'it has no manifest of this product');
}

const unusable = (file, why) =>
  new CannotStart(`The backup ${file} cannot be used (${why}): take another one; nothing was changed.`);
