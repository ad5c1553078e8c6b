// npm run matching:learn as people run it: on a file of outcomes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after } from 'node:test';
import { randomFrom } from '../chaos/random.mjs';
import { ROOT } from '../install.mjs';
import { compiledPackage } from '../start/packages.mjs';
import { BARE, describe, freshFolder, it } from './product.mjs';

const { checkedModel, sealedModel, PART_NAMES } = compiledPackage('matching', ['domain']);
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const folder = freshFolder();
after(() => rmSync(folder, { recursive: true, force: true }));

/** Outcomes of labs who look at required skills and evidence alone, or at nothing. */
function outcomesFile(name, count, isByChance = false) {
  const { below } = randomFrom(7);
  const next = () => below(1_000_000) / 1_000_000;
  const lines = [];
  for (let opening = 1; opening <= count; opening++)
    for (let expert = 1; expert <= 15; expert++) {
      const values = PART_NAMES.map(() => next());
      const [skills, evidence] = ['requiredSkills', 'evidence'].map(
        (part) => values[PART_NAMES.indexOf(part)],
      );
      const score = isByChance ? 0.5 : 0.6 * skills + 0.4 * evidence;
      const isYes = next() < 1 / (1 + Math.exp(-15 * (score - 0.65)));
      lines.push({
        ...{ opening, expert, at: new Date(Date.UTC(2026, 0, 1) + opening * 3_600_000).toISOString() },
        ...{ kinds: isYes ? ['ACCEPTED', 'SHOWN'] : ['SHOWN'], propensity: 1 },
        parts: PART_NAMES.map((part, k) => ({ name: part, value: values[k], weight: 0.1 })),
      });
    }
  const file = path.join(folder, name);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

function learn(...args) {
  const done = spawnSync(process.execPath, ['tools/matching-learn.mjs', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: BARE,
  });
  return { status: done.status, said: done.stderr, report: done.stdout && JSON.parse(done.stdout) };
}

describe('npm run matching:learn', () => {
  it('writes a model that beats the weights in force, whole and under its hash, the same each time', () => {
    const file = outcomesFile('planted.jsonl', 200);
    const [out, again] = ['model.json', 'again.json'].map((name) => path.join(folder, name));
    const { status, report } = learn('--in', file, '--out', out);
    assert.equal(status, 0);
    assert.ok(report.isBetter && report.gain.ndcg10.low > 0 && report.after.map > report.before.map);
    assert.ok(report.after.brier < report.before.brier && report.after.ece < 0.1);
    assert.equal(report.written, out);
    const model = JSON.parse(readFileSync(out, 'utf8'));
    assert.ok(checkedModel(model, sha256).ok);
    assert.equal(model.hash, report.hash);
    assert.ok(model.weights.requiredSkills > 0.45 && model.weights.evidence > 0.25);
    learn('--in', file, '--out', again);
    assert.equal(readFileSync(again, 'utf8'), readFileSync(out, 'utf8'));
    // Against itself it is no better.
    const second = learn('--in', file, '--against', out, '--out', again);
    assert.equal(second.status, 1);
    assert.equal(second.report.inForce, model.id);
    // Nor is it measured beside what could not be in force.
    const bent = path.join(folder, 'bent.json');
    writeFileSync(bent, JSON.stringify(sealedModel({ ...model, calibration: {} }, sha256)));
    const third = learn('--in', file, '--against', bent);
    assert.equal(third.status, 2);
    assert.match(third.said, /--against: .* calibration: slope is missing/);
  });

  it('refuses what was learned from chance or from too little, with 1 and a sentence, and writes nothing', () => {
    const out = path.join(folder, 'nothing.json');
    for (const [file, sentence] of [
      [outcomesFile('chance.jsonl', 200, true), /do not beat those in force: nDCG@10 changes by/],
      [outcomesFile('few.jsonl', 50), /too few openings to learn from/],
    ]) {
      const { status, said, report } = learn('--in', file, '--out', out);
      assert.equal(status, 1);
      assert.match(said, sentence);
      assert.deepEqual([report.isBetter, report.written, existsSync(out)], [false, null, false]);
    }
  });

  it('says what is wrong with its arguments and files, with 2', () => {
    const broken = path.join(folder, 'broken.jsonl');
    writeFileSync(broken, '{"opening":1}\n');
    for (const [args, sentence] of [
      [['--in', path.join(folder, 'none')], /--in: .*none cannot be read \(ENOENT\)/],
      [['--in', broken], /broken\.jsonl, line 1: at is no instant/],
      [['--in', outcomesFile('some.jsonl', 1), '--against', broken], /cannot be used/],
      [['--in', broken, '--out', folder], /is no file/],
      [['--against', broken], /only with --in/],
      [['--much'], /Unknown option '--much'/],
    ]) {
      const { status, said } = learn(...args);
      assert.equal(status, 2);
      assert.match(said, sentence);
    }
  });
});
