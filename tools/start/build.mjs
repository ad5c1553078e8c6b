// Builds the product where something it is made of, or something it was made into, has changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../embedded/cannot-start.mjs';
import { runToEnd } from '../embedded/watched.mjs';
import { ROOT } from '../install.mjs';

/** What was built last. */
export const STAMP = path.join(ROOT, 'node_modules/.tallystick-build');
const FOLDERS = ['apps', 'packages', 'prisma/schema'];
const FILES = ['package-lock.json', 'nx.json', '.swcrc', 'tsconfig.base.json', 'prisma.config.ts'];
const RESULTS = ['apps/api/dist/main.js', 'apps/web/dist/client/.vite/manifest.json'];

/** True where the built product is not the one of these sources. */
export function isBuildDue() {
  if (!existsSync(STAMP) || RESULTS.some((file) => !existsSync(path.join(ROOT, file)))) return true;
  return readFileSync(STAMP, 'utf8') !== stamp();
}

/** Builds all. Throws CannotStart with the end of what the build said. */
export async function build() {
  rmSync(STAMP, { force: true });
  const { status, said } = await runToEnd('npm', ['run', '--silent', 'build'], { cwd: ROOT });
  if (status !== 0)
    throw new CannotStart(
      `${said.trim()}\n\nThe product could not be built: mend what stands above and start again.`,
    );
  markBuilt();
}

/** Keeps that the built product is the one of these sources. */
export function markBuilt() {
  writeFileSync(STAMP, stamp());
}

/** A hash over name, size and time of every file that the build reads or writes. */
function stamp() {
  const hash = createHash('sha256').update(process.version);
  for (const folder of FOLDERS) addFolder(hash, folder);
  for (const file of FILES) addFile(hash, file);
  return hash.digest('hex');
}

function addFolder(hash, folder) {
  const entries = readdirSync(path.join(ROOT, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') addFolder(hash, name);
    } else if (!entry.name.includes('spec.ts')) addFile(hash, name);
  }
}

function addFile(hash, name) {
  const { size, mtimeMs } = statSync(path.join(ROOT, name));
  hash.update(`${name}\0${size}\0${mtimeMs}\n`);
}
