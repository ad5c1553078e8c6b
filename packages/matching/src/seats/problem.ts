/** An opening with seats to fill. */
export interface SeatOpening {
  readonly id: string;
  readonly seats: number;
  /** So many of its seats at least go to experts with a tag: a jurisdiction, somebody new here. */
  readonly mix?: readonly MixRule[];
}

export interface MixRule {
  readonly tag: string;
  readonly atLeast: number;
}

/** An expert who may take seats. */
export interface SeatExpert {
  readonly id: string;
  /** How many seats they can take. */
  readonly seats: number;
  readonly tags?: readonly string[];
}

/** An expert who may take a seat of an opening: every gate is passed. */
export interface SeatPair {
  readonly openingId: string;
  readonly expertId: string;
  /** How well they go together; any finite number, more is better. */
  readonly affinity: number;
  /** What a person said of this pair: it stands, or it does not come into question. */
  readonly said?: 'LOCKED' | 'SET_ASIDE';
}

/** Who may take which seats, and what must hold. */
export interface SeatProblem {
  readonly openings: readonly SeatOpening[];
  readonly experts: readonly SeatExpert[];
  readonly pairs: readonly SeatPair[];
  /** No expert takes more than this share of all seats, in percent; 100 where nothing is said. */
  readonly largestSharePercent?: number;
}

/** A rule that cannot be met, and how far one can get. */
export interface SeatRefusal {
  readonly code:
    | 'MIX_NOT_REACHED'
    | 'SHARE_BELOW_ONE_SEAT'
    | 'LOCKED_BEYOND_SEATS'
    | 'LOCKED_BEYOND_CAPACITY'
    | 'LOCKED_BEYOND_SHARE'
    | 'TOO_MANY_MIX_RULES'
    /** The time was over before anything was found. */
    | 'NOT_WORKED_OUT';
  readonly openingId?: string;
  readonly expertId?: string;
  readonly tag?: string;
  /** What the rule asks for, seats. */
  readonly wanted: number;
  /** The most that can be had, seats. */
  readonly reached: number;
}

/** The same problem in numbers, in the order of ids, so that the order of the input changes nothing. */
export interface SeatTable {
  readonly openings: readonly (SeatOpening & { readonly mix: readonly MixRule[] })[];
  readonly experts: readonly SeatExpert[];
  /** What each expert can take: own capacity, or the largest share where that is less. */
  readonly room: Int32Array;
  /** What each opening can have at most: its seats, or its candidates where they are fewer. */
  readonly most: Int32Array;
  /** Pairs of opening `o` are `from[o]` to `from[o + 1]`, by expert. */
  readonly from: Int32Array;
  readonly openingOf: Int32Array;
  readonly expertOf: Int32Array;
  readonly affinity: Float64Array;
  readonly said: Uint8Array;
  readonly largestShare: number;
}

/** Values of `said`. */
export const SAID = { nothing: 0, locked: 1, setAside: 2 } as const;

/** A pair that names an opening or expert that is not there, or that is there twice: a mistake of the caller. */
export class BrokenProblem extends Error {}

