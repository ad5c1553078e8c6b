import type { OpeningFilter } from '../project/project.public';

/** Openings that match some parts of a filter and not others. A part that was not asked for counts as matched. */
export type MatchCount = Readonly<Record<keyof OpeningFilter, boolean>> & { readonly count: number };

const PARTS = ['search', 'rung', 'taskFamily', 'country'] as const;

/**
 * Filters that find something, where the whole one finds nothing: as few parts left out as possible, most openings
 * first.
 */
export function nearestFilters(
  asked: OpeningFilter,
  counts: readonly MatchCount[],
): { filter: OpeningFilter; count: number }[] {
  const given = PARTS.filter((part) => asked[part] !== undefined);
  for (let dropped = 1; dropped <= given.length; dropped++) {
    const found = subsets(given, given.length - dropped)
      .map((kept) => ({
        filter: Object.fromEntries(kept.map((part) => [part, asked[part]])) as OpeningFilter,
        count: counts
          .filter((row) => kept.every((part) => row[part]))
          .reduce((total, row) => total + row.count, 0),
      }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count);
    if (found.length > 0) return found;
  }
  return [];
}

function subsets<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) =>
    subsets(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]),
  );
}
