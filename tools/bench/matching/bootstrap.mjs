// Whether one ranking beats another beyond chance: the same queries for both, drawn again and again (Efron 1979; Sakai 2006).
import { randomFrom } from '../../chaos/random.mjs';
import { mean } from './measures.mjs';

const DRAWS = 10_000;
const SEED = 20_261_129;
const TAIL = 0.025;

/**
 * The mean of paired differences, and where 95 % of the means of drawn samples lie.
 * The same differences give the same interval.
 * @returns mean, low, high
 */
export function pairedBootstrap(ours, theirs) {
  const differences = ours.map((each, at) => each - theirs[at]);
  const { below } = randomFrom(SEED);
  const drawn = Float64Array.from({ length: DRAWS }, () => {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) sum += differences[below(differences.length)];
    return sum / differences.length;
  }).sort();
  return {
    mean: mean(differences),
    low: drawn[Math.floor(DRAWS * TAIL)],
    high: drawn[Math.ceil(DRAWS * (1 - TAIL)) - 1],
  };
}
