// npm start: installs, starts the embedded PostgreSQL, migrates, builds, loads the demo world on first run, serves.
// npm start -- --empty starts without the demo world; --port N or PORT chooses the port.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { install, isInstallDue, ROOT } from './install.mjs';
import { takeLock } from './start/lock.mjs';
import { Processes } from './start/processes.mjs';
import { elapsed, step } from './start/say.mjs';
import { CannotStart, readSettings } from './start/settings.mjs';

/** The skills and occupations that the product ships. */
const OWN_TAXONOMY = path.join(ROOT, 'prisma/seed/taxonomy/taxonomy.json');
const stops = [];
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));

try {
  await main();
} catch (error) {
  console.error(
    error instanceof CannotStart || error.constructor.name === 'CannotStart'
      ? `\n${error.message}`
      : `\nThe start failed: ${error.message}`,
  );
  await stop(1);
}

async function main() {
  const settings = readSettings();
  const { port, host, dataDir, isEmpty } = settings;
  await mustBeFree(port, host);
  stops.unshift(takeLock(dataDir));
  console.log('Tallystick starts.');
  if (isInstallDue()) await step('installing packages', () => install());
  const database = await step('starting the database', () => startDatabase(dataDir));
  const { migrate } = await import('./migrate.mjs');
  await step('bringing the database up to date', () => migrate(database.owner));
  await step('building', build);
  const environment = await environmentOf(settings, database);
  const isFirst = !existsSync(path.join(dataDir, 'made.json'));
  if (isFirst)
    await step('loading skills and occupations', () =>
      command('import-taxonomy.js', environment, { args: ['--own', OWN_TAXONOMY] }),
    );
  if (isFirst && !isEmpty && existsSync(path.join(ROOT, 'apps/api/dist/cli/seed-demo.js')))
    await step('making the demo world', () => command('seed-demo.js', environment));
  const processes = new Processes(environment);
  stops.unshift(() => processes.stop());
  processes.keep('sandbox rail', 'sandbox.js');
  processes.keep('API', 'main.js');
  processes.keep('worker', 'worker.js');
  await step('waiting until everything answers', () => ready(`http://${host}:${port}/health/ready`));
  if (isFirst) writeFileSync(path.join(dataDir, 'made.json'), JSON.stringify({ isEmpty }));
  console.log(`\nReady in ${elapsed()} s: http://${host}:${port}\n`);
  printSignIns(dataDir);
  if (!existsSync(path.join(dataDir, 'sign-ins.json')))
    command('first-admin.js', environment, { mayFail: true });
  console.log('\nCtrl-C stops everything.');
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
  const { prepareDatabase, ROLES } = await import('./embedded/roles.mjs');
  const secrets = secretsOf(dataDir, ['postgres', ...ROLES]);
  const server = await startPostgres({ dataDir: path.join(dataDir, 'postgres'), password: secrets.postgres });
  stops.unshift(() => server.stop());
  try {
    await prepareDatabase(server.url('postgres', secrets.postgres, 'postgres'), 'tallystick', secrets);
  } catch (error) {
    if (error.code === '28P01')
      throw new CannotStart(
        `The data in ${dataDir} belongs to another copy: its passwords (secrets.json) are not the ones here. Restore them, or move the folder away.`,
      );
    throw error;
  }
  const url = (role) => server.url(role, secrets[role], 'tallystick');
  return { app: url('tallystick_app'), owner: url('tallystick_owner'), sandbox: url('tallystick_sandbox') };
}

function secretsOf(dataDir, names) {
  const file = path.join(dataDir, 'secrets.json');
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const all = Object.fromEntries(
    [...names, 'sandbox'].map((name) => [name, known[name] ?? randomBytes(24).toString('base64url')]),
  );
  writeFileSync(file, JSON.stringify(all), { mode: 0o600 });
  return all;
}

function build() {
  const done = spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, encoding: 'utf8' });
  if (done.status !== 0)
    throw new CannotStart(
      `The product could not be built: ${`${done.stdout}${done.stderr}`.trim().split('\n').slice(-8).join('\n')}`,
    );
}

async function environmentOf({ port, host, dataDir }, database) {
  const { freePort } = await import('./embedded/postgres.mjs');
  const sandboxPort = await freePort();
  return {
    ...process.env,
    NODE_ENV: process.env.NODE_ENV ?? 'production',
    HOST: host,
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: database.app,
    SANDBOX_DATABASE_URL: database.sandbox ?? '',
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_URL: `http://127.0.0.1:${sandboxPort}`,
    SANDBOX_SECRET: secretsOf(dataDir, []).sandbox,
  };
}

function command(file, environment, { mayFail = false, args = [] } = {}) {
  const done = spawnSync(process.execPath, [path.join(ROOT, 'apps/api/dist/cli', file), ...args], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (done.status !== 0 && !mayFail)
    throw new CannotStart(
      `The command ${file} failed; what it said stands above. Start again: it goes on where it can.`,
    );
}

function printSignIns(dataDir) {
  const file = path.join(dataDir, 'sign-ins.json');
  if (!existsSync(file)) return;
  console.log('Sign in as:');
  for (const { who, email, password } of JSON.parse(readFileSync(file, 'utf8')))
    console.log(`  ${who.padEnd(12)} ${email}   ${password}`);
}

function mustBeFree(port, host) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is in use. Stop what uses it, or start with PORT=${port + 1} npm start.`
          : `Port ${port} on ${host} cannot be opened (${error.code}). Choose another with PORT or HOST.`;
      reject(new CannotStart(why));
    });
    probe.listen(port, host, () => probe.close(resolve));
  });
}

async function ready(url) {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await wait(100);
  }
  throw new CannotStart('The API did not answer within 60 seconds; what it said stands above.');
}

async function stop(code) {
  if (isStopping) return;
  isStopping = true;
  for (const each of stops) await each();
  process.exit(code);
}
