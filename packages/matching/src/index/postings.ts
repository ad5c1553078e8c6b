import { growingFloats, growingWords } from './growing';
import { closed, MOST_IMPACT, type Block } from './block';
import { OpenBlock, tenthsOf, type OpenDocument } from './open-block';

/** BM25's saturation and length normalisation, at their usual values. */
const K1 = 1.2;
const B = 0.75;

/** Documents of a block: a place in it fits 16 bits, and the scores of a block fit the processor's cache. */
export const BLOCK = 65_536;

/**
 * Among many documents a term that more than a tenth of them have is left out: it tells next to nothing, and its documents would take
 * most of the time and much of the memory.
 */
const MANY = 20_000;
const MOST_COMMON = 0.1;

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

/** Collects documents; the order in which they come is the order of the index. */
export class PostingsBuilder {
  /** @param isWhole true where a term counts whole wherever it is there, however many have it: as a skill does, which is asked for by itself */
  constructor(private readonly isWhole = false) {}

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
      const norms = this.isWhole ? undefined : normsOf(lengths.subarray(first, first + BLOCK), average);
      blocks.push(closed(open, this.ids.size, (id) => this.isKept(id), norms));
    }
    return new Postings(lengths.length, this.ids, this.frequencies.view, blocks, this.isWhole);
  }

  private isKept(id: number): boolean {
    return this.isWhole || !isCommon(this.frequencies.view[id] as number, this.lengths.length);
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

function isCommon(frequency: number, documents: number): boolean {
  return documents > MANY && frequency > documents * MOST_COMMON;
}

/** What a weight is measured against, for each document: more in a longer one. */
function normsOf(lengths: Float32Array, average: number): Float32Array {
  return lengths.map((length) => K1 * (1 - B + (B * length) / average));
}

/** An inverted index over typed arrays, in blocks. Immutable; the same documents in the same order give the same bytes. */
export class Postings {
  constructor(
    readonly size: number,
    private readonly ids: ReadonlyMap<string, number>,
    private readonly frequencies: Uint32Array,
    private readonly blocks: readonly Block[],
    private readonly isWhole: boolean,
  ) {}

  /** Builds the index of documents, in their order. */
  static of(documents: Iterable<TermWeights>, isWhole = false): Postings {
    const builder = new PostingsBuilder(isWhole);
    for (const document of documents) builder.add(document);
    return builder.build();
  }

  /** What is kept in typed arrays, in bytes; the words themselves are beyond that. */
  get bytes(): number {
    return this.blocks.reduce((sum, { bytes }) => sum + bytes, this.frequencies.byteLength);
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
   */
  prepare(query: TermWeights): PreparedQuery {
    const found: [number, number][] = [];
    let best = 0;
    for (const [term, weight] of query) {
      if (this.isLeftOut(term)) continue;
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

  private isLeftOut(term: string): boolean {
    const id = this.isWhole ? undefined : this.ids.get(term);
    return id !== undefined && isCommon(this.frequencies[id] ?? 0, this.size);
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
    for (let t = 0; t < terms.length; t++) block.add(terms[t] as number, worth[t] as number, scores);
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