/** Puts a problem in order. Throws BrokenProblem. */
export function tableOf(problem: SeatProblem): SeatTable {
  const openings = ordered(problem.openings).map((each) => ({ ...each, mix: mixOf(each) }));
  const experts = ordered(problem.experts);
  const openingAt = placesOf(openings);
  const expertAt = placesOf(experts);
  const openingOf = new Int32Array(problem.pairs.length);
  const expertOf = new Int32Array(problem.pairs.length);
  problem.pairs.forEach((pair, at) => {
    openingOf[at] = openingAt.get(pair.openingId) ?? broken(`There is no opening ${pair.openingId}.`);
    expertOf[at] = expertAt.get(pair.expertId) ?? broken(`There is no expert ${pair.expertId}.`);
    if (!Number.isFinite(pair.affinity))
      broken(`${pair.openingId}, ${pair.expertId}: the affinity is no number.`);
  });
  const order = Uint32Array.from(openingOf, (_, at) => at).sort(
    (a, b) => (openingOf[a] ?? 0) - (openingOf[b] ?? 0) || (expertOf[a] ?? 0) - (expertOf[b] ?? 0),
  );
  order.forEach((pair, at) => {
    const before = order[at - 1];
    if (before === undefined || openingOf[pair] !== openingOf[before] || expertOf[pair] !== expertOf[before])
      return;
    broken(`${problem.pairs[pair]?.openingId}, ${problem.pairs[pair]?.expertId}: this pair is there twice.`);
  });
  const affinity = Float64Array.from(order, (pair) => problem.pairs[pair]?.affinity ?? 0);
  const said = Uint8Array.from(order, (pair) => saidOf(problem.pairs[pair]));
  const from = new Int32Array(openings.length + 1);
  const most = new Int32Array(openings.length);
  order.forEach((pair, at) => {
    add(from, (openingOf[pair] ?? 0) + 1, 1);
    if (said[at] !== SAID.setAside) add(most, openingOf[pair] ?? 0, 1);
  });
  openings.forEach(({ seats }, at) => {
    add(from, at + 1, from[at] ?? 0);
    most[at] = Math.min(seats, most[at] ?? 0);
  });
  const allSeats = openings.reduce((sum, { seats }) => sum + seats, 0);
  const largestShare = Math.floor(((problem.largestSharePercent ?? 100) * allSeats) / 100 + 1e-9);
  return {
    openings,
    experts,
    most,
    from,
    largestShare,
    room: Int32Array.from(experts, ({ seats }) => Math.min(seats, largestShare)),
    openingOf: Int32Array.from(order, (pair) => openingOf[pair] ?? 0),
    expertOf: Int32Array.from(order, (pair) => expertOf[pair] ?? 0),
    affinity,
    said,
  };
}

/** Rules that no assignment can meet, seen without a search. */
export function plainRefusals(table: SeatTable): SeatRefusal[] {
  const { openings, experts } = table;
  const found: SeatRefusal[] = [];
  const wanted = openings.reduce((sum, { seats }) => sum + seats, 0);
  if (wanted > 0 && experts.length > 0 && table.largestShare < 1)
    found.push({ code: 'SHARE_BELOW_ONE_SEAT', wanted: 1, reached: table.largestShare });
  const lockedIn = new Int32Array(openings.length);
  const lockedOf = new Int32Array(experts.length);
  table.said.forEach((said, pair) => {
    if (said !== SAID.locked) return;
    add(lockedIn, table.openingOf[pair] ?? 0, 1);
    add(lockedOf, table.expertOf[pair] ?? 0, 1);
  });
  openings.forEach(({ id, seats }, at) => {
    const locked = lockedIn[at] ?? 0;
    if (locked > seats)
      found.push({ code: 'LOCKED_BEYOND_SEATS', openingId: id, wanted: locked, reached: seats });
  });
  experts.forEach(({ id, seats }, at) => {
    const locked = lockedOf[at] ?? 0;
    if (locked > seats)
      found.push({ code: 'LOCKED_BEYOND_CAPACITY', expertId: id, wanted: locked, reached: seats });
    else if (locked > table.largestShare && table.largestShare >= 1)
      found.push({ code: 'LOCKED_BEYOND_SHARE', expertId: id, wanted: locked, reached: table.largestShare });
  });
  return found;
}

/** True where an expert has a tag. */
export function hasTag(table: SeatTable, expert: number, tag: string): boolean {
  return table.experts[expert]?.tags?.includes(tag) ?? false;
}

function saidOf(pair: SeatPair | undefined): number {
  if (pair?.said === 'LOCKED') return SAID.locked;
  return pair?.said === 'SET_ASIDE' ? SAID.setAside : SAID.nothing;
}

function mixOf({ mix }: SeatOpening): MixRule[] {
  return (mix ?? []).filter(({ atLeast }) => atLeast > 0).sort((a, b) => (a.tag < b.tag ? -1 : 1));
}

function ordered<T extends { readonly id: string }>(things: readonly T[]): T[] {
  return [...things].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function placesOf(things: readonly { readonly id: string }[]): Map<string, number> {
  const places = new Map(things.map(({ id }, at) => [id, at]));
  if (places.size !== things.length) broken('An id of an opening or expert is there twice.');
  return places;
}

function add(numbers: Int32Array, at: number, more: number): void {
  numbers[at] = (numbers[at] ?? 0) + more;
}

function broken(sentence: string): never {
  throw new BrokenProblem(sentence);
}
