import { linearOf, type Part } from './explained';
import type { Weighting } from './model';
import { averageOf, pairSteps, type Averages, type PairSteps } from './pair-score';
import { sharedAmong } from './weights';

/** What was stored of a fit beside its parts. */
export interface StoredSteps {
  readonly averages: Averages;
  readonly interest: number;
}

/**
 * Computes a score again from what was stored of it: the value of each part, which parts counted, the averages of the opening,
 * and the model. Gives the bytes that scoring gave.
 * @param stored the parts in the order in which they were stored; those of weight 0 were not asked for
 */
export function replayed(
  stored: readonly Pick<Part, 'name' | 'value' | 'weight'>[],
  { averages, interest }: StoredSteps,
  model: Weighting,
): { readonly steps: PairSteps; readonly parts: Part[] } {
  const asked = new Set(stored.flatMap(({ name, weight }) => (weight > 0 ? [name] : [])));
  const weights = sharedAmong(model.weights, (name) => asked.has(name));
  const parts = stored.map(({ name, value }) => {
    const weight = weights[name];
    return { name, value, weight, contribution: value * weight };
  });
  return {
    steps: pairSteps(linearOf(parts), averageOf(averages, weights), interest, model.calibration),
    parts,
  };
}
