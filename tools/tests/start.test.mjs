// What npm start does when something is wrong, and what it leaves behind: nothing.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, before } from 'node:test';
import { ROOT } from '../install.mjs';
import { BARE, describe, freshFolder, it, leftOver, startProduct, until } from './product.mjs';

const folders = [];
const folder = () => folders[folders.push(freshFolder()) - 1];
after(() => folders.forEach((each) => rmSync(each, { recursive: true, force: true })));

/** Starts, expects an end with one sentence, a code that is not 0 and nothing left. Returns the sentence. */
async function refused(options) {
  const product = await startProduct(options);
  const code = await product.ended;
  const lines = product
    .complained()
    .split('\n')
    .filter((line) => line.trim() !== '');
  assert.equal(lines.length, 1, product.said() + product.complained());
  assert.notEqual(code, 0);
  assert.deepEqual(await leftOver(product.dataDir), []);
  return lines[0];
}

describe('a start that cannot be', () => {
  const settings = JSON.parse(readFileSync(path.join(ROOT, 'apps/api/settings.json'), 'utf8'));
  const bad = ({ type, enum: values, pattern, format, minLength }) => {
    if (type === 'integer' || values || format || pattern) return 'nonsense';
    return minLength > 1 ? 'x' : undefined;
  };
  for (const [name, setting] of Object.entries(settings)) {
    const value = bad(setting);
    if (value === undefined) continue;
    it(`names the setting ${name} when it is bad, before anything is made`, async () => {
      const dataDir = path.join(folder(), 'data');
      const sentence = await refused({ dataDir, env: { [name]: value } });
      assert.match(
        sentence,
        new RegExp(`^The setting ${name} \\(.*which is not .*correct it and start again\\.$`),
      );
      assert.equal(existsSync(dataDir), false);
    });
  }

  it('says which settings are no longer read and what to do instead, and goes on', async () => {
    const env = { PAYOUT_MINIMUM_MINOR: '500', REVIEW_DAYS: 'nonsense' };
    const product = await startProduct({ dataDir: folder(), env });
    await product.ended;
    assert.match(
      product.said(),
      /^The setting PAYOUT_MINIMUM_MINOR is no longer read: set PAYOUT_MINIMUM instead, .*take this one away\.$/m,
    );
    assert.match(product.complained(), /^The setting REVIEW_DAYS /m);
  });

  it('names an unknown argument', async () => {
    assert.match(
      await refused({ dataDir: folder(), args: ['--emtpy'] }),
      /--emtpy.*use npm start -- \[--empty\]/,
    );
  });

  it('names a port that is no port', async () => {
    assert.match(await refused({ dataDir: folder(), args: ['--port', '70000'] }), /PORT .*from 1 to 65535/);
  });

  for (const [name, value] of [
    ['REVIEW_DAYS', '0x3'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
  ])
    it(`takes no ${value} for ${name}`, async () => {
      assert.match(await refused({ dataDir: folder(), env: { [name]: value } }), /which is not .*correct it/);
    });

  it('shows nothing of a secret', async () => {
    const sentence = await refused({ dataDir: folder(), env: { STRIPE_SECRET_KEY: 'pk_live_hidden' } });
    assert.doesNotMatch(sentence, /pk_|hidden/);
  });

  it('names a port that no browser opens', async () => {
    assert.match(await refused({ dataDir: folder(), args: ['--port', '6000'] }), /Browsers .* port 6000/);
  });

  it('says at once that the demo world needs the sandbox rail', async () => {
    const dataDir = path.join(folder(), 'data');
    const sentence = await refused({ dataDir, args: [], env: { STRIPE_SECRET_KEY: 'sk_test_1' } });
    assert.match(sentence, /demo world needs the sandbox rail.*--empty, or unset STRIPE_SECRET_KEY/);
    assert.equal(existsSync(dataDir), false);
  });

  it('names the other role when only one address of a database is set', async () => {
    const env = { DATABASE_URL: 'postgresql://a@127.0.0.1:1/b' };
    assert.match(await refused({ dataDir: folder(), env }), /DATABASE_OWNER_URL is not: set it/);
  });

  it('says that the database does not answer', async () => {
    const url = 'postgresql://a@127.0.0.1:1/b';
    const env = { DATABASE_URL: url, DATABASE_OWNER_URL: url, SANDBOX_DATABASE_URL: url };
    assert.match(
      await refused({ dataDir: folder(), env }),
      /does not let the product in.*check that the server/,
    );
  });

  it('says that the port is in use', async () => {
    const server = createServer();
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = server.address().port;
    const sentence = await refused({ dataDir: folder(), env: { PORT: String(port) } });
    await new Promise((resolve) => server.close(resolve));
    assert.match(sentence, new RegExp(`^Port ${port} is in use: stop what uses it`));
  });

  it('says that an address is not of this machine', async () => {
    assert.match(await refused({ dataDir: folder(), env: { HOST: '192.0.2.1' } }), /set HOST to an address/);
  });

  it('leaves a folder of somebody else alone', async () => {
    const dataDir = folder();
    writeFileSync(path.join(dataDir, 'letter.txt'), 'mine');
    assert.match(await refused({ dataDir }), /holds something else \(letter\.txt\): set DATA_DIR/);
    assert.deepEqual(readdirSync(dataDir), ['letter.txt']);
  });

  it('takes no folder for its own by a name in it, and writes nothing there', async () => {
    const dataDir = folder();
    for (const name of ['files', 'keys', 'postgres']) {
      mkdirSync(path.join(dataDir, name));
      writeFileSync(path.join(dataDir, name, 'thesis.txt'), 'mine');
    }
    writeFileSync(path.join(dataDir, 'secrets.json'), '{"mine":1}');
    const before = readdirSync(dataDir, { recursive: true });
    assert.match(await refused({ dataDir }), /holds something else \(files\): set DATA_DIR/);
    assert.deepEqual(readdirSync(dataDir, { recursive: true }), before);
  });

  it('says that a folder is not PostgreSQL', async () => {
    const dataDir = folder();
    writeFileSync(path.join(dataDir, 'made.json'), '{"isEmpty":true}');
    mkdirSync(path.join(dataDir, 'postgres'));
    writeFileSync(path.join(dataDir, 'postgres/notes'), 'mine');
    assert.match(await refused({ dataDir }), /is not a PostgreSQL data folder: move it away/);
  });

  it('says that data is of another PostgreSQL', async () => {
    const dataDir = folder();
    mkdirSync(path.join(dataDir, 'postgres'));
    writeFileSync(path.join(dataDir, 'postgres/PG_VERSION'), '15\n');
    writeFileSync(path.join(dataDir, 'secrets.json'), '{}');
    assert.match(await refused({ dataDir }), /of PostgreSQL 15 and this product runs 18: restore a backup/);
  });

  it('says that the disk is full', async (test) => {
    const dataDir = folder();
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', dataDir], {
      encoding: 'utf8',
    });
    if (mounted.status !== 0) return test.skip(`no small disk can be mounted here: ${mounted.stderr}`);
    try {
      assert.match(await refused({ dataDir }), /^The disk is full: .*free some space and start again/);
    } finally {
      spawnSync('umount', [dataDir]);
    }
  });
});

