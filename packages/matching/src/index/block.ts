import { addressOf, kernelAreas, loops, type Board } from '../kernel/kernel';
import { firstFrom } from './first-from';
import { TENTHS, type OpenBlock } from './open-block';

/** An impact of 1: BM25's part that depends on document and term alone is kept as a share of it. */
export const MOST_IMPACT = 255;
const MOST_STEP = 255;
/** Bytes of a posting whose place is a step from the one before, and of one whose place stands whole. */
const NEAR = 2;
const FAR = 3;

/** The postings of a block of documents, by term. */
export interface Block {
  readonly bytes: number;
  /** Adds what a term is worth, in units of impact, to the score of each document that has it, on a board of the kernel. */
  add(term: number, unit: number, board: Board): void;
}

/** Documents of a block, ascending, and where the score of each is kept. */
export interface Picked {
  readonly places: Uint16Array;
  readonly scores: Float32Array;
}

/** The postings of a block in which a term counts whole: they can be asked of a few documents without walking all that have it. */
export interface WholePostings extends Block {
  /** How many documents have a term. */
  count(term: number): number;
  /** Adds what a term is worth to the scores of those that have it. */
  addTo(term: number, unit: number, picked: Picked): void;
}

/** True where a block can be asked of a few. */
export function canBePicked(block: Block): block is WholePostings {
  return block instanceof WholeBlock;
}

/** Documents by term, in their order: where each term begins, one more for the end, and their places with their impacts. */
interface Sorted {
  readonly starts: Uint32Array;
  readonly places: Uint16Array;
  readonly impacts: Uint8Array;
}

/**
 * Closes a block.
 * @param isKept whether a term is kept
 * @param norms what a weight is measured against, for each document; without them each posting counts whole
 */
export function closed(
  block: OpenBlock,
  terms: number,
  isKept: (term: number) => boolean,
  norms: Float32Array | undefined,
): Block {
  const sorted = sortedBy(block, terms, isKept, norms);
  return norms ? new WeighedBlock(sorted) : new WholeBlock(sorted);
}

/** A term counts whole in each document that has it. */
class WholeBlock implements WholePostings {
  private readonly starts: Uint32Array;
  private readonly places: Uint16Array;

  constructor({ starts, places }: Sorted) {
    this.starts = starts;
    this.places = places;
  }

  get bytes(): number {
    return this.starts.byteLength + this.places.byteLength;
  }

  add(term: number, unit: number, board: Board): void {
    const [from, end] = [this.starts[term] as number, this.starts[term + 1] as number];
    if (from === end) return;
    kernelAreas().places.set(this.places.subarray(from, end));
    loops.addWhole(2 * (end - from), unit * MOST_IMPACT, addressOf(board));
  }

  count(term: number): number {
    return (this.starts[term + 1] as number) - (this.starts[term] as number);
  }

  addTo(term: number, unit: number, picked: Picked): void {
    const { places } = this;
    const whole = unit * MOST_IMPACT;
    const end = this.starts[term + 1] as number;
    let at = this.starts[term] as number;
    for (let i = 0; i < picked.places.length && at < end; i++) {
      const wanted = picked.places[i] as number;
      at = firstFrom(places, wanted, at, end);
      if (places[at] === wanted && at < end) picked.scores[i] = (picked.scores[i] as number) + whole;
    }
  }
}

/**
 * A term has an impact in each document that has it. Of a term that many have, two bytes each are kept: the step from the document
 * before, and the impact; a step that is too long is made in several, with no impact on the way. Of other terms the place stands whole,
 * in three bytes with the impact.
 */
class WeighedBlock implements Block {
  private readonly starts: Uint32Array;
  private readonly isNear: Uint8Array;
  private readonly postings: Uint8Array;

  constructor(sorted: Sorted) {
    const terms = sorted.starts.length - 1;
    this.starts = new Uint32Array(terms + 1);
    this.isNear = new Uint8Array(terms);
    for (let term = 0; term < terms; term++) {
      const far = FAR * ((sorted.starts[term + 1] as number) - (sorted.starts[term] as number));
      const near = NEAR * steps(sorted, term);
      this.isNear[term] = near < far ? 1 : 0;
      this.starts[term + 1] = (this.starts[term] as number) + Math.min(near, far);
    }
    this.postings = new Uint8Array(this.starts[terms] as number);
    for (let term = 0; term < terms; term++)
      if (this.isNear[term]) this.writeNear(sorted, term);
      else this.writeFar(sorted, term);
  }

  get bytes(): number {
    return this.starts.byteLength + this.isNear.byteLength + this.postings.byteLength;
  }

  add(term: number, unit: number, board: Board): void {
    const [from, end] = [this.starts[term] as number, this.starts[term + 1] as number];
    if (from === end) return;
    kernelAreas().postings.set(this.postings.subarray(from, end));
    if (this.isNear[term] === 1) loops.addNear(end - from, unit, addressOf(board));
    else loops.addFar(end - from, unit, addressOf(board));
  }

  private writeNear({ starts, places, impacts }: Sorted, term: number): void {
    let to = this.starts[term] as number;
    for (let i = starts[term] as number, at = 0; i < (starts[term + 1] as number); i++) {
      const place = places[i] as number;
      for (; place - at > MOST_STEP; at += MOST_STEP, to += NEAR) this.postings[to] = MOST_STEP;
      this.postings[to] = place - at;
      this.postings[to + 1] = impacts[i] as number;
      to += NEAR;
      at = place;
    }
  }

  private writeFar({ starts, places, impacts }: Sorted, term: number): void {
    let to = this.starts[term] as number;
    for (let i = starts[term] as number; i < (starts[term + 1] as number); i++, to += FAR) {
      const place = places[i] as number;
      this.postings[to] = place & 0xff;
      this.postings[to + 1] = place >> 8;
      this.postings[to + 2] = impacts[i] as number;
    }
  }
}

/** In how many steps the documents of a term are reached, one after the other. */
function steps({ starts, places }: Sorted, term: number): number {
  let count = 0;
  for (let i = starts[term] as number, at = 0; i < (starts[term + 1] as number); i++) {
    const place = places[i] as number;
    count += Math.max(1, Math.ceil((place - at) / MOST_STEP));
    at = place;
  }
  return count;
}

/** Sorts by term, in the order of the documents, leaves terms out that are not kept, and works out the impacts. */
function sortedBy(
  block: OpenBlock,
  terms: number,
  isKept: (term: number) => boolean,
  norms: Float32Array | undefined,
): Sorted {
  const { terms: ids, places, tenths } = block.view;
  const kept = new Uint8Array(terms);
  for (let id = 0; id < terms; id++) kept[id] = isKept(id) ? 1 : 0;
  const starts = new Uint32Array(terms + 1);
  for (const id of ids) starts[id + 1] = (starts[id + 1] ?? 0) + (kept[id] ?? 0);
  for (let id = 0; id < terms; id++) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0);
  const next = starts.slice(0, terms);
  const length = starts[terms] ?? 0;
  const sorted = { starts, places: new Uint16Array(length), impacts: new Uint8Array(length) };
  for (let i = 0; i < ids.length; i++) {
    const [id, place] = [ids[i] ?? 0, places[i] ?? 0];
    if (!kept[id]) continue;
    const to = next[id] ?? 0;
    next[id] = to + 1;
    sorted.places[to] = place;
    if (norms) sorted.impacts[to] = impactOf((tenths[i] ?? 0) / TENTHS, norms[place] ?? 0);
  }
  return sorted;
}

function impactOf(weight: number, norm: number): number {
  return Math.max(1, Math.round((weight / (weight + norm)) * MOST_IMPACT));
}
