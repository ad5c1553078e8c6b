import type { SeatRefusal, SeatTable } from './problem';
import { programOf } from './program';
import type { Corner, Solver } from './solver';

/** Which pairs take a seat, in the order of the table's pairs. */
export interface Choice {
  readonly isTaken: Uint8Array;
  /** The level that every opening keeps; undefined where no opening has a candidate, or none was asked for. */
  readonly floor: number | undefined;
  /** False where the search was cut off: the floor or the total may be a little better. */
  readonly isProven: boolean;
}

/**
 * The assignment that fills as many seats as can be filled, gives the worst opening as much as can be had, and with that
 * floor kept within 0.001 has the highest total. A refusal where the mix rules cannot be met.
 */
export function chooseExactly(table: SeatTable, solver: Solver): Choice | SeatRefusal[] {
  const lacking = lackingMix(table, solver);
  if (lacking.length > 0) return lacking;
  const hoped = Math.min(sum(table.most), sum(table.room));
  return (
    fillingAtLeast(hoped, table, solver) ??
    fillingAtLeast(mostFilled(table, solver), table, solver) ??
    nobody(table)
  );
}

/** The mix rules that cannot all be met, each with how far it gets where all together get as far as they can. */
function lackingMix(table: SeatTable, solver: Solver): SeatRefusal[] {
  const rules = table.openings.flatMap(({ id, mix }) => mix.map((rule) => ({ ...rule, openingId: id })));
  if (rules.length === 0) return [];
  const found = solver.whole(programOf(table, { of: 'MIX' }));
  const lacks = found?.values.slice(table.affinity.length) ?? new Float64Array(rules.length);
  return rules.flatMap(({ openingId, tag, atLeast }, at) => {
    const lack = Math.round(lacks[at] ?? 0);
    return lack === 0
      ? []
      : [{ code: 'MIX_NOT_REACHED' as const, openingId, tag, wanted: atLeast, reached: atLeast - lack }];
  });
}

function mostFilled(table: SeatTable, solver: Solver): number {
  return Math.round(solver.whole(programOf(table, { of: 'FILLED' }))?.objective ?? 0);
}

function fillingAtLeast(filled: number, table: SeatTable, solver: Solver): Choice | undefined {
  if (filled === 0) return undefined;
  const bound = solver.relaxed(programOf(table, { of: 'FLOOR', filled }));
  if (!bound) return undefined;
  const asHigh = best(table, solver, filled, bound.objective, bound);
  if (asHigh) return asHigh;
  // In whole seats the floor may be lower than in fractions of seats: then the highest that there is.
  const whole = solver.whole(programOf(table, { of: 'FLOOR', filled }));
  if (!whole) return undefined;
  const choice = best(table, solver, filled, whole.objective);
  return choice && { ...choice, isProven: choice.isProven && whole.isProven };
}

function best(
  table: SeatTable,
  solver: Solver,
  filled: number,
  floor: number,
  from?: Corner,
): Choice | undefined {
  const found = solver.whole(programOf(table, { of: 'TOTAL', filled, floor }), from);
  return found && { isTaken: takenOf(table, found.values), floor, isProven: found.isProven };
}

/** The highest total alone, without a floor: what the auction comes to, for comparing the two. */
export function highestTotal(table: SeatTable, solver: Solver): Choice {
  const found = solver.whole(programOf(table, { of: 'TOTAL', filled: 0, floor: undefined }));
  return found
    ? { isTaken: takenOf(table, found.values), floor: undefined, isProven: found.isProven }
    : nobody(table);
}

function nobody(table: SeatTable): Choice {
  return { isTaken: new Uint8Array(table.affinity.length), floor: undefined, isProven: true };
}

function takenOf(table: SeatTable, values: Float64Array): Uint8Array {
  return Uint8Array.from(table.affinity, (_, pair) => Math.round(values[pair] ?? 0));
}

function sum(numbers: Int32Array): number {
  return numbers.reduce((total, each) => total + each, 0);
}
