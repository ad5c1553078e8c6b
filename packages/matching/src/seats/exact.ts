import { fillOf, fillOfAtLeast, type Fill } from './fill';
import type { SeatRefusal, SeatTable } from './problem';
import { FLOOR_SLACK, programOf } from './program';
import type { Corner, Solver } from './solver';

/** Which pairs take a seat, in the order of the table's pairs. */
export interface Choice {
  readonly isTaken: Uint8Array;
  /** The level that every opening keeps; undefined where no opening has a candidate, or none was asked for. */
  readonly floor: number | undefined;
  /** False where the search was cut off: the floor or the total may be a little better. */
  readonly isProven: boolean;
}

/** What a search is at. */
export type SeatStep =
  | { readonly at: 'AUCTION' }
  | { readonly at: 'RULES' }
  | { readonly at: 'FLOOR' }
  /** The floor is known to lie between two levels. */
  | { readonly at: 'FLOOR_BETWEEN'; readonly least: number; readonly most: number };

/** Who hears how a search goes on. */
export interface Heard {
  readonly found: (choice: Choice) => void;
  readonly told: (step: SeatStep) => void;
}

/** The share of what time is left that one try of a floor may take, so that no single one takes all. */
const SHARE_OF_TRY = 0.25;

/**
 * The assignment that fills as many seats as can be filled, gives the worst opening as much as can be had, and with that
 * floor kept within 0.001 has the highest total. A refusal where the mix rules cannot be met; undefined where the time
 * was over before anything was found.
 */
export function chooseExactly(
  table: SeatTable,
  solver: Solver,
  heard: Heard,
): Choice | SeatRefusal[] | undefined {
  heard.told({ at: 'RULES' });
  const lacking = lackingMix(table, solver);
  if (!lacking) return undefined;
  if (lacking.length > 0) return lacking;
  const choice = new Filling(table, solver, heard, fillOf(table)).best();
  if (choice || solver.isCutOff) return choice;
  // Mix rules may leave seats empty that could be filled without them.
  const filled = mostFilled(table, solver);
  const fewer = new Filling(table, solver, heard, fillOfAtLeast(table, filled)).best();
  return fewer ?? (solver.isCutOff ? undefined : nobody(table));
}

/** The mix rules that cannot all be met, each with how far it gets where all together get as far as they can; undefined where it is not known in time. */
function lackingMix(table: SeatTable, solver: Solver): SeatRefusal[] | undefined {
  const rules = table.openings.flatMap(({ id, mix }) => mix.map((rule) => ({ ...rule, openingId: id })));
  if (rules.length === 0) return [];
  const found = solver.whole(programOf(table, { of: 'MIX' }));
  if (!found) return solver.isCutOff ? undefined : [];
  const lacks = found.values.slice(table.affinity.length);
  if (!found.isProven && lacks.some((lack) => Math.round(lack) > 0)) return undefined;
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

/** The search where so many seats are to be filled. */
class Filling {
  constructor(
    private readonly table: SeatTable,
    private readonly solver: Solver,
    private readonly heard: Heard,
    private readonly fill: Fill,
  ) {}

  /** The best where so many seats are filled; undefined where so many cannot be, or nothing was found in time. */
  best(): Choice | undefined {
    const { table, solver, fill } = this;
    if (fill.filled === 0) return undefined;
    this.heard.told({ at: 'FLOOR' });
    const bound = solver.relaxed(programOf(table, { of: 'FLOOR', fill }));
    if (!bound) return undefined;
    const asHigh = this.highest({ floor: bound.objective, from: bound, share: SHARE_OF_TRY });
    // In whole seats the floor may be lower than in fractions of seats: then the highest that there is.
    return asHigh ?? this.raised(bound.objective);
  }

  /**
   * Halves the levels between a floor that was reached and one that cannot be, until they are as close as a floor may be
   * missed by. To ask whether a level can be kept takes a small part of what it takes to raise it in one program, whose
   * relaxed optimum is far above every whole one where experts are fewer than seats (measured: 7 s against 40 s at 30
   * experts for 60 seats, 3 s against 17 s at 60 for 100).
   */
  private raised(most: number): Choice | undefined {
    const { table, solver, heard } = this;
    let found = this.highest({ floor: undefined });
    if (!found) return undefined;
    let floor = lowestLevel(table, found);
    let ceiling = most;
    const close = FLOOR_SLACK / table.most.reduce((a, b) => Math.max(a, b), 1);
    let isProven = true;
    while (ceiling - floor > close && !solver.isOver) {
      found = { ...found, floor, isProven: false };
      heard.found(found);
      heard.told({ at: 'FLOOR_BETWEEN', least: floor, most: ceiling });
      const level = (floor + ceiling) / 2;
      solver.isCutOff = false;
      const higher = this.highest({ floor: level, slack: 0, share: SHARE_OF_TRY });
      if (higher) {
        found = higher;
        floor = Math.max(level, lowestLevel(table, higher));
      } else {
        ceiling = level;
        isProven &&= !solver.isCutOff;
      }
    }
    const last = this.highest({ floor });
    isProven &&= ceiling - floor <= close && (last?.isProven ?? false);
    return { ...(last ?? found), floor, isProven };
  }

  private highest(given: {
    readonly floor: number | undefined;
    readonly slack?: number;
    readonly from?: Corner;
    readonly share?: number;
  }): Choice | undefined {
    const { table, solver, fill } = this;
    const { from, share, ...aim } = given;
    const found = solver.whole(programOf(table, { of: 'TOTAL', fill, ...aim }), { from, share });
    return found && { isTaken: takenOf(table, found.values), floor: aim.floor, isProven: found.isProven };
  }
}

function lowestLevel({ openings, openingOf, affinity, most }: SeatTable, { isTaken }: Choice): number {
  const totals = new Float64Array(openings.length);
  isTaken.forEach((taken, pair) => {
    const opening = openingOf[pair] ?? 0;
    if (taken === 1) totals[opening] = (totals[opening] ?? 0) + (affinity[pair] ?? 0);
  });
  return totals.reduce((least, total, at) => {
    const seats = most[at] ?? 0;
    return seats === 0 ? least : Math.min(least, total / seats);
  }, Infinity);
}

/** The highest total alone, without a floor: what the auction comes to, for comparing the two. */
export function highestTotal(table: SeatTable, solver: Solver): Choice {
  const found = solver.whole(
    programOf(table, { of: 'TOTAL', fill: fillOfAtLeast(table, 0), floor: undefined }),
  );
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
