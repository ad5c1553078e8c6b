import { firstFrom } from '../index/first-from';
import { PART_NAMES } from './model';
import type { Averages } from './pair-score';
import type { PartValues } from './part-values';

/** Two ascending lists as one, each number once. */
export function merged(one: Uint32Array, other: Uint32Array): Uint32Array {
  const both = new Uint32Array(one.length + other.length);
  let [i, length] = [0, 0];
  for (const next of other) {
    const from = i;
    i = firstFrom(one, next, from);
    both.set(one.subarray(from, i), length);
    length += i - from;
    if (one[i] !== next) both[length++] = next;
  }
  both.set(one.subarray(i), length);
  return both.subarray(0, length + one.length - i);
}

/** Where the numbers of a list stand in an ascending one that has them all; undefined where both are the same. */
export function positionsIn(all: Uint32Array, wanted: Uint32Array): Uint32Array | undefined {
  if (all.length === wanted.length) return undefined;
  const found = new Uint32Array(wanted.length);
  for (let i = 0, at = 0; i < wanted.length; i++, at++) {
    while (all[at] !== wanted[i]) at++;
    found[i] = at;
  }
  return found;
}

/** Some rows of each column; all where no positions are given. */
export function takenOf<T extends Readonly<Record<string, Float32Array>>>(
  columns: T,
  positions: Uint32Array | undefined,
): T {
  if (!positions) return columns;
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const taken = new Float32Array(positions.length);
      for (let i = 0; i < taken.length; i++) taken[i] = column[positions[i] as number] as number;
      return [name, taken];
    }),
  ) as unknown as T;
}

/** Of the experts over whom averages are taken: how many, and the sum of each part, in whole steps, so that sums of several are exact. */
export interface SampleSums {
  readonly count: number;
  readonly sums: readonly number[];
}

/** Values are summed in steps of one part in so many. */
const STEPS = 65_535;

/** The sums of some experts. */
export function sumsOf(values: PartValues): SampleSums {
  const sums = PART_NAMES.map((name) => {
    let sum = 0;
    for (const value of values[name]) sum += Math.round(value * STEPS);
    return sum;
  });
  return { count: values.profile.length, sums };
}

/** The mean of each part over the experts of one list or of several together. */
export function averagesOf(samples: readonly SampleSums[]): Averages {
  const count = samples.reduce((sum, each) => sum + each.count, 0);
  return Object.fromEntries(
    PART_NAMES.map((name, part) => {
      const sum = samples.reduce((all, { sums }) => all + (sums[part] as number), 0);
      return [name, count === 0 ? 0 : sum / count / STEPS];
    }),
  ) as Averages;
}

/** The mean of a column for each of some things; zeros where there are none. */
export function meanOf<T>(
  length: number,
  things: readonly T[],
  columnOf: (thing: T) => Float32Array,
): Float32Array {
  const mean = new Float32Array(length);
  for (const thing of things) {
    const column = columnOf(thing);
    for (let i = 0; i < length; i++) mean[i] = (mean[i] as number) + (column[i] as number) / things.length;
  }
  return mean;
}
