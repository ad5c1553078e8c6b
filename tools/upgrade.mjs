// npm run upgrade [-- --backup FILE] [--data-dir DIR]
// With a new version in place and the product stopped: backs up, installs, builds, migrates, and says how to go back.
import './start/help.mjs';
import path from 'node:path';
import { makeBackup, mustHoldData } from './backup/make.mjs';
import { dataDirOf, readWords, said } from './backup/words.mjs';
import { CannotStart } from './embedded/cannot-start.mjs';
import { install, isInstallDue } from './install.mjs';
import { build, isBuildDue } from './start/build.mjs';
import { takeLock } from './start/lock.mjs';
import { step } from './start/say.mjs';
import { secretsOf } from './start/secrets.mjs';

await said(async () => {
  const words = readWords('npm run upgrade -- [--backup FILE] [--data-dir DIR]', ['backup', 'data-dir']);
  const dataDir = dataDirOf(words);
  const day = new Date().toISOString().slice(0, 19).replaceAll(':', '');
  const file = path.resolve(words.backup ?? `${dataDir}-before-upgrade-${day}.tar.gz`);
  mustHoldData(dataDir);
  const lock = takeLock(dataDir);
  let applied;
  try {
    if (isInstallDue()) await step('installing packages', install);
    await step(`backing up to ${file}`, () => makeBackup(dataDir, file));
    applied = await upgraded(dataDir, file);
  } finally {
    lock.giveBack();
  }
  console.log(
    applied.length === 0 ? 'The database was up to date.' : `Applied and checked ${applied.join(', ')}.`,
  );
  console.log(`Start with npm start. To go back: the old version, and npm run restore -- --from ${file}.`);
});

/** Builds and migrates. Throws CannotStart that says how to go back. Returns what was applied. */
async function upgraded(dataDir, file) {
  try {
    await step('building', () => isBuildDue() && build());
    return await step('bringing the database up to date', () => migrateStopped(dataDir));
  } catch (error) {
    throw new CannotStart(
      `The upgrade stopped (${error.message}): put the old version back, move ${dataDir} away and run npm run restore -- --from ${file}.`,
    );
  }
}

/** Migrates a stopped copy, and again, to see that nothing is left to do. Returns what was applied. */
async function migrateStopped(dataDir) {
  const { startPostgres } = await import('./embedded/postgres.mjs');
  const { migrate } = await import('./migrate.mjs');
  const secrets = secretsOf(dataDir);
  const server = await startPostgres({ dataDir: path.join(dataDir, 'postgres'), password: secrets.postgres });
  try {
    const url = server.url('tallystick_owner', secrets.tallystick_owner, 'tallystick');
    const applied = await migrate(url);
    if ((await migrate(url)).length > 0) throw new Error('a migration did not stay applied');
    return applied;
  } finally {
    await server.stop();
  }
}
