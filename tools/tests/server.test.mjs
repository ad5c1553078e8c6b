// What docker compose runs once: the migration, and the preparation of the product.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before } from 'node:test';
import pg from 'pg';
import { startPostgres } from '../embedded/postgres.mjs';
import { ROOT } from '../install.mjs';
import { BARE, describe, freshFolder, it } from './product.mjs';

const folder = freshFolder();
const run = (tool, env) =>
  spawnSync(process.execPath, [`tools/${tool}.mjs`], {
    cwd: ROOT,
    env: { ...BARE, ...env },
    encoding: 'utf8',
  });

describe('a server of one’s own', () => {
  let postgres;
  let environment;
  before(async () => {
    postgres = await startPostgres({ dataDir: path.join(folder, 'postgres'), isDurable: false });
    mkdirSync(path.join(folder, 'data'));
    environment = {
      DATABASE_URL: postgres.url('tallystick_app', '', 'tallystick'),
      DATA_DIR: path.join(folder, 'data'),
      PUBLIC_URL: 'https://tally.example.org',
      // As docker compose passes on what .env leaves out.
      SMTP_URL: '',
      STRIPE_SECRET_KEY: '',
      REVIEW_DAYS: '',
      LOG_LEVEL: '',
    };
  });
  after(async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is migrated, and needs its passwords for that', () => {
    const given = {
      SUPERUSER_URL: postgres.url('postgres', '', 'postgres'),
      OWNER_PASSWORD: 'owner-of-a-test',
      APP_PASSWORD: 'app-of-a-test',
      SANDBOX_PASSWORD: 'sandbox-of-a-test',
    };
    const refused = run('migrate-server', { ...given, APP_PASSWORD: '' });
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /^APP_PASSWORD is not set/);
    const done = run('migrate-server', given);
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stdout, /^Applied /);
  });

  it('gets skills and the link of its first admin', async () => {
    const done = run('prepare-server', environment);
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stdout, /loaded \d+ occupations/);
    assert.match(done.stdout, /First admin, .*: https:\/\/tally\.example\.org\/first-admin#\S+/);
    const client = new pg.Client({ connectionString: environment.DATABASE_URL });
    await client.connect();
    const { rows } = await client.query('SELECT count(*)::int AS concepts FROM taxonomy_concept');
    await client.end();
    assert.ok(rows[0].concepts > 100);
  });

  it('keeps its skills when it is prepared again, and gets a new link', () => {
    const done = run('prepare-server', environment);
    assert.equal(done.status, 0, done.stderr);
    assert.doesNotMatch(done.stdout, /loaded/);
    assert.match(done.stdout, /first-admin#/);
  });

  it('says in one sentence that its database does not answer', () => {
    const done = run('prepare-server', { ...environment, DATABASE_URL: 'postgresql://a@127.0.0.1:1/b' });
    assert.equal(done.status, 1);
    assert.match(done.stderr, /^The server is not prepared \(.*\)\.\n$/);
  });
});
