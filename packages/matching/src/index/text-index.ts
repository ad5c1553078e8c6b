/** BM25's saturation and length normalisation, at their usual values. */
const K1 = 1.2;
const B = 0.75;

/** Weighted terms of one document: how often, times the weight of its field. */
export type TermWeights = ReadonlyMap<string, number>;

/** Adds terms with a weight. */
export function addTerms(to: Map<string, number>, terms: readonly string[], weight: number): void {
  for (const term of terms) to.set(term, (to.get(term) ?? 0) + weight);
}

interface Postings {
  readonly documents: Uint32Array;
  /** BM25's part of the score that depends on document and term alone, times idf. */
  readonly impacts: Float32Array;
  readonly idf: number;
}

/** An inverted index over typed arrays. Immutable; the same documents give the same bytes. */
export class TextIndex {
  private constructor(
    readonly size: number,
    private readonly postings: ReadonlyMap<string, Postings>,
  ) {}

  /** Builds the index of documents, in their order. */
  static of(documents: readonly TermWeights[]): TextIndex {
    const lengths = documents.map((document) =>
      [...document.values()].reduce((sum, weight) => sum + weight, 0),
    );
    const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, documents.length) || 1;
    const lists = new Map<string, { documents: number[]; weights: number[] }>();
    documents.forEach((document, at) => {
      for (const [term, weight] of document) {
        const list = lists.get(term) ?? { documents: [], weights: [] };
        list.documents.push(at);
        list.weights.push(weight);
        lists.set(term, list);
      }
    });
    const postings = new Map<string, Postings>();
    for (const [term, list] of lists) {
      const count = list.documents.length;
      const idf = Math.log(1 + (documents.length - count + 0.5) / (count + 0.5));
      const impacts = Float32Array.from(list.weights, (weight, i) => {
        const length = lengths[list.documents[i] ?? 0] ?? 0;
        return (idf * weight * (K1 + 1)) / (weight + K1 * (1 - B + (B * length) / average));
      });
      postings.set(term, { documents: Uint32Array.from(list.documents), impacts, idf });
    }
    return new TextIndex(documents.length, postings);
  }

  /**
   * Scores every document for a query. The score is a share of the best that any document could have, so that it means
   * the same for every query: 0 without a match, towards 1 where every term is there.
   */
  score(query: TermWeights): Float32Array {
    const scores = new Float32Array(this.size);
    let best = 0;
    for (const [term, weight] of query) {
      const found = this.postings.get(term);
      const idf = found?.idf ?? Math.log(1 + (this.size + 0.5) / 0.5);
      const asked = saturated(weight);
      best += asked * idf * (K1 + 1);
      if (!found) continue;
      for (let i = 0; i < found.documents.length; i++) {
        const at = found.documents[i] ?? 0;
        scores[at] = (scores[at] ?? 0) + asked * (found.impacts[i] ?? 0);
      }
    }
    if (best > 0) for (let at = 0; at < scores.length; at++) scores[at] = (scores[at] ?? 0) / best;
    return scores;
  }
}

/** A term that a long query repeats counts more, but not in proportion. */
function saturated(weight: number): number {
  return (weight * 2) / (weight + 1);
}
