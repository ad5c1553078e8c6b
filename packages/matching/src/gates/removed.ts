import { GATE_CODES, type GateCode } from './gate';

/** Of each gate its bit, in which it is marked for whom it stops. */
export const BITS = Object.fromEntries(GATE_CODES.map((code, place) => [code, 1 << place])) as Record<
  GateCode,
  number
>;
/** Bits beyond those: of a gate that asks somebody something. Who has the gate's own bit too fails at it all the same. */
export const ASKED = {
  RATE: 1 << GATE_CODES.length,
  CREDENTIAL: 2 << GATE_CODES.length,
  LANGUAGE: 4 << GATE_CODES.length,
} as const;
const ASKING: Partial<Record<GateCode, number>> = ASKED;

/** A gate's bit where the gate stops somebody. */
export function bitIf(isStopped: boolean, bit: number): number {
  return isStopped ? bit : 0;
}

/** So many combinations of gates can stop somebody. */
export const COMBINATIONS = 1 << (GATE_CODES.length + Object.keys(ASKED).length);

/** Nobody is suspended and hidden at once: both mark a place whose expert is not there any more. */
export const GONE = BITS.SUSPENDED | BITS.CONSENT;

/** What one gate does. */
export interface Removed {
  readonly code: GateCode;
  /** How many fail at it or are unknown; somebody may be counted at several gates. */
  readonly count: number;
  /** How many fail at it alone: so many more would pass without it. */
  readonly wouldPass: number;
  /** Of those counted, how many only have a question to answer; absent where it is nobody. */
  readonly unknown?: number;
}

/** What each gate does, the one that removes most first. @param combinations how many experts each combination of gates stops */
export function removedBy(combinations: Int32Array): Removed[] {
  const stopping: number[] = [];
  for (let stops = 1; stops < combinations.length; stops++)
    if (combinations[stops] !== 0 && (stops & GONE) !== GONE) stopping.push(stops);
  return GATE_CODES.map((code) => removedAt(code, stopping, combinations))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

/** What one gate does. @param stopping the combinations that stop somebody */
function removedAt(code: GateCode, stopping: readonly number[], combinations: Int32Array): Removed {
  const [failing, asking] = [BITS[code], ASKING[code] ?? 0];
  const own = failing | asking;
  let [count, wouldPass, unknown] = [0, 0, 0];
  for (const stops of stopping) {
    if ((stops & own) === 0) continue;
    const experts = combinations[stops] as number;
    count += experts;
    if ((stops & ~own) === 0) wouldPass += experts;
    if ((stops & failing) === 0) unknown += experts;
  }
  return { code, count, wouldPass, ...(unknown > 0 && { unknown }) };
}
