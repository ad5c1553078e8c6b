// A backup taken while the product runs gives the same product elsewhere.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { isShutDown } from '../embedded/postgres.mjs';
import { ROOT } from '../install.mjs';
import { BARE, describe, freshFolder, it, leftOver, startProduct, until } from './product.mjs';

const folder = freshFolder();
const at = (name) => path.join(folder, name);
const run = (tool, ...args) =>
  spawnSync(process.execPath, [`tools/${tool}.mjs`, ...args], { cwd: ROOT, env: BARE, encoding: 'utf8' });
const oneSentence = ({ status, stderr }) => {
  assert.notEqual(status, 0);
  assert.equal(stderr.trim().split('\n').length, 1, stderr);
  return stderr.trim();
};

/** What is in a running copy: its people, the journal of their sign-up, its skills and occupations. */
async function census(dataDir) {
  const [, , , port] = readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n');
  const { postgres } = JSON.parse(readFileSync(path.join(dataDir, 'secrets.json'), 'utf8'));
  const client = new pg.Client({
    connectionString: `postgresql://postgres:${postgres}@127.0.0.1:${port}/tallystick`,
  });
  await client.connect();
  const { rows } = await client.query(
    `SELECT (SELECT string_agg(email, ',' ORDER BY email) FROM account) AS people,
            (SELECT count(*) FROM journal_entry WHERE command = 'sign-up') AS signed_up,
            (SELECT count(*) FROM taxonomy_concept) AS concepts`,
  );
  await client.end();
  return rows[0];
}

async function signUp(port, email) {
  const query = 'mutation S($input: SignUpInput!) { signUp(input: $input) }';
  const reply = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query,
      variables: { input: { email, password: 'correct horse battery', name: 'A B', timeZone: 'UTC' } },
    }),
  });
  return reply.text();
}

