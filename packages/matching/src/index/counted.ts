import { addTerms } from './postings';

/** How often each term comes. */
export function counted(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  addTerms(counts, terms, 1);
  return counts;
}
