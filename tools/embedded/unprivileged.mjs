// PostgreSQL refuses to run as root. As root we run it as nobody: by uid where nobody can reach the folders, else in a
// user namespace, where the same files belong to nobody without being moved.
import { chownSync, existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { CannotStart } from './cannot-start.mjs';

const NOBODY = 65534;

/** How to run a program without root's rights: what to put before it, and who owns the data folder. */
export function unprivileged(folders) {
  if (process.getuid() !== 0) return { before: [], claim: () => undefined };
  if (folders.every(isReachable)) {
    return {
      before: ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--'],
      claim: (folder) => chownAll(folder, NOBODY),
    };
  }
  const before = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
  const isPossible = spawnSync(before[0], [...before.slice(1), 'true']).status === 0;
  if (!isPossible)
    throw new CannotStart(
      `PostgreSQL cannot run as root, and ${path.resolve(folders[0])} is closed to other users: move the checkout to a folder that others may enter, e.g. /opt, or start as another user.`,
    );
  return { before, claim: (folder) => chownAll(folder, 0) };
}

/** True where every folder above, and itself, may be entered by anybody. */
function isReachable(folder) {
  let at = path.resolve(folder);
  while (!existsSync(at)) at = path.dirname(at);
  for (; ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0 && statSync(at).uid !== NOBODY) return false;
    if (at === path.dirname(at)) return true;
  }
}

function chownAll(folder, owner) {
  if (!existsSync(folder)) return;
  chownSync(folder, owner, owner);
  if (!statSync(folder).isDirectory()) return;
  for (const name of readdirSync(folder)) {
    const entry = path.join(folder, name);
    const found = lstatSync(entry);
    if (found.isDirectory()) chownAll(entry, owner);
    else if (!found.isSymbolicLink()) chownSync(entry, owner, owner);
  }
}
