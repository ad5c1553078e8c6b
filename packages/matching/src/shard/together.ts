import type { Removed } from '../gates/removed';
import { GATE_CODES } from '../gates/gate';
import { PART_NAMES } from '../scoring/model';
import type { SampleSums } from '../scoring/rows';
import { FEEDBACK } from '../scoring/occupation-worth';
import type { NamedLeader } from './door';

/** Best first, ties by id: the order in which one index of everybody has them. */
export function byScore(
  a: { readonly score: number; readonly id: string },
  b: { readonly score: number; readonly id: string },
): number {
  return b.score - a.score || (a.id < b.id ? -1 : 1);
}

/** Those of several parts whose words fit best. */
export function leadersAmong(parts: readonly (readonly NamedLeader[])[]): NamedLeader[] {
  return parts
    .flat()
    .sort((a, b) => byScore({ score: a.score, id: a.expertId }, { score: b.score, id: b.expertId }))
    .slice(0, FEEDBACK.best);
}

/** The sums of several parts together. */
export function samplesTogether(parts: readonly SampleSums[]): SampleSums {
  return {
    count: parts.reduce((sum, { count }) => sum + count, 0),
    sums: PART_NAMES.map((_, part) => parts.reduce((sum, { sums }) => sum + (sums[part] as number), 0)),
  };
}

/** What each gate does in several parts together, the one that removes most first. */
export function removedTogether(parts: readonly (readonly Removed[])[]): Removed[] {
  const all = parts.flat();
  return GATE_CODES.map((code) => {
    const own = all.filter((each) => each.code === code);
    const sum = (of: (each: Removed) => number) => own.reduce((total, each) => total + of(each), 0);
    const unknown = sum((each) => each.unknown ?? 0);
    return {
      code,
      count: sum(({ count }) => count),
      wouldPass: sum(({ wouldPass }) => wouldPass),
      ...(unknown > 0 && { unknown }),
    };
  })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}
