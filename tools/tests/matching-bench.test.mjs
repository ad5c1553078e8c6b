// What npm run bench:matching says of a ranking is what the measures mean, worked out by hand here.
import assert from 'node:assert/strict';
import { pairedBootstrap } from '../bench/matching/bootstrap.mjs';
import { means, measures, ranked } from '../bench/matching/measures.mjs';
import { votes } from '../bench/matching/votes.mjs';
import { describe, it } from './product.mjs';

const near = (found, expected) =>
  assert.ok(Math.abs(found - expected) < 1e-12, `${found} is not ${expected}`);
const relevance = (given) => new Map(Object.entries(given).map(([place, degree]) => [Number(place), degree]));

describe('npm run bench:matching', () => {
  it('puts the best first, ties by place, leaves out who is barred', () => {
    assert.deepEqual(ranked([0, 2, 0, 2, 3]), [4, 1, 3, 0, 2]);
    assert.deepEqual(ranked(new Float64Array([1, 2, 3]), new Set([2])), [1, 0]);
  });

  it('measures a ranking with the relevant first and third', () => {
    const found = measures([5, 0, 7, 1], relevance({ 5: 1, 7: 2 }));
    near(found.map, (1 / 1 + 2 / 3) / 2);
    near(found.ndcg, (1 + 3 / 2) / (3 + 1 / Math.log2(3)));
    near(found.mrr, 1);
    near(found.recall, 1);
  });

  it('counts who is relevant and was not ranked as missed', () => {
    const found = measures([0, 1], relevance({ 1: 1, 9: 1 }));
    near(found.map, 1 / 2 / 2);
    near(found.mrr, 1 / 2);
    near(found.recall, 1 / 2);
  });

  it('sees no further than the tenth for nDCG and the hundredth for recall', () => {
    const order = Array.from({ length: 200 }, (_, place) => place);
    near(measures(order, relevance({ 9: 1 })).ndcg, 1 / Math.log2(11));
    assert.equal(measures(order, relevance({ 10: 1 })).ndcg, 0);
    assert.equal(measures(order, relevance({ 99: 1, 100: 1 })).recall, 1 / 2);
  });

  it('takes means over queries', () => {
    assert.deepEqual(means([{ map: 0 }, { map: 1 }]), { map: 0.5 });
  });

  it('lets texts vote for their experts', () => {
    const found = votes([3, 1, 2], [[0, 1], [2], []]);
    assert.deepEqual(found.squares, [10, 4, 0]);
    assert.deepEqual(found.sum, [4, 2, 0]);
    assert.deepEqual(found.best, [3, 2, 0]);
  });

  it('is sure of a difference that is everywhere, not of one that comes and goes, and says the same twice', () => {
    const zeros = Array.from({ length: 100 }, () => 0);
    const always = pairedBootstrap(
      zeros.map((_, at) => 0.1 + (at % 2) / 100),
      zeros,
    );
    assert.ok(always.low > 0.1 && always.high < 0.11);
    near(always.mean, 0.105);
    const mixed = zeros.map((_, at) => (at % 2 === 0 ? 0.5 : -0.49));
    const chance = pairedBootstrap(mixed, zeros);
    assert.ok(chance.low < 0 && chance.high > 0);
    assert.deepEqual(pairedBootstrap(mixed, zeros), chance);
  });
});
