// npm run bench:matching says how fast openings find experts, in one line of JSON. A small run is no measurement: only its shape is judged.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../install.mjs';
import { BARE, describe, it } from './product.mjs';

const bench = (...options) =>
  spawnSync(process.execPath, [path.join(ROOT, 'tools/bench/matching.mjs'), ...options], {
    encoding: 'utf8',
    env: BARE,
  });

describe('npm run bench:matching -- --speed-only', () => {
  it('measures shortlists, recommendations and PostgreSQL on the same experts, beside what is wanted', () => {
    const run = bench('--speed-only', '--experts', '2000');
    assert.equal(run.status, 0, run.stderr);
    const { speed, results, isAllMet } = JSON.parse(run.stdout);
    assert.equal(speed.experts, 2000);
    assert.equal(speed.isFullSize, false);
    assert.equal(typeof speed.isPinnedToOneCore, 'boolean');
    for (const { value, target, met } of Object.values(results)) {
      assert.ok(value > 0);
      assert.match(target, /^(below|at least) \d+$/);
      assert.equal(typeof met, 'boolean');
    }
    assert.equal(
      isAllMet,
      Object.values(results).every(({ met }) => met),
    );
    const { shortlists, recommendations, postgres, build } = speed;
    assert.ok(shortlists.p50Ms <= shortlists.p95Ms && shortlists.measured >= 60 && shortlists.parts === 16);
    assert.ok(shortlists.gatesThatRemove >= 8 && shortlists.eligible.most > 0);
    assert.ok(build.seconds > 0 && build.peakMB > 0 && build.bytesPerExpert > 0);
    assert.ok(recommendations.openings === 10_000 && recommendations.peakMB > 0);
    assert.equal(recommendations.isSampled, recommendations.openingsMeasured < recommendations.openings);
    assert.equal(postgres.milliseconds.length, postgres.adverts);
  });

  it('refuses what it cannot measure', () => {
    for (const options of [
      ['--experts', 'many'],
      ['--speed-only', '--quality-only'],
    ]) {
      const run = bench(...options);
      assert.equal(run.status, 1);
      assert.match(run.stderr, /--(experts|speed-only)/);
    }
  });
});
