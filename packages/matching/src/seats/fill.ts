import { SAID, type SeatTable } from './problem';

/**
 * What holds in every assignment that fills as many seats as can be filled, and only in those. Source: a cut of least
 * capacity is crossed by every largest flow with all it has, and crossed back by nothing (Ford and Fulkerson, "Maximal
 * flow through a network", 1956).
 */
export interface Fill {
  /** The most seats that can be filled, mix rules left aside. */
  readonly filled: number;
  /** Openings that have all the seats that are to fill. */
  readonly isFull: Uint8Array;
  /** Experts who take all the seats that they can. */
  readonly isUsedUp: Uint8Array;
  /** Least and most of each pair: 1 and 1 where it is taken whatever else is, 0 and 0 where it cannot be. */
  readonly least: Uint8Array;
  readonly most: Uint8Array;
  /** True where all that follows from what holds already; else the number of seats has to be asked for as well. */
  readonly isSettled: boolean;
}

/** So many seats at least, whichever: what was said of pairs, and nothing settled beyond it. */
export function fillOfAtLeast(table: SeatTable, filled: number): Fill {
  return {
    filled,
    isFull: new Uint8Array(table.openings.length),
    isUsedUp: new Uint8Array(table.experts.length),
    least: table.said.map((each) => (each === SAID.locked ? 1 : 0)),
    most: table.said.map((each) => (each === SAID.setAside ? 0 : 1)),
    isSettled: filled === 0,
  };
}

/** The most seats that can be filled and what that settles already. What a person said stands. */
export function fillOf(table: SeatTable): Fill {
  const flow = new Flow(table);
  while (flow.measure()) flow.push();
  return flow.settled();
}

/** A largest flow from openings by pairs to experts (Dinic, "Algorithm for solution of a problem of maximum flow", 1970). */
class Flow {
  private readonly open: Int32Array;
  private readonly room: Int32Array;
  private readonly isTaken: Uint8Array;
  private readonly isFree: Uint8Array;
  private readonly pairsOfExpert: number[][];
  /** Steps from an opening with open seats, or -1: openings, then experts. */
  private steps = new Int32Array();
  private next = new Int32Array();

  constructor(private readonly table: SeatTable) {
    const { openings, experts, said, openingOf, expertOf } = table;
    this.open = Int32Array.from(openings, ({ seats }) => seats);
    this.room = Int32Array.from(table.room);
    this.isTaken = Uint8Array.from(said, (each) => (each === SAID.locked ? 1 : 0));
    this.isFree = Uint8Array.from(said, (each) => (each === SAID.nothing ? 1 : 0));
    this.pairsOfExpert = experts.map(() => []);
    said.forEach((_, pair) => {
      const [opening, expert] = [openingOf[pair] ?? 0, expertOf[pair] ?? 0];
      if (this.isFree[pair] === 1) this.pairsOfExpert[expert]?.push(pair);
      if (this.isTaken[pair] === 0) return;
      this.open[opening] = (this.open[opening] ?? 0) - 1;
      this.room[expert] = (this.room[expert] ?? 0) - 1;
    });
  }

  /** Measures the steps from openings with open seats; true where an expert with room is among what is reached. */
  measure(): boolean {
    const { openings, experts } = this.table;
    this.steps = new Int32Array(openings.length + experts.length).fill(-1);
    const reached = openings.flatMap((_, opening) => ((this.open[opening] ?? 0) > 0 ? [opening] : []));
    for (const opening of reached) this.steps[opening] = 0;
    let isEnd = false;
    for (let at = 0; at < reached.length; at += 1) {
      const node = reached[at] ?? 0;
      if (node >= openings.length && (this.room[node - openings.length] ?? 0) > 0) isEnd = true;
      this.fromHere(node, (next) => {
        if (this.steps[next] !== -1) return false;
        this.steps[next] = (this.steps[node] ?? 0) + 1;
        reached.push(next);
        return false;
      });
    }
    this.next = new Int32Array(this.steps.length);
    return isEnd;
  }

  /** Fills open seats by shortest ways until none is left. */
  push(): void {
    this.table.openings.forEach((_, opening) => {
      while ((this.open[opening] ?? 0) > 0 && this.goOn(opening))
        this.open[opening] = (this.open[opening] ?? 0) - 1;
    });
  }

  settled(): Fill {
    const { openings, openingOf, expertOf } = this.table;
    const isReached = (node: number) => this.steps[node] !== -1;
    const across = (pair: number) => {
      const from = isReached(openingOf[pair] ?? 0);
      return from === isReached(openings.length + (expertOf[pair] ?? 0)) ? 'NEITHER' : from ? 'OUT' : 'BACK';
    };
    const isLocked = (pair: number) => this.table.said[pair] === SAID.locked;
    const isFree = (pair: number) => this.isFree[pair] === 1;
    return {
      isSettled: true,
      filled: this.isTaken.reduce((sum, each) => sum + each, 0),
      isFull: Uint8Array.from(openings, (_, opening) => (isReached(opening) ? 0 : 1)),
      isUsedUp: Uint8Array.from(this.room, (_, expert) => (isReached(openings.length + expert) ? 1 : 0)),
      least: this.isTaken.map((_, pair) =>
        isLocked(pair) || (isFree(pair) && across(pair) === 'OUT') ? 1 : 0,
      ),
      most: this.isTaken.map((_, pair) =>
        isLocked(pair) || (isFree(pair) && across(pair) !== 'BACK') ? 1 : 0,
      ),
    };
  }

  /** One more seat from here on to an expert with room; false where no shortest way is left. */
  private goOn(node: number): boolean {
    const expert = node - this.table.openings.length;
    if (expert >= 0 && (this.room[expert] ?? 0) > 0) {
      this.room[expert] = (this.room[expert] ?? 0) - 1;
      return true;
    }
    return this.fromHere(
      node,
      (next, pair) => {
        if (this.steps[next] !== (this.steps[node] ?? 0) + 1 || !this.goOn(next)) return false;
        this.isTaken[pair] = expert >= 0 ? 0 : 1;
        return true;
      },
      this.next,
    );
  }

  /** Tries what can be reached from an opening or expert in one step, from where `next` says on, until a try is true. */
  private fromHere(
    node: number,
    attempt: (next: number, pair: number) => boolean,
    next?: Int32Array,
  ): boolean {
    const { openings, from, openingOf, expertOf } = this.table;
    const expert = node - openings.length;
    const own = expert >= 0 ? (this.pairsOfExpert[expert] ?? []) : undefined;
    const first = own ? 0 : (from[node] ?? 0);
    const count = own ? own.length : (from[node + 1] ?? 0) - first;
    for (let at = next?.[node] ?? 0; at < count; at += 1) {
      if (next) next[node] = at;
      const pair = own ? (own[at] ?? 0) : first + at;
      if (this.isFree[pair] === 0 || this.isTaken[pair] !== (own ? 1 : 0)) continue;
      const target = own ? (openingOf[pair] ?? 0) : openings.length + (expertOf[pair] ?? 0);
      if (attempt(target, pair)) return true;
    }
    if (next) next[node] = count;
    return false;
  }
}
