import { growingFloats, growingWords } from './growing';
import { OpenBlock, TENTHS, tenthsOf, type OpenDocument } from './open-block';

/** BM25's saturation and length normalisation, at their usual values. */
const K1 = 1.2;
const B = 0.75;

/** Documents of a block: a place in it fits 16 bits, and the scores of a block fit the processor's cache. */
export const BLOCK = 65_536;

/**
 * Among many documents a term that more than a tenth of them have is left out of a query: it tells next to nothing, and going through
 * its documents would take most of the time.
 */
const MANY = 20_000;
const MOST_COMMON = 0.1;

const MOST_IMPACT = 255;

/** Weighted terms of one document: how often, times the weight of its field. */
export type TermWeights = ReadonlyMap<string, number>;

/** Adds terms with a weight. */
export function addTerms(to: Map<string, number>, terms: readonly string[], weight: number): void {
  for (const term of terms) to.set(term, (to.get(term) ?? 0) + weight);
}

/** Terms of a query that are in the index, with what each is worth per unit of impact. */
export interface PreparedQuery {
  readonly terms: Uint32Array;
  readonly worth: Float32Array;
}

interface Block {
  /** Where the postings of each term begin; one more for the end. */
  readonly starts: Uint32Array;
  readonly places: Uint16Array;
  /** BM25's part that depends on document and term alone, of 255. */
  readonly impacts: Uint8Array;
}

/** Collects documents; the order in which they come is the order of the index. */
export class PostingsBuilder {
  /** @param saturation BM25's k1; 0 where a term counts whole wherever it is there */
  constructor(private readonly saturation = K1) {}

  private readonly ids = new Map<string, number>();
  private readonly frequencies = growingWords();
  private readonly lengths = growingFloats();
  private readonly blocks: OpenBlock[] = [];

  add(document: TermWeights): void {
    const at = this.lengths.length;
    if (at % BLOCK === 0) this.blocks.push(new OpenBlock());
    const block = this.blocks.at(-1) as OpenBlock;
    let length = 0;
    for (const [term, weight] of document) {
      const tenths = tenthsOf(weight);
      if (tenths === 0) continue;
      block.push(this.idOf(term), at % BLOCK, tenths);
      length += weight;
    }
    this.lengths.push(length);
  }

  /** The terms that documents have, by their numbers. */
  get terms(): Iterable<string> {
    return this.ids.keys();
  }

  /** A document that was added; each once and in their order, before the index is built. */
  document(at: number): OpenDocument {
    return (this.blocks[Math.floor(at / BLOCK)] as OpenBlock).document(at % BLOCK);
  }

  /** The index of what was added; ends the builder, whose blocks are let go one by one. */
  build(): Postings {
    const lengths = this.lengths.view;
    let sum = 0;
    for (const length of lengths) sum += length;
    const average = sum / Math.max(1, lengths.length) || 1;
    const blocks: Block[] = [];
    for (let open = this.blocks.shift(); open; open = this.blocks.shift()) {
      const first = blocks.length * BLOCK;
      blocks.push(closed(open, this.ids.size, this.norms(lengths.subarray(first, first + BLOCK), average)));
    }
    return new Postings(lengths.length, this.ids, this.frequencies.view, blocks);
  }

  /** What a weight is measured against, for each document: more in a longer one. */
  private norms(lengths: Float32Array, average: number): Float32Array {
    return lengths.map((length) => this.saturation * (1 - B + (B * length) / average));
  }

  private idOf(term: string): number {
    const known = this.ids.get(term);
    if (known !== undefined) {
      this.frequencies.increase(known, 1);
      return known;
    }
    this.ids.set(term, this.ids.size);
    this.frequencies.push(1);
    return this.ids.size - 1;
  }
}

/** Sorts a block by term, in the order of its documents, and works out the impacts. */
function closed(block: OpenBlock, terms: number, norms: Float32Array): Block {
  const { terms: ids, places, tenths } = block.view;
  const starts = new Uint32Array(terms + 1);
  for (const id of ids) starts[id + 1] = (starts[id + 1] ?? 0) + 1;
  for (let id = 0; id < terms; id++) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0);
  const next = starts.slice(0, terms);
  const sorted = { places: new Uint16Array(ids.length), impacts: new Uint8Array(ids.length) };
  for (let i = 0; i < ids.length; i++) {
    const [id, place] = [ids[i] ?? 0, places[i] ?? 0];
    const to = next[id] ?? 0;
    next[id] = to + 1;
    const weight = (tenths[i] ?? 0) / TENTHS;
    const share = weight / (weight + (norms[place] ?? 0));
    sorted.places[to] = place;
    sorted.impacts[to] = Math.max(1, Math.round(share * MOST_IMPACT));
  }
  return { starts, ...sorted };
}