describe('a start on data that is there', () => {
  let dataDir;
  let first;
  const copy = () => {
    const target = folder();
    cpSync(dataDir, target, { recursive: true });
    rmSync(path.join(target, 'running.pid'), { force: true });
    return target;
  };
  const stop = async (product) => {
    product.child.kill('SIGTERM');
    assert.equal(await product.ended, 0);
    assert.deepEqual(await leftOver(product.dataDir), []);
  };

  before(async () => {
    dataDir = folder();
    first = await startProduct({ dataDir });
    await until(first, /Ctrl-C stops everything/);
  });

  it('is refused while another copy runs', async () => {
    const second = await startProduct({ dataDir });
    assert.notEqual(await second.ended, 0);
    assert.match(second.complained().trim(), /^Another copy runs on .* already \(process \d+\): stop it/);
    assert.equal((await fetch(`http://127.0.0.1:${first.port}/health/ready`)).status, 200);
  });

  it('has shown its steps though nobody looks at a terminal', () => {
    for (const step of ['starting the database', 'bringing the database up to date', 'starting API'])
      assert.match(first.said(), new RegExp(`${step}.* …\n[^]*${step}.*: done in`));
    assert.match(first.said(), /first-admin#/);
  });

  it('stops with nothing left, and starts again on the same data', async () => {
    const secrets = readFileSync(path.join(dataDir, 'secrets.json'), 'utf8');
    await stop(first);
    const again = await startProduct({ dataDir });
    await until(again, /Ready in/);
    console.log(/Ready in [\d.]+ s/.exec(again.said())[0], 'the second time');
    assert.doesNotMatch(again.said(), /loading skills|installing|building/);
    assert.equal(readFileSync(path.join(dataDir, 'secrets.json'), 'utf8'), secrets);
    await stop(again);
  });

  it('ends with all its children when it is killed, and starts again at once', async () => {
    const product = await startProduct({ dataDir });
    await until(product, /Ready in/);
    product.child.kill('SIGKILL');
    const again = await startProduct({ dataDir, env: { PORT: String(product.port) } });
    await until(again, /Ready in/);
    await stop(again);
  });

  for (const [name, phrase] of [
    ['the database starts', /starting the database …/],
    ['the database is brought up to date', /up to date …/],
    ['API, worker and rail start', /sandbox rail …/],
  ])
    it(`stops cleanly while ${name}, and the next start works`, async () => {
      const target = folder();
      const product = await startProduct({ dataDir: target });
      await until(product, phrase);
      await stop(product);
      const again = await startProduct({ dataDir: target });
      await until(again, /Ready in/);
      await stop(again);
    });

  it('stops cleanly while it builds, and the next start builds what is not built', async () => {
    const stamp = path.join(ROOT, 'node_modules/.tallystick-build');
    rmSync(stamp, { force: true });
    const product = await startProduct({ dataDir });
    await until(product, /building …/);
    await stop(product);
    // A build that was quicker than the signal is whole, and is not made twice.
    const isBuilt = existsSync(stamp);
    const again = await startProduct({ dataDir });
    await until(again, /Ready in/);
    assert.equal(/building: done/.test(again.said()), !isBuilt);
    await stop(again);
  });

  it('says that the passwords are of another copy', async () => {
    const target = copy();
    const other = JSON.parse(readFileSync(path.join(target, 'secrets.json'), 'utf8'));
    writeFileSync(path.join(target, 'secrets.json'), JSON.stringify({ ...other, postgres: 'other' }));
    assert.match(await refused({ dataDir: target }), /belongs to another copy.*move the folder away/);
  });

  it('says that the secrets are missing, and makes none', async () => {
    const target = copy();
    rmSync(path.join(target, 'secrets.json'));
    assert.match(await refused({ dataDir: target }), /no readable secrets\.json/);
    assert.equal(existsSync(path.join(target, 'secrets.json')), false);
  });

  for (const file of ['global/pg_control', 'pg_wal', 'global/pg_filenode.map', 'postgresql.conf'])
    it(`says that the data is damaged where ${file} is`, async () => {
      const target = copy();
      const place = path.join(target, 'postgres', file);
      if (file === 'pg_wal') rmSync(place, { recursive: true });
      else truncateSync(place, file === 'postgresql.conf' ? 0 : 10);
      if (file === 'postgresql.conf') writeFileSync(place, 'nonsense = [');
      assert.match(
        await refused({ dataDir: target }),
        /may be damaged \(.*\): move that folder away, restore/,
      );
    });
});

describe('a stop while packages are installed', () => {
  it('leaves nothing running', async () => {
    const root = folder();
    const files = spawnSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).stdout.split('\0');
    for (const file of files.filter((name) => name && existsSync(path.join(ROOT, name))))
      cpSync(path.join(ROOT, file), path.join(root, file), { recursive: true });
    const product = await startProduct({ dataDir: path.join(root, '.data'), root });
    await until(product, /installing packages …/);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    product.child.kill('SIGINT');
    assert.equal(await product.ended, 0);
    assert.deepEqual(await leftOver(root), []);
  });
});

describe('npm start', () => {
  it('ends with npm, though npm is killed', async () => {
    const dataDir = folder();
    const port = '4193';
    const npm = spawn('npm', ['start', '--', '--empty', '--port', port], {
      cwd: ROOT,
      env: { ...BARE, DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    npm.stdout.on('data', (text) => (said += text));
    for (let tries = 0; !/starting the database …/.test(said) && tries < 2400; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    npm.kill('SIGKILL');
    const left = await leftOver(dataDir);
    for (const each of left) process.kill(Number(each.split(' ')[0]), 'SIGTERM');
    assert.deepEqual(left, []);
  });
});
