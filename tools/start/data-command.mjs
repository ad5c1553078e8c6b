// A command of the product on the data of this copy, for those who call it by hand: the product may run or not.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../embedded/cannot-start.mjs';
import { runningPort } from '../embedded/running.mjs';
import { runToEnd } from '../embedded/watched.mjs';
import { install, isInstallDue, ROOT } from '../install.mjs';
import { build, isBuildDue } from './build.mjs';
import { takeLock } from './lock.mjs';
import { step } from './say.mjs';
import { secretsOf } from './secrets.mjs';

/**
 * Runs a compiled command with the database of DATABASE_URL, else the one that runs here, else the one that lies here,
 * which is started for it and stopped after. Returns the command's exit code.
 * Throws CannotStart where there is no data yet.
 */
export async function dataCommand(file, args) {
  const dataDir = path.resolve(process.env.DATA_DIR || path.join(ROOT, '.data'));
  if (!process.env.DATABASE_URL && !existsSync(path.join(dataDir, 'made.json')))
    throw new CannotStart(
      `There is no data in ${dataDir} yet: run npm start once, or set DATA_DIR or DATABASE_URL, and run this again.`,
    );
  if (isInstallDue()) await step('installing packages', install);
  const run = async (databaseUrl) => {
    const { status } = await runToEnd(
      process.execPath,
      [path.join(ROOT, 'apps/api/dist/cli', file), ...args],
      {
        cwd: ROOT,
        env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
        output: 'inherit',
      },
    );
    return status;
  };
  const port = runningPort(dataDir);
  if (!process.env.DATABASE_URL && port === undefined) return onStoppedData(dataDir, run);
  if (isBuildDue()) await step('building', build);
  return run(process.env.DATABASE_URL || urlAt(dataDir, port));
}

async function onStoppedData(dataDir, run) {
  const lock = takeLock(dataDir);
  try {
    if (isBuildDue()) await step('building', build);
    const { startPostgres } = await import('../embedded/postgres.mjs');
    const { postgres: password } = secretsOf(dataDir);
    const server = await startPostgres({ dataDir: path.join(dataDir, 'postgres'), password });
    try {
      return await run(urlAt(dataDir, server.port));
    } finally {
      await server.stop();
    }
  } finally {
    lock.giveBack();
  }
}

const urlAt = (dataDir, port) =>
  `postgresql://tallystick_app:${encodeURIComponent(secretsOf(dataDir).tallystick_app)}@127.0.0.1:${port}/tallystick`;
