import type { Part, Step } from '../scoring/explained';
import { partsAt } from '../scoring/explained';
import { PART_NAMES, type PartName, type PartWeights } from '../scoring/model';
import type { Scored } from '../scoring/opening-scorer';

/** What a row has beside the values of the parts. */
const MORE = ['first', 'interest', 'exposure', 'isNewcomer'] as const;
/** Numbers of a row. */
export const WIDTH = MORE.length + PART_NAMES.length;

/** Scored experts, a row of numbers each. */
export interface Rows {
  readonly ids: readonly string[];
  /** Of each expert what put it before the others (0 where all were scored), interest, exposure, whether a newcomer, then the value of each part, in the order of the parts. */
  readonly numbers: Float32Array;
  /** What each part counts for this opening; absent where nobody was scored. */
  readonly weights?: PartWeights;
}

/** One of those who were scored. */
export interface RowSource {
  readonly id: string;
  readonly scored: Scored;
  /** Its place among those who were scored. */
  readonly i: number;
  readonly interest: number;
  readonly exposure: number;
  readonly isNewcomer: boolean;
}

/** A row as it is read. */
export interface Row {
  readonly id: string;
  readonly first: number;
  readonly interest: number;
  readonly exposure: number;
  readonly isNewcomer: boolean;
  readonly parts: Part[];
}

export function rowsOf(found: readonly RowSource[]): Rows {
  const numbers = new Float32Array(found.length * WIDTH);
  found.forEach(({ scored: { first, values }, i, interest, exposure, isNewcomer }, row) => {
    numbers.set([first?.[i] ?? 0, interest, exposure, isNewcomer ? 1 : 0], row * WIDTH);
    PART_NAMES.forEach(
      (name, part) => (numbers[row * WIDTH + MORE.length + part] = values[name][i] as number),
    );
  });
  return { ids: found.map(({ id }) => id), numbers, weights: found[0]?.scored.weights };
}

/** Reads every row. */
export function rowsRead({ ids, numbers, weights }: Rows): Row[] {
  return ids.map((id, i) => {
    const row = numbers.subarray(i * WIDTH, (i + 1) * WIDTH);
    const [first = 0, interest = 0, exposure = 0, isNewcomer = 0] = row;
    const values = PART_NAMES.map(
      (name, part) => [name, row.subarray(MORE.length + part, MORE.length + part + 1)] as const,
    );
    const parts = weights
      ? partsAt(0, { weights, values: Object.fromEntries(values) as Record<PartName, Float32Array> })
      : [];
    return { id, first, interest, exposure, isNewcomer: isNewcomer === 1, parts };
  });
}

/** A pair with the steps to its score. */
export interface ScoredPair {
  readonly parts: Part[];
  readonly steps: Step;
}
