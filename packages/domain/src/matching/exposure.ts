/** What being shown at a place is worth: 1 at the first, less further down (Järvelin and Kekäläinen 2002). */
export function exposureAt(rank: number): number {
  return 1 / Math.log2(1 + rank);
}

/** How unevenly something is shared: 0 where everybody has as much, near 1 where one has all. */
export interface Concentration {
  /** The Gini coefficient, 0 to 1; 0 where there is nothing to share. */
  readonly gini: number;
  /** The share of those who have nothing, 0 to 1. */
  readonly withoutShare: number;
  /** What the hundredth with the most have of all, 0 to 1; of fewer than a hundred, what the first has. */
  readonly topShare: number;
}

/**
 * How unevenly something is shared among people.
 * @param amounts of those who have some, in any order
 * @param people how many there are, with those who have nothing
 */
export function concentrationOf(amounts: readonly number[], people: number): Concentration {
  const sorted = [...amounts].sort((a, b) => a - b);
  const whole = sorted.reduce((sum, each) => sum + each, 0);
  const count = Math.max(people, sorted.length);
  if (whole === 0) return { gini: 0, withoutShare: count === 0 ? 0 : 1, topShare: 0 };
  const none = count - sorted.length;
  const weighted = sorted.reduce((sum, each, at) => sum + (none + at + 1) * each, 0);
  const top = sorted.slice(-Math.ceil(count / 100)).reduce((sum, each) => sum + each, 0);
  return {
    gini: Math.max(0, (2 * weighted) / whole - (count + 1)) / count,
    withoutShare: none / count,
    topShare: top / whole,
  };
}
