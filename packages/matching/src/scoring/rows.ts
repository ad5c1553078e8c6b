import { firstFrom } from '../index/first-from';
import { PART_NAMES } from './model';
import type { Averages } from './pair-score';
import type { PartValues } from './part-values';

/** Two ascending lists as one, each number once; and where the numbers stand that only the other list has. */
export function merged(one: Uint32Array, other: Uint32Array): { all: Uint32Array; added: number[] } {
  const both = new Uint32Array(one.length + other.length);
  const added: number[] = [];
  let [i, length] = [0, 0];
  for (const next of other) {
    const from = i;
    i = firstFrom(one, next, from);
    both.set(one.subarray(from, i), length);
    length += i - from;
    if (one[i] === next) continue;
    added.push(length);
    both[length++] = next;
  }
  both.set(one.subarray(i), length);
  return { all: both.subarray(0, length + one.length - i), added };
}

/** Where the numbers of a short ascending list stand in one that has them all. */
export function positionsIn(all: Uint32Array, wanted: Uint32Array): Uint32Array {
  let at = 0;
  return wanted.map((number) => (at = firstFrom(all, number, at)));
}

/** Columns without a few rows, which are taken out where they stand: what follows moves up. @param rows ascending */
export function without<T extends Readonly<Record<string, Float32Array>>>(
  columns: T,
  rows: readonly number[],
): T {
  if (rows.length === 0) return columns;
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      rows.forEach((row, i) => column.copyWithin(row - i, row + 1, rows[i + 1]));
      return [name, column.subarray(0, column.length - rows.length)];
    }),
  ) as unknown as T;
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
