// One copy at a time on one data folder.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../embedded/cannot-start.mjs';

/** Folders whose lock this process holds already: a backup inside an upgrade, for one. */
const held = new Set();

/**
 * Takes the lock of a data folder. Returns how to give it back, and whether a copy before left it behind.
 * Throws CannotStart where another copy holds it or the folder is not ours.
 */
export function takeLock(dataDir) {
  if (held.has(dataDir)) return { isLeftOver: false, giveBack: () => undefined };
  const file = path.join(dataDir, 'running.pid');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 });
    mustBeOurs(dataDir);
    const isLeftOver = existsSync(file);
    const other = isLeftOver ? Number(readFileSync(file, 'utf8')) : 0;
    if (other && other !== process.pid && isAlive(other))
      throw new CannotStart(
        `Another copy runs on ${dataDir} already (process ${other}): stop it, or set DATA_DIR to another folder.`,
      );
    rmSync(file, { force: true });
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    held.add(dataDir);
    const giveBack = () => {
      held.delete(dataDir);
      rmSync(file, { force: true });
    };
    return { isLeftOver, giveBack };
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    if (error.code === 'ENOSPC')
      throw new CannotStart(
        `The disk is full: free some space at ${dataDir} and start again; nothing is lost.`,
      );
    if (error.code === 'EEXIST' && existsSync(file))
      throw new CannotStart(
        `Another copy starts on ${dataDir} at this moment: stop it, or set DATA_DIR to another folder.`,
      );
    throw new CannotStart(
      `The folder ${dataDir} cannot be written (${error.code}): set DATA_DIR to a folder of yours and start again.`,
    );
  }
}

function mustBeOurs(dataDir) {
  const names = readdirSync(dataDir).filter((name) => name !== 'lost+found');
  if (names.length > 0 && !hasOurMark(dataDir))
    throw new CannotStart(
      `The folder ${dataDir} holds something else (${names[0]}): set DATA_DIR to an empty folder and start again.`,
    );
}

/**
 * True where something in a folder was written by this product and by nobody else; a name such as `files` is no mark.
 * The note of the process that holds the lock is the first thing that a start writes, the secrets are the next, before
 * any folder; a restored folder holds the secrets. A database without them is told of where its secrets are read.
 */
function hasOurMark(dataDir) {
  const text = (name) => {
    const file = path.join(dataDir, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  return (
    /^\d*$/.test(text('running.pid') ?? 'none') ||
    /"tallystick_owner":/.test(text('secrets.json') ?? '') ||
    /"isEmpty":/.test(text('made.json') ?? '') ||
    existsSync(path.join(dataDir, 'postgres/PG_VERSION'))
  );
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return (
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').match(
        /(start|backup|upgrade|import-taxonomy|export-matching)\.mjs/,
      ) !== null
    );
  } catch (error) {
    return error.code === 'EPERM';
  }
}
