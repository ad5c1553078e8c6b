import type { Choice } from './exact';
import { hasTag, SAID, type SeatRefusal, type SeatTable } from './problem';

/** By how much a bid goes beyond what the next best would bring, as a part of the range of affinities. */
export const EPSILON = 1e-4;
/** What a seat of a mix rule is worth beyond its affinity, in ranges: it outbids every seat without one. */
const RULE_WORTH = 10;
/** Bids between two looks at the clock. */
const BIDS_A_LOOK = 1000;

/**
 * Large problems: openings bid for experts, each bid as high as the next best expert makes it worth plus epsilon, from
 * prices of zero (Bertsekas, "Auction algorithms for network flow problems", 1992). Within the number of seats times
 * epsilon of the highest total. There is no floor in it, and a seat is left empty where filling it would cost others more
 * than it brings. A mix rule sets so many seats of its opening apart for experts with its tag. Where the time is over it
 * gives what was sold until then, or undefined where a mix rule lacks somebody.
 */
export function chooseByAuction(
  table: SeatTable,
  secondsLeft: () => number = () => Infinity,
): Choice | SeatRefusal[] | undefined {
  const tooMany = tooManyRules(table);
  if (tooMany.length > 0) return tooMany;
  const auction = new Auction(table, secondsLeft);
  auction.run();
  const lacking = auction.lackingMix();
  if (lacking.length > 0 && auction.isCutOff) return undefined;
  return lacking.length > 0 ? lacking : { isTaken: auction.isTaken, floor: undefined, isProven: false };
}

/** Seats of one opening that want the same: those of a mix rule, or the rest. */
interface Bidder {
  readonly opening: number;
  readonly tag: string | undefined;
  /** Pairs of the table that it may bid for. */
  readonly pairs: Int32Array;
  /** Seats that nobody holds yet. */
  open: number;
}

class Auction {
  readonly isTaken: Uint8Array;
  /** True where the time was over before nobody wanted to bid any more. */
  isCutOff = false;
  private bids = 0;
  private readonly bidders: Bidder[] = [];
  /** The bidder that holds a pair, or -1. */
  private readonly bidderOf: Int32Array;
  private readonly worth: Float64Array;
  private readonly range: number;
  /** Places of expert `e` are `firstPlace[e]` to `firstPlace[e + 1]`, each with its price and the pair that holds it. */
  private readonly firstPlace: Int32Array;
  private readonly price: Float64Array;
  private readonly heldBy: Int32Array;
  /** The cheapest place of each expert, or -1 where they have none. */
  private readonly cheapest: Int32Array;

  constructor(
    private readonly table: SeatTable,
    private readonly secondsLeft: () => number,
  ) {
    const { affinity, said, experts } = table;
    this.isTaken = Uint8Array.from(said, (each) => (each === SAID.locked ? 1 : 0));
    this.bidderOf = new Int32Array(affinity.length).fill(-1);
    let least = 0;
    let most = 0;
    affinity.forEach((each) => {
      least = Math.min(least, each);
      most = Math.max(most, each);
    });
    // Nobody would bid below zero. Raising all affinities alike favours filled seats and changes nothing between them.
    this.worth = affinity.map((each) => each - least);
    this.range = Math.max(most - least, 1e-9);
    this.firstPlace = placesOf(table);
    this.price = new Float64Array(this.firstPlace[experts.length] ?? 0);
    this.heldBy = new Int32Array(this.price.length).fill(-1);
    this.cheapest = Int32Array.from(experts, (_, expert) => this.cheapestOf(expert));
    table.openings.forEach((_, opening) => this.addBidders(opening));
  }

  /** Lets every bidder with an open seat bid until none of them wants to. */
  run(): void {
    const waiting = new Int32Array(this.bidders.length + 1);
    const isWaiting = new Uint8Array(this.bidders.length);
    let head = 0;
    let tail = 0;
    const wait = (bidder: number) => {
      if (isWaiting[bidder] === 1) return;
      isWaiting[bidder] = 1;
      waiting[tail] = bidder;
      tail = (tail + 1) % waiting.length;
    };
    this.bidders.forEach((_, bidder) => wait(bidder));
    while (head !== tail && !this.isCutOff) {
      const bidder = waiting[head] ?? 0;
      head = (head + 1) % waiting.length;
      isWaiting[bidder] = 0;
      this.fill(bidder, wait);
    }
  }

  /** The rules whose seats nobody with their tag was left for. */
  lackingMix(): SeatRefusal[] {
    return this.bidders.flatMap(({ opening, tag, open }) => {
      const given = this.table.openings[opening];
      if (tag === undefined || open === 0 || !given) return [];
      const wanted = given.mix.find((rule) => rule.tag === tag)?.atLeast ?? open;
      return [{ code: 'MIX_NOT_REACHED' as const, openingId: given.id, tag, wanted, reached: wanted - open }];
    });
  }

  private fill(at: number, wait: (bidder: number) => void): void {
    const bidder = this.bidders[at];
    while (bidder && bidder.open > 0 && !this.isLate()) {
      const rest = this.takeFromRest(bidder, at);
      const lost = rest ?? this.bid(bidder, at);
      if (lost === 'NOTHING') return;
      if (lost !== 'NOBODY') wait(lost);
    }
  }

