import loadHighs, { type Basis, type Highs } from 'highs';

/** A linear program to maximise, by columns; a column that `isWhole` takes whole numbers only. */
export interface Program {
  readonly cost: Float64Array;
  /** Costs to find a first corner with, where the true ones leave so many equal that the way is long. */
  readonly firstCost?: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly isWhole: Uint8Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** Entries of column `c` are `starts[c]` to `starts[c + 1]`. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/** The best that was found. */
export interface Optimum {
  readonly objective: number;
  readonly values: Float64Array;
  /** False where the search was cut off before it had shown that there is nothing better. */
  readonly isProven: boolean;
}

/** The relaxed optimum: what a column costs that is moved off its bound, and the corner, to start a like program from. */
export type Corner = Optimum & { readonly reducedCosts: Float64Array; readonly basis: Basis };

/** Programs up to this many columns go to the integer search as they are; of larger ones at least this many do. */
const SMALL = 500;
/** How many branches an integer search opens; a count and not a time, so that every machine finds the same. */
const MOST_NODES = 20_000;
const ZERO = 1e-7;

let loading: Promise<Highs> | undefined;

/** Loads HiGHS, once a process. It is 3.5 MB of WebAssembly, so only what assigns seats loads it. @param secondsLeft how long the solver may still work, all its runs together */
export async function loadSolver(secondsLeft: () => number = () => Infinity): Promise<Solver> {
  loading ??= loadHighs();
  return new Solver(await loading, secondsLeft);
}

/** From where a search starts, and which share of the seconds that are left each of its runs may take. */
interface Start {
  readonly from?: Corner;
  readonly share?: number;
}

/** HiGHS behind what seats need: the best of a program, or nothing where no values meet its rows. One thread, one seed. */
export class Solver {
  /** True once a search ended with nothing, for want of time or branches, that may have had an answer. */
  isCutOff = false;

  constructor(
    private readonly highs: Highs,
    private readonly secondsLeft: () => number,
  ) {}

  /** True where there is no time for anything more. */
  get isOver(): boolean {
    return this.secondsLeft() <= 0;
  }

  /** The optimum where every column may take fractions; undefined where the rows contradict each other. */
  relaxed(program: Program, start: Start = {}): Corner | undefined {
    return this.run(program, { ...start, inWholes: false });
  }

  /** The optimum in whole numbers; undefined where there is none. Starts from the corner of a program of the same rows and columns. */
  whole(program: Program, start: Start = {}): Optimum | undefined {
    const bound = this.relaxed(program, start);
    if (!bound) return undefined;
    if (isWhole(program, bound.values)) return bound;
    const wasCutOff = this.isCutOff;
    const found = program.cost.length > SMALL && this.amongPromising(program, bound, start.share);
    if (found) return found;
    this.isCutOff = wasCutOff;
    return this.run(program, { inWholes: true, share: start.share });
  }

  /**
   * Searches the columns whose reduced cost is small and leaves the others at the bound that the relaxed optimum gives
   * them. A column moved off its bound costs its reduced cost, so that whatever costs more than the distance of what was
   * found from the relaxed optimum cannot be part of anything better: where the columns left out all do, this is the
   * optimum of the whole.
   */
  private amongPromising(program: Program, bound: Corner, share?: number): Optimum | undefined {
    const costs = Float64Array.from(bound.reducedCosts, Math.abs);
    const sorted = Float64Array.from(costs).sort();
    let most = sorted[Math.min(SMALL, sorted.length - 1)] ?? 0;
    for (let round = 0; round < 3; round += 1) {
      const kept = promising(program, bound.values, costs, most);
      const { part, heldCost } = partOf(program, bound.values, kept);
      const found = this.run(part, { inWholes: true, share });
      if (!found) return undefined;
      const objective = found.objective + heldCost;
      const values = Float64Array.from(bound.values);
      kept.forEach((column, at) => (values[column] = found.values[at] ?? 0));
      const distance = bound.objective - objective + ZERO;
      if (distance <= most) return { objective, values, isProven: found.isProven };
      most = distance;
    }
    return undefined;
  }

