// Installs packages when they are missing or the lock has changed. Uses only what Node itself has.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAMP = path.join(ROOT, 'node_modules/.tallystick-lock');

/** True where an install is due. */
export function isInstallDue() {
  return !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== lockHash();
}

/** Runs `npm ci`. Throws with what npm said where it fails. */
export function install() {
  const done = spawnSync('npm', ['ci', '--no-progress', '--loglevel=error'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'development' },
  });
  if (done.status !== 0)
    throw new Error(
      `The packages could not be installed. Check the network and the free disk space, then start again. npm said: ${(done.stderr || String(done.error)).trim().split('\n').slice(-3).join(' ')}`,
    );
  writeFileSync(STAMP, lockHash());
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(path.join(ROOT, 'package-lock.json')))
    .digest('hex');
}
