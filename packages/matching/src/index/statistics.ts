import { countsOf, type Counts, type PlainCounts } from './counts';
import { TOPICS, type Basis } from './topics';

/** The postings of an index, by name. */
export const POSTINGS = [
  'profiles',
  'titleWords',
  'titleTrigrams',
  'skills',
  'credentials',
  'items',
] as const;
export type PostingsName = (typeof POSTINGS)[number];

/**
 * What is learned from many experts together and read by every part of an index: how telling a word is, how long texts are, and
 * which words go together. Parts that share it give the same scores as one index of everybody.
 */
export interface Statistics {
  /** Names the experts that were counted: the same for the same ones. */
  readonly id: string;
  readonly counts: Readonly<Record<PostingsName, Counts>>;
  readonly basis: Basis;
}

/** Statistics as plain data, to be stored and sent. */
export interface PlainStatistics {
  readonly id: string;
  readonly counts: Readonly<Record<PostingsName, PlainCounts>>;
  readonly basis: { readonly terms: readonly string[]; readonly rows: Float32Array };
}

/** Statistics that were stored or sent. */
export function statisticsOf({ id, counts, basis }: PlainStatistics): Statistics {
  return {
    id,
    counts: Object.fromEntries(
      POSTINGS.map((name) => [name, countsOf(counts[name])]),
    ) as Statistics['counts'],
    basis: new Map(
      basis.terms.map((term, at) => [term, basis.rows.subarray(at * TOPICS, (at + 1) * TOPICS)]),
    ),
  };
}

/** Plain statistics. @param id names the experts that were counted */
export function plainStatistics(
  id: string,
  counts: PlainStatistics['counts'],
  basis: Basis,
): PlainStatistics {
  const rows = new Float32Array(basis.size * TOPICS);
  [...basis.values()].forEach((row, at) => rows.set(row, at * TOPICS));
  return { id, counts, basis: { terms: [...basis.keys()], rows } };
}
