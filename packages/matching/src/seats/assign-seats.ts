import { chooseByAuction } from './auction';
import { chooseExactly, type Choice, type SeatStep } from './exact';
import { plainRefusals, tableOf, type SeatProblem, type SeatRefusal, type SeatTable } from './problem';
import { Reasons, type WhyNot } from './reasons';
import { loadSolver } from './solver';

/** Above this many pairs an exact search takes longer than a person waits, and the auction is within a hair of it. */
export const MOST_EXACT_PAIRS = 50_000;

/** So long a search goes on where nothing else is said: then the best found so far is what there is. */
export const SEARCH_SECONDS = 20;

/** Of its time the exact search leaves so many seconds to an auction, which is there where nothing else was found. */
const KEPT_FOR_AUCTION = 1;

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

/** How long a search may take and who hears how it goes on. */
export interface SeatSearch {
  readonly mostExactPairs?: number;
  /** Seconds that are left, asked again and again; without a limit where nothing is said. */
  readonly secondsLeft?: () => number;
  /** Hears each better assignment on the way; none of them is proven to be the best. */
  readonly found?: (assignment: SeatAssignment) => void;
  /** Hears what the search is at. */
  readonly told?: (step: SeatStep) => void;
}

/**
 * Who takes which seat: as many seats filled as can be, the worst opening as well off as it can be, and then the highest
 * total, under everybody's capacity, the largest share of one expert, the mix rules and what a person said. The same
 * problem gives the same answer, in whatever order it is given, unless the time is over: then the best that was found is
 * given, which is not proven, or the refusal NOT_WORKED_OUT where nothing was. Throws BrokenProblem.
 */
export async function assignSeats(problem: SeatProblem, search: SeatSearch = {}): Promise<SeatOutcome> {
  const { mostExactPairs = MOST_EXACT_PAIRS, secondsLeft, told = () => undefined } = search;
  const table = tableOf(problem);
  const refusals = plainRefusals(table);
  if (refusals.length > 0) return { ok: false, refusals };
  let soFar: SeatAssignment | undefined;
  const found = (choice: Choice, method: SeatAssignment['method']) => {
    soFar = assignmentOf(table, choice, method);
    search.found?.(soFar);
  };
  const isExact = table.affinity.length <= mostExactPairs;
  const auction = () => {
    told({ at: 'AUCTION' });
    return chooseByAuction(table, secondsLeft);
  };
  if (isExact) {
    // Who listens has something at once.
    const first = search.found && auction();
    if (first && 'isTaken' in first) found(first, 'AUCTION');
    const solver = await loadSolver(secondsLeft && (() => secondsLeft() - KEPT_FOR_AUCTION));
    const heard = { told, found: (better: Choice) => found(better, 'EXACT') };
    const choice = chooseExactly(table, solver, heard);
    if (choice) return outcomeOf(table, choice, 'EXACT');
    if (soFar) return { ok: true, assignment: soFar };
  }
  const choice = auction();
  // Whether rules of an exact search can be met at all an auction does not know.
  return choice && ('isTaken' in choice || !isExact)
    ? outcomeOf(table, choice, 'AUCTION')
    : notWorkedOut(problem);
}

function outcomeOf(
  table: SeatTable,
  choice: Choice | readonly SeatRefusal[],
  method: SeatAssignment['method'],
): SeatOutcome {
  return 'isTaken' in choice
    ? { ok: true, assignment: assignmentOf(table, choice, method) }
    : { ok: false, refusals: choice };
}

/** Nothing was found in time. */
export function notWorkedOut({ openings }: Pick<SeatProblem, 'openings'>): SeatOutcome {
  const wanted = openings.reduce((sum, { seats }) => sum + seats, 0);
  return { ok: false, refusals: [{ code: 'NOT_WORKED_OUT', wanted, reached: 0 }] };
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
