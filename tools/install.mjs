// Installs packages when they are missing or the lock has changed. Uses only what Node itself has.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotStart } from './embedded/cannot-start.mjs';
import { runToEnd } from './embedded/watched.mjs';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAMP = path.join(ROOT, 'node_modules/.tallystick-lock');

/** True where an install is due. */
export function isInstallDue() {
  return !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== lockHash();
}

/** Runs `npm ci`. Throws CannotStart with the end of what npm said where it fails. */
export async function install() {
  rmSync(STAMP, { force: true });
  const { status, said } = await runToEnd('npm', ['ci', '--no-progress', '--loglevel=error'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'development' },
  });
  if (status !== 0)
    throw new CannotStart(
      `The packages could not be installed (${said.trim().split('\n').slice(-3).join(' ')}): check the network and the free disk space, and start again.`,
    );
  writeFileSync(STAMP, lockHash());
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(path.join(ROOT, 'package-lock.json')))
    .digest('hex');
}
