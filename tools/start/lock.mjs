// One copy at a time on one data folder.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../embedded/cannot-start.mjs';

/** What a data folder of this product may hold; anything else alone makes it somebody else's folder. */
const OURS = [
  'running.pid',
  'secrets.json',
  'made.json',
  'sign-ins.json',
  'postgres',
  'postgres.new',
  'keys',
  'seals',
  'files',
];

/**
 * Takes the lock of a data folder. Returns how to give it back, and whether a copy before left it behind.
 * Throws CannotStart where another copy holds it or the folder is not ours.
 */
export function takeLock(dataDir) {
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
    return { isLeftOver, giveBack: () => rmSync(file, { force: true }) };
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
  if (names.length > 0 && !names.some((name) => OURS.includes(name)))
    throw new CannotStart(
      `The folder ${dataDir} holds something else (${names[0]}): set DATA_DIR to an empty folder and start again.`,
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
