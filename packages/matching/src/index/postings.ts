import { DOCUMENTS, kernelAreas, type Board } from '../kernel/kernel';
import { growingFloats, growingWords } from './growing';
import { canBePicked, closed, MOST_IMPACT, type Block, type Picked } from './block';
import type { Counts, PlainCounts } from './counts';
import { OpenBlock, tenthsOf, type OpenDocument } from './open-block';

/** BM25's saturation and length normalisation, at their usual values. */
export const K1 = 1.2;
export const B = 0.75;

/** Documents of a block: a place in it fits 16 bits, and the scores of a block fit the processor's cache. */
export const BLOCK = DOCUMENTS;

/**
 * Among many documents a term that more than a tenth of them have is left out: it tells next to nothing, and its documents would take
 * most of the time and much of the memory.
 */
const MANY = 20_000;
const MOST_COMMON = 0.1;

/** Measured in postings that are walked: to look for one document among those of a term, and to clear and read the scores of a block. */
const PICK = 32;
const BOARD = 12_000;

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
  /**
   * @param isWhole true where a term counts whole wherever it is there, however many have it: as a skill does, which is asked for by itself
   * @param shared what was counted elsewhere, where these documents are only some of all
   */
  constructor(
    private readonly isWhole = false,
    private readonly shared?: Counts,
  ) {}

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

  /** What these documents count to, as plain data. */
  get counted(): PlainCounts {
    const frequencies = this.frequencies.view.slice();
    return {
      documents: this.lengths.length,
      average: this.average,
      terms: [...this.ids.keys()],
      frequencies,
    };
  }

  /** The index of what was added; ends the builder, whose blocks are let go one by one. */
  build(): Postings {
    const lengths = this.lengths.view;
    const counts = this.shared ?? this.own;
    const isKept = this.kept(counts);
    const blocks: Block[] = [];
    for (let open = this.blocks.shift(); open; open = this.blocks.shift()) {
      const first = blocks.length * BLOCK;
      const norms = this.isWhole
        ? undefined
        : normsOf(lengths.subarray(first, first + BLOCK), counts.average);
      blocks.push(closed(open, this.ids.size, (id) => isKept[id] === 1, norms));
    }
    return new Postings(lengths.length, this.ids, counts, blocks, this.isWhole);
  }

  private get own(): Counts & { readonly bytes: number } {
    const [ids, frequencies] = [this.ids, this.frequencies.view];
    const frequencyOf = (term: string) => {
      const id = ids.get(term);
      return id === undefined ? 0 : (frequencies[id] as number);
    };
    const bytes = frequencies.byteLength;
    return { documents: this.lengths.length, average: this.average, frequencyOf, bytes };
  }

  private get average(): number {
    let sum = 0;
    for (const length of this.lengths.view) sum += length;
    return sum / Math.max(1, this.lengths.length) || 1;
  }

  /** Of each term, 1 where it is kept. */
  private kept({ documents, frequencyOf }: Counts): Uint8Array {
    return Uint8Array.from(this.ids.keys(), (term) =>
      this.isWhole || !isCommon(frequencyOf(term), documents) ? 1 : 0,
    );
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

/** How telling a term is that so many of some documents have (BM25's idf). */
export function idfOf(frequency: number, documents: number): number {
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

/** True where a term is left out, since it tells next to nothing. */
export function isCommon(frequency: number, documents: number): boolean {
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
    private readonly counts: Counts & { readonly bytes?: number },
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
    return this.blocks.reduce((sum, { bytes }) => sum + bytes, this.counts.bytes ?? 0);
  }

  get blockCount(): number {
    return this.blocks.length;
  }

  /** How telling a term is: the rarer, the more (BM25's idf). */
  idf(term: string): number {
    return idfOf(this.counts.frequencyOf(term), this.counts.documents);
  }

  /**
   * Makes a query ready. Scores are shares of the best that any document could have, so that they mean the same for
   * every query: 0 without a match, towards 1 where every term is there.
   */
  prepare(query: TermWeights): PreparedQuery {
    const found: [string, number][] = [];
    let best = 0;
    for (const [term, weight] of query) {
      if (this.isLeftOut(term)) continue;
      const worth = saturated(weight) * this.idf(term);
      best += worth;
      if (this.ids.has(term)) found.push([term, worth]);
    }
    return this.ordered(found.map(([term, worth]) => [term, worth / best]));
  }

  private isLeftOut(term: string): boolean {
    return !this.isWhole && isCommon(this.counts.frequencyOf(term), this.counts.documents);
  }

  /** In the order of the words, so that sums depend neither on the order in which they are said nor on which other experts are in this part of the index. */
  private ordered(found: [string, number][]): PreparedQuery {
    found.sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      terms: Uint32Array.from(found, ([term]) => this.ids.get(term) as number),
      worth: Float32Array.from(found, ([, worth]) => worth / MOST_IMPACT),
    };
  }

  /** A query of weights that were worked out elsewhere: a document's score is the sum of weight x impact / 255. */
  prepareRaw(query: ReadonlyMap<string, number>): PreparedQuery {
    return this.ordered([...query].filter(([term]) => this.ids.has(term)));
  }

  /** How many documents a block has. */
  lengthOf(index: number): number {
    return Math.max(0, Math.min(BLOCK, this.size - index * BLOCK));
  }

  /** The scores of the documents of one block, on a board of the kernel. They stand there until the next are asked for. */
  scoreBlock({ terms, worth }: PreparedQuery, index: number, board: Board): Float32Array {
    const scores = kernelAreas().scores[board].subarray(0, this.lengthOf(index)).fill(0);
    const block = this.blocks[index];
    for (let t = 0; block && t < terms.length; t++) block.add(terms[t] as number, worth[t] as number, board);
    return scores;
  }

  /** True where so few documents of one block are asked for, of what can be asked of a few, that walking the block takes longer. */
  isPicked({ terms }: PreparedQuery, index: number, documents: number): boolean {
    const block = this.blocks[index];
    if (!block || !canBePicked(block)) return false;
    let postings = BOARD;
    for (const term of terms) postings += block.count(term);
    return documents * terms.length * PICK < postings;
  }

  /** Adds the scores of a few documents of one block that are picked. */
  scorePicked({ terms, worth }: PreparedQuery, index: number, picked: Picked): void {
    const block = this.blocks[index];
    if (!block || !canBePicked(block)) return;
    for (let t = 0; t < terms.length; t++) block.addTo(terms[t] as number, worth[t] as number, picked);
  }

  /** The score of every document. */
  score(query: PreparedQuery): Float32Array {
    const scores = new Float32Array(this.size);
    for (let index = 0; index < this.blocks.length; index++)
      scores.set(this.scoreBlock(query, index, 'FIRST'), index * BLOCK);
    return scores;
  }
}

/** A term that a long query repeats counts more, but not in proportion. */
export function saturated(weight: number): number {
  return (weight * 2) / (weight + 1);
}
