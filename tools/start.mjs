// npm start: installs, starts the embedded PostgreSQL, migrates, builds, loads the demo world on first run, serves.
// npm start -- --empty starts without the demo world; --port N or PORT chooses the port.
import './start/help.mjs';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endAll } from './embedded/watched.mjs';
import { install, isInstallDue, ROOT } from './install.mjs';
import { build, isBuildDue } from './start/build.mjs';
import { finishDemoWorld, forgetHalfWorld, loadDemoWorld, mustHaveItsRail } from './start/demo.mjs';
import { INSTALL_MB, mustHaveRoom, NEW_DATA_MB, OLD_DATA_MB } from './start/disk.mjs';
import { takeLock } from './start/lock.mjs';
import { answer, mustBeFree } from './start/ports.mjs';
import { whenNpmEnds } from './start/npm.mjs';
import { Processes } from './start/processes.mjs';
import { elapsed, step } from './start/say.mjs';
import { secretsOf } from './start/secrets.mjs';
import { sentenceOf } from './start/sentences.mjs';
import { readSettings } from './start/settings.mjs';
import { command, printSignIns } from './start/words.mjs';

/** The skills and occupations that the product ships. */
const OWN_TAXONOMY = path.join(ROOT, 'prisma/seed/taxonomy/taxonomy.json');

const stops = [];
let isStopping = false;
let settings;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));
whenNpmEnds(() => void stop(0));

try {
  await main();
} catch (error) {
  if (!isStopping) console.error(`\n${sentenceOf(error, settings)}`);
  await stop(1);
}

async function main() {
  settings = readSettings();
  const { port, host, dataDir, isEmpty } = settings;
  mustHaveItsRail(settings);
  const lock = takeLock(dataDir);
  stops.unshift(lock.giveBack);
  forgetHalfWorld(dataDir);
  await mustBeFree(port, host, lock.isLeftOver);
  mustHaveRoom(dataDir, existsSync(path.join(dataDir, 'made.json')) ? OLD_DATA_MB : NEW_DATA_MB);
  console.log('Tallystick starts.');
  if (isInstallDue()) {
    mustHaveRoom(ROOT, INSTALL_MB);
    await next('installing packages', install);
  }
  const database = await next('starting the database', () => startDatabase(dataDir));
  const { migrate } = await import('./migrate.mjs');
  await next('bringing the database up to date', () => migrate(database.owner));
  if (isBuildDue()) await next('building', build);
  const environment = await environmentOf(settings, database);
  const isFirst = !existsSync(path.join(dataDir, 'made.json'));
  // A server that somebody names is theirs: the demo world is in the embedded database only.
  const isDemo =
    isFirst &&
    !isEmpty &&
    database.superuser !== undefined &&
    !existsSync(path.join(dataDir, 'sign-ins.json'));
  if (isDemo) await next('loading the demo world', () => loadDemoWorld(dataDir, database.superuser));
  if (isFirst)
    await next('loading skills and occupations', () =>
      command('import-taxonomy.js', environment, { args: ['--own', OWN_TAXONOMY] }),
    );
  if (isDemo) await next('finishing the demo world', () => finishDemoWorld(dataDir, environment));
  await next('starting API, worker and sandbox rail', () => serve(environment));
  if (isFirst) writeFileSync(path.join(dataDir, 'made.json'), JSON.stringify({ isEmpty }));
  console.log(`\nReady in ${elapsed()} s: http://${host}:${port}\n`);
  printSignIns(dataDir);
  if (!existsSync(path.join(dataDir, 'sign-ins.json')))
    await command('first-admin.js', environment, { mayFail: true });
  console.log('\nCtrl-C stops everything.');
}

/** One step of the start. Once a stop is asked for nothing begins any more: the stop ends the process. */
async function next(name, work) {
  const result = isStopping ? undefined : await step(name, work);
  return isStopping ? new Promise(() => undefined) : result;
}

/** Starts the three processes and waits until those that can be asked answer. */
async function serve(environment) {
  const processes = new Processes(environment);
  stops.unshift(() => processes.stop());
  processes.keep('API', 'main.js');
  await answer(`http://${environment.HOST}:${environment.PORT}/health/ready`, () => processes.broken);
  processes.keep('worker', 'worker.js');
  processes.keep('sandbox rail', 'sandbox.js');
  await answer(`${environment.SANDBOX_URL}/health`, () => processes.broken);
  processes.isServing = true;
}

/** The embedded server, or the one that the environment names. */
async function startDatabase(dataDir) {
  if (process.env.DATABASE_URL)
    return {
      app: process.env.DATABASE_URL,
      owner: process.env.DATABASE_OWNER_URL,
      sandbox: process.env.SANDBOX_DATABASE_URL,
    };
  const { startPostgres } = await import('./embedded/postgres.mjs');
  const { prepareDatabase } = await import('./embedded/roles.mjs');
  const secrets = secretsOf(dataDir);
  const server = await startPostgres({ dataDir: path.join(dataDir, 'postgres'), password: secrets.postgres });
  stops.unshift(() => server.stop());
  await prepareDatabase(server.url('postgres', secrets.postgres, 'postgres'), 'tallystick', secrets);
  const url = (role) => server.url(role, secrets[role], 'tallystick');
  return {
    app: url('tallystick_app'),
    owner: url('tallystick_owner'),
    sandbox: url('tallystick_sandbox'),
    superuser: url('postgres'),
  };
}

async function environmentOf({ port, host, dataDir }, database) {
  const { freePort } = await import('./embedded/postgres.mjs');
  const sandboxPort = process.env.SANDBOX_PORT || (await freePort());
  return {
    ...process.env,
    NODE_ENV: process.env.NODE_ENV || 'production',
    HOST: host,
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: database.app,
    SANDBOX_DATABASE_URL: database.sandbox ?? '',
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_URL: `http://127.0.0.1:${sandboxPort}`,
    SANDBOX_SECRET: secretsOf(dataDir).sandbox,
  };
}

async function stop(code) {
  if (isStopping) return;
  isStopping = true;
  while (stops.length > 0) await stops.shift()();
  await endAll();
  process.exit(code);
}
