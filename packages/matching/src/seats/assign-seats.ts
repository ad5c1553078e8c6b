import { chooseByAuction } from './auction';
import { chooseExactly, type Choice } from './exact';
import { plainRefusals, tableOf, type SeatProblem, type SeatRefusal, type SeatTable } from './problem';
import { Reasons, type WhyNot } from './reasons';
import { loadSolver } from './solver';

/** Above this many pairs an exact search takes longer than a person waits, and the auction is within a hair of it. */
export const MOST_EXACT_PAIRS = 50_000;

/** A seat that is taken, why this one, and who would have been the best of the others. */
export interface AssignedSeat {
  readonly openingId: string;
  readonly expertId: string;
  readonly affinity: number;
  readonly isLocked: boolean;
  readonly bestLeftOut: { readonly expertId: string; readonly affinity: number } | null;
  readonly whyNotThem: WhyNot;
}

export interface OpeningOutcome {
  readonly openingId: string;
  readonly seats: number;
  readonly filled: number;
  /** Sum of the affinities of its seats. */
  readonly total: number;
  /** The total divided by the seats that its candidates could fill; what the floor is about. */
  readonly level: number | null;
  readonly whyEmpty: 'NO_CANDIDATES' | 'SET_ASIDE' | 'CONCENTRATION' | 'CAPACITY' | null;
}

/** An expert without a seat, where they would fit best, and why they do not have it. */
export interface Unseated {
  readonly expertId: string;
  readonly openingId: string;
  readonly affinity: number;
  readonly why: WhyNot;
}

export interface SeatAssignment {
  /** EXACT: the optimum; AUCTION: within seats x 0.0001 of the highest total, without a floor. */
  readonly method: 'EXACT' | 'AUCTION';
  readonly isProven: boolean;
  readonly seats: readonly AssignedSeat[];
  readonly openings: readonly OpeningOutcome[];
  readonly unseated: readonly Unseated[];
  /** The level that every opening keeps, within 0.001 of its total; null in an auction, or where nobody can be seated. */
  readonly floor: number | null;
  /** The lowest level that an opening with candidates came to. */
  readonly lowestLevel: number | null;
  readonly total: number;
}

export type SeatOutcome =
  | { readonly ok: true; readonly assignment: SeatAssignment }
  | { readonly ok: false; readonly refusals: readonly SeatRefusal[] };

/**
 * Who takes which seat: as many seats filled as can be, the worst opening as well off as it can be, and then the highest
 * total, under everybody's capacity, the largest share of one expert, the mix rules and what a person said. The same
 * problem gives the same answer, in whatever order it is given. Throws BrokenProblem.
 */
export async function assignSeats(
  problem: SeatProblem,
  { mostExactPairs = MOST_EXACT_PAIRS }: { readonly mostExactPairs?: number } = {},
): Promise<SeatOutcome> {
  const table = tableOf(problem);
  const refusals = plainRefusals(table);
  if (refusals.length > 0) return { ok: false, refusals };
  const isExact = table.affinity.length <= mostExactPairs;
  const choice = isExact ? chooseExactly(table, await loadSolver()) : chooseByAuction(table);
  if ('isTaken' in choice)
    return { ok: true, assignment: assignmentOf(table, choice, isExact ? 'EXACT' : 'AUCTION') };
  return { ok: false, refusals: choice };
}

function assignmentOf(table: SeatTable, choice: Choice, method: 'EXACT' | 'AUCTION'): SeatAssignment {
  const reasons = new Reasons(table, choice);
  const openings = table.openings.map((_, opening) => openingOutcome(table, reasons, opening));
  const levels = openings.flatMap(({ level }) => (level === null ? [] : [level]));
  return {
    method,
    isProven: choice.isProven,
    seats: table.openings.flatMap((_, opening) => seatsOf(table, reasons, opening)),
    openings,
    unseated: unseatedOf(table, choice, reasons),
    floor: choice.floor ?? null,
    lowestLevel: levels.length > 0 ? levels.reduce((least, each) => Math.min(least, each)) : null,
    total: openings.reduce((sum, { total }) => sum + total, 0),
  };
}

function seatsOf(table: SeatTable, reasons: Reasons, opening: number): AssignedSeat[] {
  const left = reasons.bestLeftOut(opening);
  return reasons.takenIn(opening).map((pair) => ({
    openingId: table.openings[opening]?.id ?? '',
    expertId: expertIdOf(table, pair),
    affinity: table.affinity[pair] ?? 0,
    isLocked: table.said[pair] === 1,
    bestLeftOut:
      left === undefined ? null : { expertId: expertIdOf(table, left), affinity: table.affinity[left] ?? 0 },
    whyNotThem: reasons.whyNot(pair, left),
  }));
}

function openingOutcome(table: SeatTable, reasons: Reasons, opening: number): OpeningOutcome {
  const { id = '', seats = 0 } = table.openings[opening] ?? {};
  const taken = reasons.takenIn(opening);
  const total = taken.reduce((sum, pair) => sum + (table.affinity[pair] ?? 0), 0);
  const most = table.most[opening] ?? 0;
  return {
    openingId: id,
    seats,
    filled: taken.length,
    total,
    level: most === 0 ? null : total / most,
    whyEmpty: taken.length < seats ? reasons.whyEmpty(opening) : null,
  };
}

function unseatedOf(table: SeatTable, choice: Choice, reasons: Reasons): Unseated[] {
  const isSeated = new Uint8Array(table.experts.length);
  choice.isTaken.forEach((taken, pair) => {
    if (taken === 1) isSeated[table.expertOf[pair] ?? 0] = 1;
  });
  return table.experts.flatMap(({ id }, expert) => {
    const found = isSeated[expert] === 1 ? undefined : reasons.whyUnseated(expert);
    if (!found) return [];
    const { pair, why } = found;
    const openingId = table.openings[table.openingOf[pair] ?? 0]?.id ?? '';
    return [{ expertId: id, openingId, affinity: table.affinity[pair] ?? 0, why }];
  });
}

function expertIdOf(table: SeatTable, pair: number): string {
  return table.experts[table.expertOf[pair] ?? 0]?.id ?? '';
}