  private isLate(): boolean {
    this.bids += 1;
    if (this.bids % BIDS_A_LOOK === 0) this.isCutOff ||= this.secondsLeft() <= 0;
    return this.isCutOff;
  }

  /** A rule's seat is first filled by whoever sits in the rest of the same opening with its tag; that seat is open then. */
  private takeFromRest(bidder: Bidder, at: number): number | undefined {
    if (bidder.tag === undefined) return undefined;
    for (const pair of bidder.pairs) {
      const holder = this.bidderOf[pair] ?? -1;
      const from = this.bidders[holder];
      if (!from || from.tag !== undefined) continue;
      this.bidderOf[pair] = at;
      bidder.open -= 1;
      from.open += 1;
      return holder;
    }
    return undefined;
  }

  /** One bid: for the best expert, up to where the next best is as good. The bidder that lost its seat, if one did. */
  private bid(bidder: Bidder, at: number): number | 'NOBODY' | 'NOTHING' {
    const bonus = bidder.tag === undefined ? 0 : RULE_WORTH * this.range;
    let bestPair = -1;
    let best = -Infinity;
    let next = 0;
    for (const pair of bidder.pairs) {
      if (this.isTaken[pair] === 1) continue;
      const place = this.cheapest[this.table.expertOf[pair] ?? 0] ?? -1;
      if (place < 0) continue;
      const gain = bonus + (this.worth[pair] ?? 0) - (this.price[place] ?? 0);
      if (gain > best) {
        next = Math.max(next, best);
        best = gain;
        bestPair = pair;
      } else if (gain > next) next = gain;
    }
    if (bestPair < 0 || best < 0) return 'NOTHING';
    return this.sell(bestPair, bidder, at, best - next + EPSILON * this.range);
  }

  private sell(pair: number, bidder: Bidder, at: number, raise: number): number | 'NOBODY' {
    const expert = this.table.expertOf[pair] ?? 0;
    const place = this.cheapest[expert] ?? 0;
    const before = this.heldBy[place] ?? -1;
    this.price[place] = (this.price[place] ?? 0) + raise;
    this.heldBy[place] = pair;
    this.isTaken[pair] = 1;
    this.bidderOf[pair] = at;
    this.cheapest[expert] = this.cheapestOf(expert);
    bidder.open -= 1;
    if (before < 0) return 'NOBODY';
    const loser = this.bidderOf[before] ?? 0;
    this.isTaken[before] = 0;
    this.bidderOf[before] = -1;
    const lost = this.bidders[loser];
    if (lost) lost.open += 1;
    return loser;
  }

  private cheapestOf(expert: number): number {
    let cheapest = -1;
    for (let place = this.firstPlace[expert] ?? 0; place < (this.firstPlace[expert + 1] ?? 0); place += 1)
      if (cheapest < 0 || (this.price[place] ?? 0) < (this.price[cheapest] ?? 0)) cheapest = place;
    return cheapest;
  }

  private addBidders(opening: number): void {
    const given = this.table.openings[opening];
    if (!given) return;
    const all = pairsOf(this.table, opening);
    const locked = all.filter((pair) => this.isTaken[pair] === 1);
    const free = all.filter((pair) => this.table.said[pair] === SAID.nothing);
    let rest = given.seats - locked.length;
    for (const { tag, atLeast } of given.mix) {
      const fits = (pair: number) => hasTag(this.table, this.table.expertOf[pair] ?? 0, tag);
      const open = Math.min(rest, Math.max(0, atLeast - locked.filter(fits).length));
      rest -= open;
      if (open > 0) this.bidders.push({ opening, tag, open, pairs: free.filter(fits) });
    }
    this.bidders.push({ opening, tag: undefined, open: rest, pairs: free });
  }
}

/** Where the places of each expert start, without those that are locked. */
function placesOf({ experts, room, said, expertOf }: SeatTable): Int32Array {
  const left = Int32Array.from(room);
  said.forEach((each, pair) => {
    if (each === SAID.locked) left[expertOf[pair] ?? 0] = (left[expertOf[pair] ?? 0] ?? 0) - 1;
  });
  const first = new Int32Array(experts.length + 1);
  left.forEach((each, expert) => (first[expert + 1] = (first[expert] ?? 0) + Math.max(0, each)));
  return first;
}

function pairsOf({ from }: SeatTable, opening: number): Int32Array {
  const start = from[opening] ?? 0;
  return Int32Array.from({ length: (from[opening + 1] ?? 0) - start }, (_, at) => start + at);
}

/** Rules whose seats together are more than their opening has: one person may meet two rules, which an auction does not see. */
function tooManyRules({ openings }: SeatTable): SeatRefusal[] {
  return openings.flatMap(({ id, seats, mix }) => {
    const wanted = mix.reduce((sum, { atLeast }) => sum + atLeast, 0);
    return wanted > seats
      ? [{ code: 'TOO_MANY_MIX_RULES' as const, openingId: id, wanted, reached: seats }]
      : [];
  });
}
