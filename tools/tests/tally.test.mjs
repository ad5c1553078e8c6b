// npm run verify:tally: two halves agree, or the first line that differs is named; whatever stranger's files it gets.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after } from 'node:test';
import { ROOT } from '../install.mjs';
import { isBuildDue, markBuilt, STAMP } from '../start/build.mjs';
import { compiledPackage } from '../start/packages.mjs';
import { BARE, describe, freshFolder, it } from './product.mjs';

const folder = freshFolder();
const at = (name) => path.join(folder, name);
after(() => rmSync(folder, { recursive: true, force: true }));

const { canonicalJson, rootOf } = compiledPackage('domain');
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const base64 = (text) => Buffer.from(text).toString('base64url');

/** A key of this test, and the same as others may fetch it. */
function newKey(kid) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    kid,
    privateKey,
    jwk: { ...createPublicKey(privateKey).export({ format: 'jwk' }), kid, alg: 'ES256' },
  };
}
const key = newKey('first');
const later = newKey('second');

/** A JWS made here by the letter of RFC 7515, not by the library that reads it. */
function signed(claim, { kid, privateKey } = key, alg = 'ES256') {
  const text = `${base64(JSON.stringify({ alg, kid }))}.${base64(canonicalJson(claim))}`;
  if (alg === 'none') return `${text}.`;
  return `${text}.${signBytes('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

const lineOf = (week, number) => ({
  week,
  charge: `c-${week}-${number}`,
  entry: `e-${week}-${number}`,
  activity: 'WORK',
  startsAt: `${week}T0${number}:00:00.000Z`,
  endsAt: `${week}T0${number}:30:00.000Z`,
  seconds: 1800,
  currency: 'KWD',
  rateMinorPerHour: '20000',
  agreedMinor: '10000',
  priceMinor: '11500',
  payMinor: '10000',
  feeMinor: '1500',
  labFeePpm: 150000,
  expertFeePpm: 0,
  rounding: 'HALF_EVEN',
  takeRatePolicy: 'p',
  ledgerTransaction: `t-${week}-${number}`,
  bookedPayMinor: '10000',
  bookedFeeMinor: '1500',
  chargedAt: `${week}T12:00:00.000Z`,
});
const sums = (n) => ({
  lines: n,
  priceMinor: `${11500 * n}`,
  payMinor: `${10000 * n}`,
  feeMinor: `${1500 * n}`,
});

async function halfOf(
  side,
  { engagement = 'one', weeks = ['2026-11-02', '2026-11-09'], perWeek = 3, sign = signed } = {},
) {
  const lines = weeks.flatMap((week) => Array.from({ length: perWeek }, (_, number) => lineOf(week, number)));
  const done = [];
  for (const week of weeks) {
    const hashes = lines.filter((line) => line.week === week).map((line) => sha256(canonicalJson(line)));
    const root = await rootOf(sha256, hashes);
    const statementRoot = await rootOf(sha256, [...done.map((each) => each.root), root]);
    const { lines: count, ...amounts } = sums(perWeek);
    const claim = {
      format: 'tallystick-signed-week',
      formatVersion: 1,
      engagement,
      week,
      version: 1,
      number: done.length + 1,
      previousRoot: null,
      lines: hashes,
      root,
      statementRoot,
      currency: 'KWD',
      ...amounts,
      signedAt: `${week}T12:00:00.000Z`,
    };
    done.push({ week, version: 1, lines: count, ...amounts, root, signature: sign(claim) });
  }
  return {
    format: 'tallystick-half',
    version: 1,
    side,
    issuer: 'https://example.org',
    madeAt: '2026-11-28T00:00:00.000Z',
    engagement,
    opening: 'Review',
    party: { id: side, name: side },
    currency: 'KWD',
    lines,
    weeks: done,
    totals: { ...sums(lines.length), seconds: 1800 * lines.length },
    root: await rootOf(
      sha256,
      done.map((each) => each.root),
    ),
  };
}

const put = (name, value) => {
  writeFileSync(at(name), typeof value === 'string' ? value : JSON.stringify(value));
  return at(name);
};
const run = (...args) =>
  spawnSync(process.execPath, ['tools/verify-tally.mjs', ...args], {
    cwd: ROOT,
    env: BARE,
    encoding: 'utf8',
  });
const keys = put('keys.json', { keys: [key.jwk, later.jwk] });
const lab = await halfOf('LAB');
const expert = await halfOf('EXPERT');
const labFile = put('lab.json', lab);
const expertFile = put('expert.json', expert);
const changed = (half, change) => {
  const copy = structuredClone(half);
  change(copy);
  return copy;
};

/** Ends with 1 and says what is wrong. */
function fails(done, expected) {
  assert.equal(done.status, 1, done.stderr + done.stdout);
  assert.match(done.stdout, expected);
}

/** Ends with 2 and one sentence or two on one line. */
function refused(done, expected) {
  assert.equal(done.status, 2, done.stderr + done.stdout);
  assert.equal(done.stderr.trim().split('\n').length, 1, done.stderr);
  assert.match(done.stderr, expected);
}

describe('npm run verify:tally', () => {
  it('says that two halves agree, in either order, also after the key was changed', async () => {
    const done = run(labFile, expertFile, '--key', keys);
    assert.equal(done.status, 0, done.stdout + done.stderr);
    assert.match(
      done.stdout,
      /^Both halves agree, and are as they were signed: 6 lines in 2 weeks, price KWD 69\.000 = pay KWD 60\.000 \+ fee KWD 9\.000\. Root [0-9a-f]{64}\.\nNot signed, so only the word of the files: side, party, opening, issuer, made at\.\n$/,
    );
    const sign = (claim) => signed(claim, claim.number === 1 ? key : later);
    const [one, other] = [await halfOf('LAB', { sign }), await halfOf('EXPERT', { sign })];
    assert.equal(run(put('o.json', other), '--key', keys, put('l.json', one)).status, 0);
    const none = { weeks: [] };
    const empty = [await halfOf('LAB', none), await halfOf('EXPERT', none)];
    assert.equal(run(put('e1.json', empty[0]), put('e2.json', empty[1]), '--key', keys).status, 0);
  });

  it('names week, line, field and both values of the first difference', () => {
    const file = put(
      'cent.json',
      changed(expert, (half) => {
        half.lines[4].payMinor = '9999';
        half.lines[4].feeMinor = '1501';
      }),
    );
    const done = run(labFile, file, '--key', keys);
    fails(done, /Week of 9 November 2026, line 2 .* it is not as it was signed/);
    assert.match(
      done.stdout,
      /The halves differ\. Week of 9 November 2026, Work at 9 November 2026, 01:00 UTC \(charge c-2026-11-09-1\): the pay differs: KWD 10\.000 in the lab's half, KWD 9\.999 in the expert's half\./,
    );
  });

  it('names an opening or an issuer that differs, and says that neither is signed', () => {
    for (const [field, value] of Object.entries({ opening: 'Writing', issuer: 'https://other.example' })) {
      const done = run(labFile, put('e.json', { ...expert, [field]: value }), '--key', keys);
      const said = `The ${field} differs: ${lab[field]} in the lab's half, ${value} in the expert's half.`;
      fails(done, /^Not signed, so only the word of the files: .*opening, issuer/m);
      assert.ok(done.stdout.includes(`The halves differ. ${said}`), done.stdout);
    }
  });

  it('tells of two halves that were changed alike', () => {
    const change = (half) => (half.lines[0].seconds = 1801);
    const done = run(
      put('l.json', changed(lab, change)),
      put('e.json', changed(expert, change)),
      '--key',
      keys,
    );
    fails(done, /the same, and not as they were signed/);
  });

  it('counts no signature but ES256 by a key of the file, over this week of this engagement', async () => {
    const with_ = (change) => run(put('l.json', changed(lab, change)), expertFile, '--key', keys);
    const claimOf = (half, n) => JSON.parse(Buffer.from(half.weeks[n].signature.split('.')[1], 'base64url'));
    const none = signed(claimOf(lab, 0), key, 'none');
    fails(
      with_((half) => (half.weeks[0].signature = none)),
      /not at all; that does not count/,
    );
    const stranger = { ...newKey('first') };
    const forged = signed(claimOf(lab, 0), stranger);
    fails(
      with_((half) => (half.weeks[0].signature = forged)),
      /was not made with that key/,
    );
    const unknown = signed(claimOf(lab, 0), newKey('third'));
    fails(
      with_((half) => (half.weeks[0].signature = unknown)),
      /is not in the file of keys/,
    );
    const hs = `${base64('{"alg":"HS256","kid":"first"}')}.${lab.weeks[0].signature.split('.')[1]}.AAAA`;
    fails(
      with_((half) => (half.weeks[0].signature = hs)),
      /not at all; that does not count/,
    );
    const two = await halfOf('LAB', { engagement: 'two' });
    fails(
      with_((half) => (half.weeks[0] = two.weeks[0])),
      /the signature is of another engagement/,
    );
    fails(run(put('two.json', two), expertFile, '--key', keys), /The engagement differs/);
  });

  it('tells of lines that are left out, doubled or reordered, and of a week that is gone', () => {
    const with_ = (change) => run(labFile, put('e.json', changed(expert, change)), '--key', keys);
    fails(
      with_(({ lines }) => lines.splice(2, 1)),
      /3 lines are signed and 2 are in the file/,
    );
    fails(
      with_(({ lines }) => lines.splice(1, 0, lines[0])),
      /line 2 .* stands twice/,
    );
    fails(
      with_(({ lines }) => lines.splice(0, 2, lines[1], lines[0])),
      /line 1 .* not in its place/,
    );
    fails(
      with_((half) => {
        half.weeks.pop();
        half.lines.splice(3);
        half.totals = { ...half.totals, ...sums(3), seconds: 5400 };
        half.root = half.weeks[0].root;
      }),
      /Week of 9 November 2026, only in the newer half: the whole week/,
    );
  });

  it('says of an older half what only the newer one has, and that the rest agrees', async () => {
    const before = put('before.json', await halfOf('EXPERT', { weeks: ['2026-11-02'] }));
    const done = run(labFile, before, '--key', keys);
    fails(done, /^The lab's half is newer: 3 lines were charged after the expert's half was made\.$/m);
    assert.match(done.stdout, /^Week of 9 November 2026, only in the newer half: the whole week: Work at /m);
    assert.match(done.stdout, /^The 3 lines that both have are the same\.$/m);
    assert.match(done.stdout, /^As far as both go they agree, and are as they were signed\.$/m);
  });

  it('refuses what is no pair of halves and a set of keys, in words', () => {
    refused(run(), /^Give both halves and the keys/);
    refused(run(labFile, expertFile), /^Give both halves and the keys/);
    refused(run(labFile, expertFile, '--keys', keys), /--keys.* Give both halves/);
    refused(run(labFile, labFile, '--key', keys), /^Both files are the lab's half/);
    refused(run(labFile, at('nowhere'), '--key', keys), /nowhere cannot be read \(ENOENT\)/);
    refused(run(labFile, folder, '--key', keys), /cannot be read \(EISDIR\)/);
    refused(run(labFile, expertFile, '--key', labFile), /--key: .* is no set of public keys/);
    refused(run(labFile, expertFile, '--key', put('none.json', { keys: [] })), /is no set of public keys/);
    refused(run(labFile, put('x', '{"a'), '--key', keys), /x: It is not JSON/);
    refused(run(labFile, put('x', { ...expert, version: 7 }), '--key', keys), /version 7 of the form/);
    const { rounding: _, ...line } = expert.lines[0];
    refused(
      run(labFile, put('x', { ...expert, lines: [line] }), '--key', keys),
      /the field rounding is missing/,
    );
    const escape = changed(expert, (half) => (half.lines[0].charge = '\u001b]0;x\u0007'));
    const done = run(labFile, put('x', escape), '--key', keys);
    refused(done, /the field charge cannot be/);
    assert.equal(done.stderr.includes('\u001b'), false);
  });

  it('reads no file without end, and a long one within seconds', async () => {
    writeFileSync(at('huge'), '');
    truncateSync(at('huge'), 300 * 1024 * 1024);
    refused(run(labFile, at('huge'), '--key', keys), /has 315 MB, 256 are read at most/);
    const long = { weeks: ['2026-11-02'], perWeek: 10 };
    const [one, other] = [await halfOf('LAB', long), await halfOf('EXPERT', long)];
    const nested = put('nested', '['.repeat(200_000));
    refused(run(nested, put('o', other), '--key', keys), /nested: It is not JSON/);
    const many = changed(one, (half) => (half.lines = Array.from({ length: 20_000 }, () => half.lines[0])));
    fails(run(put('many', many), put('o', other), '--key', keys), /stands twice in the file/);
  });

  it('leaves what a running server uses: what was built is not built again, however old it looks', () => {
    const compiled = path.join(ROOT, 'packages/domain/dist/index.js');
    const { atime, mtime } = statSync(compiled);
    const before = existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : undefined;
    try {
      // As out of a cache, in a fresh copy of the sources.
      utimesSync(compiled, atime, new Date('2020-01-01T00:00:00Z'));
      markBuilt();
      run(labFile, expertFile, '--key', keys);
      assert.equal(statSync(compiled).mtime.toISOString(), '2020-01-01T00:00:00.000Z');
      assert.equal(isBuildDue(), false);
    } finally {
      utimesSync(compiled, atime, mtime);
      if (before === undefined) rmSync(STAMP);
      else writeFileSync(STAMP, before);
    }
  });
});
