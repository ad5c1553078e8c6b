// Makes a backup file: copies beside it, hashes, packs, moves it to its name when it is whole.
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../embedded/cannot-start.mjs';
import { runningPort } from '../embedded/running.mjs';
import { runToEnd } from '../embedded/watched.mjs';
import { ROOT } from '../install.mjs';
import { takeLock } from '../start/lock.mjs';
import { secretsOf } from '../start/secrets.mjs';
import { copyRunning, copyStopped } from './copy.mjs';
import { removedAtTheEnd } from './leave-nothing.mjs';
import { contents, MANIFEST } from './manifest.mjs';

/** Backs a data folder up into a file that is not there yet. Returns how many files and megabytes. */
export async function makeBackup(dataDir, out, tell = () => undefined) {
  mustHoldData(dataDir);
  if (existsSync(out)) throw new CannotStart(`${out} is there already: name another file with --out.`);
  const part = `${out}.part-${process.pid}`;
  const folder = path.join(part, 'data');
  const leaveNothing = removedAtTheEnd(part);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    tell('copying the data');
    await copyData(dataDir, folder);
    tell('hashing every file');
    const { files, folders } = await contents(folder);
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    const manifest = { product: 'tallystick', version, madeAt: new Date().toISOString(), files, folders };
    writeFileSync(path.join(folder, MANIFEST), JSON.stringify(manifest, null, 1));
    tell('packing');
    const packed = path.join(part, 'packed');
    // It holds every password: nobody else may read it, from its first byte on.
    writeFileSync(packed, '', { mode: 0o600 });
    const { status, said } = await runToEnd('tar', ['-czf', packed, '-C', folder, '.']);
    if (status !== 0) throw new Error(`tar: ${said.trim().split('\n').pop()}`);
    renameSync(packed, out);
    return { files: Object.keys(files).length, megabytes: Math.ceil(statSync(out).size / 1e6) };
  } finally {
    leaveNothing();
  }
}

/** Throws CannotStart where a folder holds no database. */
export function mustHoldData(dataDir) {
  if (!existsSync(path.join(dataDir, 'postgres/PG_VERSION')))
    throw new CannotStart(
      `There is no data in ${dataDir}: name its folder with --data-dir and run this again.`,
    );
}

/** From the running server where there is one, else from the files as they lie there, held against a start. */
async function copyData(dataDir, target) {
  const port = runningPort(dataDir);
  if (port !== undefined) {
    const { postgres } = secretsOf(dataDir);
    return copyRunning(
      dataDir,
      target,
      (name) => `postgresql://postgres:${encodeURIComponent(postgres)}@127.0.0.1:${port}/${name}`,
    );
  }
  const lock = takeLock(dataDir);
  try {
    copyStopped(dataDir, target);
  } finally {
    lock.giveBack();
  }
}
