// One copy at a time on one data folder.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from './settings.mjs';

/** Takes the lock of a data folder. Returns how to give it back. Throws CannotStart where another copy holds it. */
export function takeLock(dataDir) {
  const file = path.join(dataDir, 'running.pid');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 });
    const other = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (other && other !== process.pid && isAlive(other))
      throw new CannotStart(
        `Another copy runs on ${dataDir} already (process ${other}). Stop it, or set DATA_DIR to another folder.`,
      );
    writeFileSync(file, String(process.pid));
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    if (error.code === 'ENOSPC')
      throw new CannotStart('The disk is full. Free some space and start again; nothing is lost.');
    throw new CannotStart(
      `The folder ${dataDir} cannot be written (${error.code}). Set DATA_DIR to a folder of yours and start again.`,
    );
  }
  return () => rmSync(file, { force: true });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.mjs');
  } catch (error) {
    return error.code === 'EPERM' || error.code === 'ENOENT' ? error.code === 'EPERM' : false;
  }
}
