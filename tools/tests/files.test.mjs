// Commands that write a file write over a file only, and leave what they only read as it is.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { after } from 'node:test';
import { ROOT } from '../install.mjs';
import { BARE, describe, freshFolder, it } from './product.mjs';

const folder = freshFolder();
const at = (name) => path.join(folder, name);
after(() => rmSync(folder, { recursive: true, force: true }));
const run = (program, ...args) =>
  spawnSync(process.execPath, [program, ...args], {
    cwd: ROOT,
    env: { ...BARE, DATABASE_URL: 'postgresql://a@127.0.0.1:1/b', DATA_DIR: folder },
    encoding: 'utf8',
  });

/** Ends with one sentence that names the argument, and writes nothing. */
function refused(done, expected) {
  assert.equal(done.status, 2, done.stderr);
  // On a slow machine it says before that what it is doing.
  const said = done.stderr
    .trim()
    .split('\n')
    .filter((line) => !/^\d+\.\d s: /.test(line));
  assert.equal(said.length, 1, done.stderr);
  assert.match(said[0], expected);
}

mkdirSync(at('folder'));
writeFileSync(at('people.jsonl'), '{"id":"p","headline":"Cardiologist"}\n');
writeFileSync(at('work.jsonl'), '{"id":"w","title":"Cardiologist"}\n');
spawnSync('mkfifo', [at('pipe')]);

describe('npm run rank', () => {
  const rank = (out, ...more) =>
    run(
      'tools/rank.mjs',
      ...['--experts', at('people.jsonl'), '--openings', at('work.jsonl'), '--out', out],
      ...more,
    );

  it('writes over a file, through a link too', () => {
    writeFileSync(at('run.txt'), 'old');
    symlinkSync(at('run.txt'), at('link.txt'));
    const done = rank(at('link.txt'));
    assert.equal(done.status, 0, done.stderr);
    assert.match(readFileSync(at('run.txt'), 'utf8'), /^w Q0 p 1 /);
  });

  it('refuses what is no file, and leaves it', () => {
    for (const name of ['folder', 'pipe']) refused(rank(at(name)), /^--out: .* is no file/);
    assert.equal(statSync(at('pipe')).isFIFO(), true);
    refused(rank(at('nowhere/run.txt')), /^--out: .* cannot be written \(ENOENT\)/);
  });

  it('refuses to write over what it reads, or two things to one file, before it reads anything', () => {
    const before = readFileSync(at('people.jsonl'), 'utf8');
    symlinkSync(at('people.jsonl'), at('people-too.jsonl'));
    for (const name of ['people.jsonl', 'people-too.jsonl'])
      refused(rank(at(name)), /^--out: .* is the file of --experts/);
    refused(rank(at('work.jsonl')), /^--out: .* is the file of --openings/);
    refused(rank(at('new.txt'), '--explain', at('folder/../new.txt')), /^--out: .* is the file of --explain/);
    refused(rank(at('new.txt'), '--explain', at('work.jsonl')), /^--explain: .* is the file of --openings/);
    assert.equal(readFileSync(at('people.jsonl'), 'utf8'), before);
    assert.equal(existsSync(at('new.txt')), false);
  });

  it('names the line of a time zone that there is not, and of what is not UTF-8', () => {
    const experts = (name) =>
      run('tools/rank.mjs', '--experts', at(name), '--openings', at('work.jsonl'), '--out', at('none.txt'));
    const schedule = { timeZone: 'Mars/Phobos', days: [1], fromMinute: 540, toMinute: 1020 };
    writeFileSync(at('mars.jsonl'), `{"id":"a"}\n${JSON.stringify({ id: 'p', schedule })}\n`);
    refused(experts('mars.jsonl'), /mars\.jsonl, line 2: timeZone is no time zone: "Mars\/Phobos"/);
    writeFileSync(
      at('latin.jsonl'),
      Buffer.from('{"id":"a"}\n{"id":"p","headline":"Caf\u00e9"}\n', 'latin1'),
    );
    refused(experts('latin.jsonl'), /^--experts: .*latin\.jsonl, line 2: this is not UTF-8/);
  });

  it('builds nothing that is built, so that the next start does not either', () => {
    const file = path.join(ROOT, 'packages/matching/dist/index.js');
    const { mtimeMs } = statSync(file);
    assert.equal(rank(at('again.txt')).status, 0);
    assert.equal(statSync(file).mtimeMs, mtimeMs);
  });
});