  private run(
    program: Program,
    { inWholes, from, share = 1 }: Start & { readonly inWholes: boolean },
  ): Corner | undefined {
    const seconds = this.secondsLeft() * share;
    if (seconds <= 0) {
      this.isCutOff = true;
      return undefined;
    }
    const { constants } = this.highs;
    const columns = program.cost.length;
    const hasFirst = !inWholes && program.firstCost !== undefined;
    const model = {
      numCols: columns,
      numRows: program.rowLower.length,
      sense: constants.objectiveSense.maximize,
      colCost: (hasFirst ? program.firstCost : undefined) ?? program.cost,
      colLower: program.lower,
      colUpper: program.upper,
      rowLower: program.rowLower,
      rowUpper: program.rowUpper,
      matrix: {
        format: 'csc' as const,
        numRows: program.rowLower.length,
        numCols: columns,
        starts: program.starts,
        indices: program.rows,
        values: program.values,
      },
      ...(inWholes && { integrality: Int32Array.from(program.isWhole) }),
    };
    return this.highs.withModel(model, (made) => {
      made.options.set({
        output_flag: false,
        random_seed: 0,
        mip_rel_gap: 0,
        mip_abs_gap: 1e-6,
        mip_max_nodes: MOST_NODES,
        ...(Number.isFinite(seconds) && { time_limit: seconds }),
        // Measured: these programs have next to nothing that presolve could take out.
        presolve: inWholes ? 'choose' : 'off',
      });
      if (from) made.setBasis(from.basis);
      made.run();
      if (hasFirst) {
        made.changeColsCost({ kind: 'range', from: 0, to: columns - 1 }, program.cost);
        made.run();
      }
      const status = made.getModelStatus();
      const hasOne = made.info.get('primal_solution_status') === constants.solutionStatus.feasible;
      if (!hasOne) {
        const { timeLimit, iterationLimit, solutionLimit, interrupted, unknown } = constants.modelStatus;
        this.isCutOff ||= [timeLimit, iterationLimit, solutionLimit, interrupted, unknown].some(
          (each) => each === status,
        );
        return undefined;
      }
      const { colValue, colDual } = made.getSolution();
      return {
        objective: made.getObjectiveValue(),
        values: colValue,
        reducedCosts: colDual ?? new Float64Array(columns),
        basis: made.getBasis(),
        isProven: status === constants.modelStatus.optimal,
      };
    });
  }
}

function isWhole(program: Program, values: Float64Array): boolean {
  return values.every(
    (value, column) => program.isWhole[column] === 0 || Math.abs(value - Math.round(value)) < ZERO,
  );
}

function promising(program: Program, values: Float64Array, costs: Float64Array, most: number): number[] {
  const kept: number[] = [];
  values.forEach((value, column) => {
    const isAtBound = value === program.lower[column] || value === program.upper[column];
    if (!isAtBound || program.isWhole[column] === 0 || (costs[column] ?? 0) <= most) kept.push(column);
  });
  return kept;
}

/** A program of some columns, with the others held at their values, and what those bring. */
function partOf(
  program: Program,
  values: Float64Array,
  kept: readonly number[],
): { readonly part: Program; readonly heldCost: number } {
  const isKept = new Uint8Array(values.length);
  for (const column of kept) isKept[column] = 1;
  const held = new Float64Array(program.rowLower.length);
  let heldCost = 0;
  values.forEach((value, column) => {
    if (isKept[column] === 1 || value === 0) return;
    heldCost += value * (program.cost[column] ?? 0);
    entries(program, column, (row, entry) => (held[row] = (held[row] ?? 0) + entry * value));
  });
  const rows: number[] = [];
  const entryValues: number[] = [];
  const starts = [0];
  for (const column of kept) {
    entries(program, column, (row, entry) => {
      rows.push(row);
      entryValues.push(entry);
    });
    starts.push(rows.length);
  }
  const some = (all: Float64Array) => Float64Array.from(kept, (column) => all[column] ?? 0);
  const part = {
    cost: some(program.cost),
    lower: some(program.lower),
    upper: some(program.upper),
    isWhole: Uint8Array.from(kept, (column) => program.isWhole[column] ?? 0),
    rowLower: program.rowLower.map((bound, row) => bound - (held[row] ?? 0)),
    rowUpper: program.rowUpper.map((bound, row) => bound - (held[row] ?? 0)),
    starts: Int32Array.from(starts),
    rows: Int32Array.from(rows),
    values: Float64Array.from(entryValues),
  };
  return { part, heldCost };
}

function entries(program: Program, column: number, take: (row: number, value: number) => void): void {
  for (let at = program.starts[column] ?? 0; at < (program.starts[column + 1] ?? 0); at += 1)
    take(program.rows[at] ?? 0, program.values[at] ?? 0);
}
