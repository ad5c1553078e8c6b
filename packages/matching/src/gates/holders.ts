import { firstFrom } from '../index/first-from';
import { growingBytes, growingShorts, growingWords } from '../index/growing';
import { kernelAreas, loops } from '../kernel/kernel';

/** Who holds a thing, by place, and at what value; the entries of one expert follow each other. */
interface List {
  readonly places: ReturnType<typeof growingWords>;
  readonly values: ReturnType<typeof growingShorts> | ReturnType<typeof growingBytes>;
}

/** One more than the highest value at which each expert holds a thing, by place; 0 where they do not. */
type Column = Uint8Array | Uint16Array;

/** Values are small whole numbers; of each kind the largest is left free, so that one more than any of them can be kept. */
const MAKE = {
  bytes: { list: growingBytes, column: (size: number) => new Uint8Array(size) },
  shorts: { list: growingShorts, column: (size: number) => new Uint16Array(size) },
} as const;

/** How a thing is to be held. */
interface Held {
  readonly least: number;
  /** What is set for who holds it at any value; only where values are bytes. */
  readonly atAll?: 0 | 2;
}

/** Who holds what, each at a value. What few hold is kept as a list, and what many hold as a column. */
export class Holders {
  private readonly lists = new Map<string, List>();
  private readonly columns = new Map<string, Column>();

  /** @param kind of values: up to 254, or up to 65,534 */
  constructor(private readonly kind: keyof typeof MAKE) {}

  add(key: string, at: number, value: number): void {
    const list = this.lists.get(key) ?? { places: growingWords(), values: MAKE[this.kind].list() };
    list.places.push(at);
    list.values.push(value);
    this.lists.set(key, list);
  }

  /** Nobody is added any more: what so many of `size` experts hold that a column is smaller than a list becomes one. */
  close(size: number): void {
    for (const [key, { places, values }] of this.lists) {
      const column = MAKE[this.kind].column(size);
      if (column.byteLength >= bytesOf({ places, values })) continue;
      for (let i = 0; i < places.length; i++)
        column[places.at(i)] = Math.max(column[places.at(i)] as number, values.at(i) + 1);
      this.columns.set(key, column);
      this.lists.delete(key);
    }
  }

  /** Who holds a thing, at whatever value. */
  of(key: string): Uint32Array {
    const column = this.columns.get(key);
    if (column) return Uint32Array.from(column.keys()).filter((at) => column[at] !== 0);
    return this.lists.get(key)?.places.view ?? NOBODY;
  }

  /**
   * In the kernel's memory, sets 1 for who of some neighbours holds a thing at least at a value, and `atAll` for who holds it at any.
   * @param first the first of them
   * @param end the first beyond them
   */
  hold(key: string, { least, atAll = 0 }: Held, first: number, end: number): void {
    const column = this.columns.get(key);
    if (column) holdColumn(column.subarray(first, end), { least, atAll });
    const list = this.lists.get(key);
    if (list) holdList(list, { least, atAll }, first, end);
  }

  /**
   * Adds to what stands for each of some places, ascending, what the highest value at which it holds a thing is worth.
   * @param worth by one more than the value: the first of who does not hold it
   */
  addWorth(key: string, worth: Float64Array, places: Uint32Array, to: Float32Array): void {
    const column = this.columns.get(key);
    const found = column ?? this.best(key, places);
    for (let i = 0; i < places.length; i++) {
      const value = column ? (column[places[i] as number] as number) : (found[i] as number) + 1;
      to[i] = (to[i] as number) + (worth[value] as number);
    }
  }

  /** The highest value at which each of some places, ascending, holds a thing; -1 where it does not. */
  best(key: string, places: Uint32Array): Int32Array {
    const found = new Int32Array(places.length);
    const column = this.columns.get(key);
    if (column) {
      for (let i = 0; i < places.length; i++) found[i] = (column[places[i] as number] as number) - 1;
      return found;
    }
    found.fill(-1);
    const list = this.lists.get(key);
    if (!list) return found;
    const [held, values] = [list.places.view, list.values.view];
    for (let i = 0, from = 0; i < places.length; i++) {
      const at = places[i] as number;
      from = firstFrom(held, at, from);
      for (; from < held.length && held[from] === at; from++)
        found[i] = Math.max(found[i] as number, values[from] as number);
    }
    return found;
  }

  get bytes(): number {
    let sum = 0;
    for (const list of this.lists.values()) sum += bytesOf(list);
    for (const { byteLength } of this.columns.values()) sum += byteLength;
    return sum;
  }
}

function bytesOf({ places, values }: List): number {
  return places.view.byteLength + values.view.byteLength;
}

function holdColumn(column: Column, { least, atAll }: Held): void {
  const { valueBytes, valueShorts } = kernelAreas();
  // A column has one more than each value.
  if (column instanceof Uint8Array) {
    valueBytes.set(column);
    loops.holdBytes(column.length, least, atAll ?? 0);
  } else {
    valueShorts.set(column);
    loops.holdShorts(column.length, least);
  }
}

function holdList(list: List, { least, atAll = 0 }: Held, first: number, end: number): void {
  const { held } = kernelAreas();
  const below = least - 1;
  const [places, values] = [list.places.view, list.values.view];
  const to = firstFrom(places, end, 0);
  // The sign of a difference says whether a value is enough: a branch that goes either way at random would take most of the time.
  for (let i = firstFrom(places, first, 0); i < to; i++) {
    const at = (places[i] as number) - first;
    held[at] = (held[at] as number) | ((below - (values[i] as number)) >>> 31) | atAll;
  }
}

const NOBODY = new Uint32Array(0);
