/** What postings know of all documents, also of those that are indexed elsewhere: it makes scores comparable. */
export interface Counts {
  /** How many documents were counted. */
  readonly documents: number;
  /** How long they are on average; above 0. */
  readonly average: number;
  /** How many of them have a term. */
  frequencyOf(term: string): number;
}

/** Counts as plain data, to be stored and sent. */
export interface PlainCounts {
  readonly documents: number;
  readonly average: number;
  readonly terms: readonly string[];
  readonly frequencies: Uint32Array;
}

/** Counts that were stored or sent. */
export function countsOf({ documents, average, terms, frequencies }: PlainCounts): Counts {
  const known = new Map(terms.map((term, at) => [term, frequencies[at] as number]));
  return { documents, average, frequencyOf: (term) => known.get(term) ?? 0 };
}
