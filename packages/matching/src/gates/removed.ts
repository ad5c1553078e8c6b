import { GATE_CODES, type GateCode } from './gate';

/** Of each gate its bit, in which it is marked for whom it stops. */
export const BITS = Object.fromEntries(GATE_CODES.map((code, place) => [code, 1 << place])) as Record<
  GateCode,
  number
>;
/** So many combinations of gates can stop somebody. */
export const COMBINATIONS = 1 << GATE_CODES.length;

/** Nobody is suspended and hidden at once: both mark a place whose expert is not there any more. */
export const GONE = BITS.SUSPENDED | BITS.CONSENT;

/** What one gate does. */
export interface Removed {
  readonly code: GateCode;
  /** How many fail at it or are unknown; somebody may be counted at several gates. */
  readonly count: number;
  /** How many fail at it alone: so many more would pass without it. */
  readonly wouldPass: number;
}

/** What each gate does, the one that removes most first. @param combinations how many experts each combination of gates stops */
export function removedBy(combinations: Int32Array): Removed[] {
  const counts = new Map<GateCode, number>();
  for (let each = 0; each < combinations.length; each++) {
    const count = combinations[each] as number;
    if (count === 0 || (each & GONE) === GONE) continue;
    for (const code of GATE_CODES) if (each & BITS[code]) counts.set(code, (counts.get(code) ?? 0) + count);
  }
  return [...counts]
    .map(([code, count]) => ({ code, count, wouldPass: combinations[BITS[code]] ?? 0 }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}