/** An inverted index over typed arrays, in blocks. Immutable; the same documents in the same order give the same bytes. */
export class Postings {
  constructor(
    readonly size: number,
    private readonly ids: ReadonlyMap<string, number>,
    private readonly frequencies: Uint32Array,
    private readonly blocks: readonly Block[],
  ) {}

  /** Builds the index of documents, in their order. */
  static of(documents: Iterable<TermWeights>, saturation?: number): Postings {
    const builder = new PostingsBuilder(saturation);
    for (const document of documents) builder.add(document);
    return builder.build();
  }

  /** What is kept in typed arrays, in bytes; the words themselves are beyond that. */
  get bytes(): number {
    return this.blocks.reduce(
      (sum, { starts, places, impacts }) => sum + starts.byteLength + places.byteLength + impacts.byteLength,
      this.frequencies.byteLength,
    );
  }

  get blockCount(): number {
    return this.blocks.length;
  }

  /** How telling a term is: the rarer, the more (BM25's idf). */
  idf(term: string): number {
    const id = this.ids.get(term);
    const count = id === undefined ? 0 : (this.frequencies[id] ?? 0);
    return Math.log(1 + (this.size - count + 0.5) / (count + 0.5));
  }

  /**
   * Makes a query ready. Scores are shares of the best that any document could have, so that they mean the same for
   * every query: 0 without a match, towards 1 where every term is there.
   * @param countsCommon true where a term was asked for by itself, as a skill is, and counts however many have it
   */
  prepare(query: TermWeights, countsCommon = false): PreparedQuery {
    const found: [number, number][] = [];
    let best = 0;
    for (const [term, weight] of query) {
      if (!countsCommon && this.isCommon(term)) continue;
      const worth = saturated(weight) * this.idf(term);
      best += worth;
      const id = this.ids.get(term);
      if (id !== undefined) found.push([id, worth]);
    }
    // In the order of the index, so that sums do not depend on the order of the words.
    found.sort(([a], [b]) => a - b);
    return {
      terms: Uint32Array.from(found, ([id]) => id),
      worth: Float32Array.from(found, ([, worth]) => worth / best / MOST_IMPACT),
    };
  }

  private isCommon(term: string): boolean {
    const id = this.size > MANY ? this.ids.get(term) : undefined;
    return id !== undefined && (this.frequencies[id] ?? 0) > this.size * MOST_COMMON;
  }

  /** A query of weights that were worked out elsewhere: a document's score is the sum of weight x impact / 255. */
  prepareRaw(query: ReadonlyMap<string, number>): PreparedQuery {
    const found = [...query].flatMap(([term, weight]) => {
      const id = this.ids.get(term);
      return id === undefined ? [] : [[id, weight] as const];
    });
    found.sort(([a], [b]) => a - b);
    return {
      terms: Uint32Array.from(found, ([id]) => id),
      worth: Float32Array.from(found, ([, weight]) => weight / MOST_IMPACT),
    };
  }

  /** Adds the scores of one block to `scores`, whose first place is the block's first document. */
  scoreBlock({ terms, worth }: PreparedQuery, index: number, scores: Float32Array): void {
    const block = this.blocks[index];
    if (!block) return;
    const { starts, places, impacts } = block;
    for (let t = 0; t < terms.length; t++) {
      const id = terms[t] as number;
      const unit = worth[t] as number;
      const end = starts[id + 1] as number;
      for (let i = starts[id] as number; i < end; i++) {
        const place = places[i] as number;
        scores[place] = (scores[place] as number) + unit * (impacts[i] as number);
      }
    }
  }

  /** Scores every document, into an array of zeros. */
  score(query: PreparedQuery, scores: Float32Array = new Float32Array(this.size)): Float32Array {
    for (let index = 0; index < this.blocks.length; index++)
      this.scoreBlock(query, index, scores.subarray(index * BLOCK, (index + 1) * BLOCK));
    return scores;
  }
}

/** A term that a long query repeats counts more, but not in proportion. */
function saturated(weight: number): number {
  return (weight * 2) / (weight + 1);
}