describe('a backup', () => {
  let product;
  let known;
  after(() => rmSync(folder, { recursive: true, force: true }));
  before(async () => {
    product = await startProduct({ dataDir: at('data') });
    await until(product, /Ctrl-C stops everything/);
  });

  it('is made while the product runs, and holds what was there', async () => {
    assert.match(await signUp(product.port, 'first@example.org'), /"signUp":true/);
    known = await census(at('data'));
    assert.equal(known.people, 'first@example.org');
    const done = run('backup', '--out', at('one.tar.gz'), '--data-dir', at('data'));
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stdout, /Backed up \d+ files/);
    assert.equal(statSync(at('one.tar.gz')).mode & 0o777, 0o600);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('.part-')),
      [],
    );
  });

  it('takes more skills from a list, running or not, and refuses a bad one', async () => {
    const list = path.join(ROOT, 'prisma/seed/taxonomy/taxonomy.json');
    const loadInto = (dataDir, ...args) =>
      spawnSync(process.execPath, ['tools/import-taxonomy.mjs', ...args], {
        cwd: ROOT,
        env: { ...BARE, DATA_DIR: dataDir },
        encoding: 'utf8',
      });
    const load = (...args) => loadInto(at('data'), ...args);
    const done = load('--own', list);
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stdout, /loaded \d+ /);
    assert.match(load('--esco', at('nowhere')).stderr, /nowhere[^]*Nothing was changed/);
    product.child.kill('SIGTERM');
    assert.equal(await product.ended, 0);
    assert.equal(load('--own', list).status, 0);
    assert.deepEqual(await leftOver(at('data')), []);
    product = await startProduct({ dataDir: at('data') });
    await until(product, /Ready in/);
    assert.deepEqual(await census(at('data')), known);
    assert.match(
      oneSentence(loadInto(at('nowhere'), '--own', list)),
      /There is no data in .*run npm start once/,
    );
  });

  it('is not written over another file', () => {
    assert.match(
      oneSentence(run('backup', '--out', at('one.tar.gz'), '--data-dir', at('data'))),
      /is there already/,
    );
  });

  it('is refused where the data folder is not empty, or is the one that runs', () => {
    const sentence = oneSentence(run('restore', '--from', at('one.tar.gz'), '--data-dir', at('data')));
    assert.match(sentence, /is not empty: move it away/);
  });

  it('is not made by an upgrade while the product runs, which is refused first', () => {
    assert.match(
      oneSentence(run('upgrade', '--data-dir', at('data'), '--backup', at('vain.tar.gz'))),
      /^Another copy runs on .*: stop it/,
    );
    assert.equal(existsSync(at('vain.tar.gz')), false);
    assert.equal(readFileSync(at('data/running.pid'), 'utf8'), String(product.child.pid));
  });

  it('leaves nothing where its restoring is broken off', async () => {
    const args = ['tools/restore.mjs', '--from', at('one.tar.gz'), '--data-dir', at('broken-off')];
    const child = spawn(process.execPath, args, { cwd: ROOT, env: BARE, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const control = at(`broken-off.restoring-${child.pid}/postgres/postmaster.pid`);
    while (!existsSync(control) && child.exitCode === null) await wait(5);
    child.kill('SIGINT');
    assert.equal(await ended, 1);
    assert.deepEqual(await leftOver(at('broken-off')), []);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('broken-off')),
      [],
    );
  });

  it('is refused when it was damaged, and nothing is written', () => {
    const bytes = readFileSync(at('one.tar.gz'));
    bytes[Math.floor(bytes.length / 2)] ^= 255;
    writeFileSync(at('damaged.tar.gz'), bytes);
    assert.match(
      oneSentence(run('restore', '--from', at('damaged.tar.gz'), '--data-dir', at('nowhere'))),
      /cannot be used/,
    );
    assert.equal(existsSync(at('nowhere')), false);
  });

  it('is refused when one file in it was changed', () => {
    spawnSync(
      'sh',
      [
        '-c',
        `mkdir x && tar -xzf one.tar.gz -C x && echo >> x/secrets.json && tar -czf changed.tar.gz -C x .`,
      ],
      {
        cwd: folder,
      },
    );
    assert.match(
      oneSentence(run('restore', '--from', at('changed.tar.gz'), '--data-dir', at('nowhere'))),
      /secrets\.json is not what was backed up/,
    );
    assert.equal(existsSync(at('nowhere')), false);
  });

  it('is the same product in another place', async () => {
    const done = run('restore', '--from', at('one.tar.gz'), '--data-dir', at('elsewhere'));
    assert.equal(done.status, 0, done.stderr);
    // Nothing is left to play: a first start that is broken off breaks nothing.
    assert.equal(existsSync(at('elsewhere/postgres/backup_label')), false);
    assert.equal(isShutDown(at('elsewhere/postgres')), true);
    const brokenOff = await startProduct({ dataDir: at('elsewhere') });
    await until(brokenOff, /starting the database …/);
    brokenOff.child.kill('SIGINT');
    assert.equal(await brokenOff.ended, 0);
    const again = await startProduct({ dataDir: at('elsewhere') });
    await until(again, /Ready in/);
    assert.deepEqual(await census(at('elsewhere')), known);
    again.child.kill('SIGTERM');
    assert.equal(await again.ended, 0);
    product.child.kill('SIGTERM');
    assert.equal(await product.ended, 0);
    assert.deepEqual(await leftOver(folder), []);
  });

  it('is taken by an upgrade of a stopped copy, which then has nothing left to migrate', () => {
    const done = run('upgrade', '--data-dir', at('elsewhere'), '--backup', at('before.tar.gz'));
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stdout, /The database was up to date\./);
    assert.equal(existsSync(at('before.tar.gz')), true);
  });

  it('names what is wrong with its arguments', () => {
    assert.match(oneSentence(run('backup')), /--out is missing/);
    assert.match(oneSentence(run('restore', '--form', 'x')), /--form/);
    assert.match(oneSentence(run('restore', '--from', at('none'))), /is not there: name the backup/);
  });
});