describe('npm run match:seats', () => {
  const seats = (file, out, ...more) =>
    run('tools/match-seats.mjs', ...['--affinity', file, '--out', out], ...more);
  const limits = ['--per-opening', '3', '--per-expert', '4'];
  const given = [
    process.env.MIDL_SCORES,
    ...['..', '../..', '../../..'].map((up) =>
      path.join(ROOT, up, 'shared/data/midl-assignment/midl_scores.csv'),
    ),
  ];
  const scores = given.find((file) => file !== undefined && existsSync(file));
  const skip = scores === undefined && 'the affinities of MIDL are not here: set MIDL_SCORES to their file';
  if (skip) console.log(`Skipped: ${skip}`);

  it('reaches the best total and worst paper known on the affinities of a real conference', { skip }, () => {
    const done = seats(scores, at('seats.csv'), ...limits);
    assert.equal(done.status, 0, done.stderr);
    const said = JSON.parse(done.stdout);
    assert.ok(said.total >= 201.7687 && said.worst >= 0.9448, done.stdout);
    const table = readFileSync(scores, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(',').map(Number));
    const [header, ...rows] = readFileSync(at('seats.csv'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    assert.deepEqual(header, ['opening', 'expert', 'score']);
    assert.equal(new Set(rows.map(([opening, expert]) => `${opening} ${expert}`)).size, 354);
    const loads = { opening: new Map(), expert: new Map() };
    let total = 0;
    for (const [opening, expert, score] of rows) {
      assert.equal(Number(score), table[expert][opening]);
      total += Number(score);
      loads.opening.set(opening, (loads.opening.get(opening) ?? 0) + 1);
      loads.expert.set(expert, (loads.expert.get(expert) ?? 0) + 1);
    }
    assert.ok([...loads.opening.values()].every((seats) => seats === 3) && loads.opening.size === 118);
    assert.ok([...loads.expert.values()].every((seats) => seats <= 4));
    assert.ok(Math.abs(total - said.total) < 1e-5);
  });

  it('names the line that it cannot read, and writes nothing', () => {
    writeFileSync(at('bad.csv'), 'paper,reviewer,score\np,r,0.5\np,s,high\n');
    refused(
      seats(at('bad.csv'), at('none.csv'), ...limits),
      /bad\.csv, line 3: the score, its third cell, is no number: "high"/,
    );
    refused(seats(at('missing.csv'), at('none.csv'), ...limits), /^--affinity: .* cannot be read \(ENOENT\)/);
    refused(seats(at('bad.csv'), at('folder'), ...limits), /^--out: .* is no file/);
    refused(seats(at('bad.csv'), at('none.csv')), /^--per-opening is missing/);
    refused(
      seats(at('bad.csv'), at('none.csv'), '--per-opening', '0', '--per-expert', '1'),
      /^--per-opening: give a whole number/,
    );
    writeFileSync(at('good.csv'), 'paper,reviewer,score\np,r,0.5\n');
    refused(
      seats(at('good.csv'), at('none.csv'), ...limits, '--largest-share', '20'),
      /^--largest-share: that share .* less than one seat/,
    );
    writeFileSync(at('latin.csv'), Buffer.from('paper,reviewer,score\np,Andr\u00e9,0.5\n', 'latin1'));
    refused(seats(at('latin.csv'), at('none.csv'), ...limits), /latin\.csv, line 2: this is not UTF-8/);
    assert.equal(existsSync(at('none.csv')), false);
  });

  it('refuses to write over what it reads, through a link too', () => {
    writeFileSync(at('kept.csv'), 'paper,reviewer,score\np,r,0.5\n');
    symlinkSync(at('kept.csv'), at('kept-too.csv'));
    linkSync(at('kept.csv'), at('kept-three.csv'));
    for (const name of ['kept.csv', 'kept-too.csv', 'kept-three.csv'])
      refused(seats(at('kept.csv'), at(name), ...limits), /^--out: .* is the file of --affinity/);
    assert.equal(readFileSync(at('kept.csv'), 'utf8'), 'paper,reviewer,score\np,r,0.5\n');
  });

  it('ends at its time with the best that was found, and says so', () => {
    const lines = Array.from({ length: 30 * 40 }, (_, pair) => {
      const [opening, expert] = [pair % 30, Math.floor(pair / 30)];
      return `o${opening},e${expert},${((opening * 7919 + expert * 104729 + opening * expert * 1299) % 9973) / 9973}`;
    });
    writeFileSync(at('more-seats.csv'), lines.join('\n'));
    const few = ['--per-opening', '3', '--per-expert', '1', '--seconds', '2'];
    const done = seats(at('more-seats.csv'), at('soon.csv'), ...few);
    assert.equal(done.status, 0, done.stderr);
    const said = JSON.parse(done.stdout);
    assert.equal(said.isProven, false);
    assert.ok(said.seconds < 10, done.stdout);
    assert.match(
      done.stderr,
      /The search ended after \d\.\d of 2 s: this is the best that was found, not proven/,
    );
    assert.match(done.stderr, /s: how well off the worst opening can be at most|the floor is between/);
    assert.ok(readFileSync(at('soon.csv'), 'utf8').split('\n').length > 20);
  });
});

describe('npm run export:matching', () => {
  const write = (experts, openings) =>
    run('apps/api/dist/cli/export-matching.js', '--experts', experts, '--openings', openings);

  it('refuses what cannot be written before it reads anything, and leaves nothing', () => {
    refused(write(at('experts'), at('folder')), /^--openings: .* is no file/);
    refused(write(at('nowhere/experts'), at('openings')), /^--experts: .* cannot be written \(ENOENT\)/);
    assert.deepEqual(
      readdirSync(folder).filter((name) => /experts|openings|part/.test(name)),
      [],
    );
  });
});

describe('npm run export:ledger', () => {
  const write = (...args) => run('apps/api/dist/cli/export-ledger.js', ...args);

  it('refuses a format or a file that it cannot write, and leaves nothing', () => {
    for (const [args, expected] of [
      [['--format', 'gnucash', '--out', at('book')], /^--format: name one of hledger, ledger, beancount\./],
      [['--format', 'hledger'], /^--out: name a file\./],
      [['--format', 'hledger', '--out', at('folder')], /^--out: .* is no file/],
      [['--format', 'hledger', '--out', at('nowhere/book')], /^--out: .* cannot be written \(ENOENT\)/],
      [['--form', 'x'], /^Unknown option '--form'/],
    ]) {
      const done = write(...args);
      assert.equal(done.status, 2, done.stderr);
      assert.match(done.stderr, expected);
    }
    assert.deepEqual(
      readdirSync(folder).filter((name) => /book|part/.test(name)),
      [],
    );
  });
});
