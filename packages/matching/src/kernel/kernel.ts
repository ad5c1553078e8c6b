import { KERNEL } from '../generated/kernel';

/** What every JavaScript engine has, as far as it is needed: packages know neither Node nor a browser. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};
declare function atob(text: string): string;

/** Where something lies in the kernel's memory, in bytes. */
type Address = number;

/** Which of the three scores of a block. */
export type Board = 'FIRST' | 'SECOND' | 'THIRD';

/** The loops of `kernel/`, as they are compiled. */
interface Loops {
  addNear(bytes: number, unit: number, scores: Address): void;
  addFar(bytes: number, unit: number, scores: Address): void;
  addWhole(bytes: number, whole: number, scores: Address): void;
  mix(length: number, second: number, third: number): void;
  soften(length: number, column: number, half: number): void;
  count(length: number, column: number, weight: number): void;
  countRates(length: number, ceiling: number, easy: number, steepness: number, weight: number): void;
  orders(length: number, slope: number, offset: number, given: number, unknown: number): void;
  above(from: number, to: number, first: number, second: number, bound: number): number;
  holdBytes(length: number, above: number, atAll: number): void;
  holdShorts(length: number, above: number): void;
  markLacking(length: number, ifNone: number, ifOther: number): void;
  pass(length: number, first: number, ceiling: number, rate: number, schedules: number): number;
}

/** Where each thing lies, and how many documents and experts fit. */
type Place =
  | Board
  | ('POSTINGS' | 'FOUND' | 'CIRCUMSTANCES' | 'SCHEDULES' | 'RATES' | 'VALUES' | 'HELD')
  | ('MARKS' | 'COMBINATIONS' | 'TABLES' | 'DOCUMENTS' | 'EXPERTS');

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): void;
}

const PAGE = 65_536;
const { exports } = new WebAssembly.Instance(
  new WebAssembly.Module(Uint8Array.from(atob(KERNEL), (letter) => letter.charCodeAt(0))),
);
const where = exports as Readonly<Record<Place, { readonly value: number }>>;
const { memory } = exports as { readonly memory: Memory };

/** Loops over everybody, in WebAssembly: they read and write the areas. */
export const loops = exports as Loops;

/** Documents of a block whose scores are kept, and experts of a block of gates. */
export const [DOCUMENTS, EXPERTS] = [where.DOCUMENTS.value, where.EXPERTS.value];

/** Columns of 32 bits about the experts of a block, where the boards lie: the kernel knows the first three by their places. */
const PAIR_COLUMNS = [
  ...(['sums', 'hoursWorth', 'rate', 'profile', 'titles', 'evidence', 'requiredSkills'] as const),
  ...(['occupation', 'languages', 'hours'] as const),
] as const;
export type PairColumn = (typeof PAIR_COLUMNS)[number];

/** The number by which the kernel calls a column. */
export function columnNumber(name: PairColumn): number {
  return PAIR_COLUMNS.indexOf(name);
}

/** What lies in the kernel's memory. One question is answered after the other, so each area is used again by the next. */
export interface Areas {
  readonly scores: Readonly<Record<Board, Float32Array>>;
  readonly pairs: Readonly<Record<PairColumn, Float32Array>>;
  /** Postings of two or three bytes, or places alone. */
  readonly postings: Uint8Array;
  readonly places: Uint16Array;
  readonly found: Uint32Array;
  readonly circumstances: Uint32Array;
  readonly schedules: Uint32Array;
  readonly rates: Uint32Array;
  readonly valueBytes: Uint8Array;
  readonly valueShorts: Uint16Array;
  readonly held: Uint8Array;
  readonly marks: Uint16Array;
  readonly combinations: Int32Array;
  /** All that is left. */
  readonly tables: Uint16Array;
}

let areas = areasOf(memory.buffer);

/** The areas as they are now: they are others after `withTables`. */
export function kernelAreas(): Areas {
  return areas;
}

/** The areas, with tables of so many numbers at least. */
export function withTables(length: number): Areas {
  const lacking = length - areas.tables.length;
  if (lacking > 0) {
    memory.grow(Math.ceil((2 * lacking) / PAGE));
    areas = areasOf(memory.buffer);
  }
  return areas;
}

const addresses = { FIRST: where.FIRST.value, SECOND: where.SECOND.value, THIRD: where.THIRD.value };

/** Where the scores of a board begin. */
export function addressOf(board: Board): Address {
  return addresses[board];
}

function areasOf(buffer: ArrayBuffer): Areas {
  const scores = (board: Board) => new Float32Array(buffer, where[board].value, DOCUMENTS);
  return {
    pairs: pairsOf(buffer),
    scores: { FIRST: scores('FIRST'), SECOND: scores('SECOND'), THIRD: scores('THIRD') },
    postings: new Uint8Array(buffer, where.POSTINGS.value, 3 * DOCUMENTS),
    places: new Uint16Array(buffer, where.POSTINGS.value, DOCUMENTS),
    found: new Uint32Array(buffer, where.FOUND.value, DOCUMENTS),
    circumstances: new Uint32Array(buffer, where.CIRCUMSTANCES.value, EXPERTS),
    schedules: new Uint32Array(buffer, where.SCHEDULES.value, EXPERTS),
    rates: new Uint32Array(buffer, where.RATES.value, EXPERTS),
    valueBytes: new Uint8Array(buffer, where.VALUES.value, EXPERTS),
    valueShorts: new Uint16Array(buffer, where.VALUES.value, EXPERTS),
    held: new Uint8Array(buffer, where.HELD.value, EXPERTS),
    marks: new Uint16Array(buffer, where.MARKS.value, EXPERTS),
    combinations: new Int32Array(buffer, where.COMBINATIONS.value, 32_768),
    tables: new Uint16Array(buffer, where.TABLES.value),
  };
}

function pairsOf(buffer: ArrayBuffer): Areas['pairs'] {
  const columnAt = (number: number) =>
    new Float32Array(buffer, where.FIRST.value + 4 * EXPERTS * number, EXPERTS);
  return Object.fromEntries(PAIR_COLUMNS.map((name, number) => [name, columnAt(number)])) as Areas['pairs'];
}
