import type { Choice } from './exact';
import { hasTag, SAID, type SeatTable } from './problem';

/** Why somebody who would fit an opening better, or is not seated at all, does not have the seat. */
export type WhyNot =
  /** Everybody who could have it fits less well. */
  | { readonly code: 'NONE_BETTER' }
  /** All the seats that they can take are elsewhere, where they bring more: so much would be lost in total. */
  | { readonly code: 'CAPACITY'; readonly openingId: string; readonly lost: number }
  /** Without them an opening would be below the floor. */
  | { readonly code: 'FLOOR'; readonly openingId: string }
  /** Without them a seat of another opening would be empty. */
  | { readonly code: 'SEAT_EMPTY'; readonly openingId: string }
  /** They have as many seats as one expert may have. */
  | { readonly code: 'CONCENTRATION' }
  /** With them in it the opening would not keep a mix rule. */
  | { readonly code: 'MIX'; readonly tag: string }
  /** A person locked the seat for somebody else, or theirs elsewhere. */
  | { readonly code: 'LOCKED' }
  /** A person set them aside for this opening. */
  | { readonly code: 'SET_ASIDE' }
  /** Everybody who has a seat there fits better. */
  | { readonly code: 'OUTSCORED' }
  /** Within what the search leaves open. */
  | { readonly code: 'CLOSE_CALL' };

/** Answers "why not" about a choice, one exchange at a time. */
export class Reasons {
  private readonly load: Int32Array;
  private readonly taken: number[][];
  private readonly pairsOfExpert: number[][];

  constructor(
    private readonly table: SeatTable,
    private readonly choice: Choice,
  ) {
    this.load = new Int32Array(table.experts.length);
    this.taken = table.openings.map(() => []);
    this.pairsOfExpert = table.experts.map(() => []);
    table.affinity.forEach((_, pair) => {
      const expert = table.expertOf[pair] ?? 0;
      this.pairsOfExpert[expert]?.push(pair);
      if (choice.isTaken[pair] !== 1) return;
      this.load[expert] = (this.load[expert] ?? 0) + 1;
      this.taken[table.openingOf[pair] ?? 0]?.push(pair);
    });
  }

  /** The pairs that take seats of an opening, best first. */
  takenIn(opening: number): readonly number[] {
    return [...(this.taken[opening] ?? [])].sort((a, b) => this.affinity(b) - this.affinity(a) || a - b);
  }

  /** The best expert for an opening who has no seat in it, as a pair. */
  bestLeftOut(opening: number): number | undefined {
    let best: number | undefined;
    for (let pair = this.table.from[opening] ?? 0; pair < (this.table.from[opening + 1] ?? 0); pair += 1)
      if (
        this.choice.isTaken[pair] !== 1 &&
        (best === undefined || this.affinity(pair) > this.affinity(best))
      )
        best = pair;
    return best;
  }

  /** Why `other` does not have the seat of `pair`, both of one opening. */
  whyNot(pair: number, other: number | undefined): WhyNot {
    if (other === undefined || this.affinity(other) <= this.affinity(pair)) return { code: 'NONE_BETTER' };
    if (this.table.said[other] === SAID.setAside) return { code: 'SET_ASIDE' };
    if (this.table.said[pair] === SAID.locked) return { code: 'LOCKED' };
    const tag = this.brokenRule(pair, other);
    if (tag !== undefined) return { code: 'MIX', tag };
    const expert = this.table.expertOf[other] ?? 0;
    if ((this.load[expert] ?? 0) < (this.table.room[expert] ?? 0)) return { code: 'CLOSE_CALL' };
    if ((this.table.room[expert] ?? 0) < (this.table.experts[expert]?.seats ?? 0))
      return { code: 'CONCENTRATION' };
    return this.whyElsewhere(pair, other);
  }

  /** Where an expert without a seat would fit best, and why they do not have it. */
  whyUnseated(expert: number): { readonly pair: number; readonly why: WhyNot } | undefined {
    const pairs = this.pairsOfExpert[expert] ?? [];
    const best = [...pairs].sort(
      (a, b) => this.isSetAside(a) - this.isSetAside(b) || this.affinity(b) - this.affinity(a) || a - b,
    )[0];
    if (best === undefined) return undefined;
    if (this.table.said[best] === SAID.setAside) return { pair: best, why: { code: 'SET_ASIDE' } };
    const opening = this.table.openingOf[best] ?? 0;
    const weakest = this.takenIn(opening)
      .filter((pair) => this.table.said[pair] !== SAID.locked)
      .at(-1);
    if (weakest === undefined) return { pair: best, why: this.withoutSeat(expert, opening) };
    const why = this.whyNot(weakest, best);
    return { pair: best, why: why.code === 'NONE_BETTER' ? { code: 'OUTSCORED' } : why };
  }

  /** Why seats of an opening are empty. */
  whyEmpty(opening: number): 'NO_CANDIDATES' | 'SET_ASIDE' | 'CONCENTRATION' | 'CAPACITY' {
    const { from, said, expertOf, room, experts } = this.table;
    const pairs = Array.from(
      { length: (from[opening + 1] ?? 0) - (from[opening] ?? 0) },
      (_, at) => (from[opening] ?? 0) + at,
    );
    const seats = this.table.openings[opening]?.seats ?? 0;
    if (pairs.length < seats) return 'NO_CANDIDATES';
    if (pairs.filter((pair) => said[pair] !== SAID.setAside).length < seats) return 'SET_ASIDE';
    const isLimited = pairs.some((pair) => {
      const expert = expertOf[pair] ?? 0;
      return this.choice.isTaken[pair] !== 1 && (room[expert] ?? 0) < (experts[expert]?.seats ?? 0);
    });
    return isLimited ? 'CONCENTRATION' : 'CAPACITY';
  }

  private withoutSeat(expert: number, opening: number): WhyNot {
    if ((this.table.openings[opening]?.seats ?? 0) === 0 || this.takenIn(opening).length > 0)
      return { code: 'LOCKED' };
    return (this.table.room[expert] ?? 0) < 1 ? { code: 'CONCENTRATION' } : { code: 'CLOSE_CALL' };
  }

  /** What giving `other` the seat of `pair` would do to the opening that loses them: they have no seat to spare. */
  private whyElsewhere(pair: number, other: number): WhyNot {
    const expert = this.table.expertOf[other] ?? 0;
    const gained = this.affinity(other) - this.affinity(pair);
    const seats = (this.pairsOfExpert[expert] ?? []).filter((each) => this.choice.isTaken[each] === 1);
    const free = seats.filter((each) => this.table.said[each] !== SAID.locked);
    if (free.length === 0) return { code: 'LOCKED' };
    const losses = free.map((given) => ({ given, ...this.loss(given, pair) }));
    const least = losses.reduce((a, b) => (b.lost < a.lost ? b : a));
    const openingId = this.table.openings[this.table.openingOf[least.given] ?? 0]?.id ?? '';
    if (least.isEmpty) return { code: 'SEAT_EMPTY', openingId };
    if (least.isBelowFloor) return { code: 'FLOOR', openingId };
    return least.lost > gained
      ? { code: 'CAPACITY', openingId, lost: least.lost - gained }
      : { code: 'CLOSE_CALL' };
  }

  /** What an opening loses when the expert of `given` leaves it and the best who is free, the one who made room too, comes. */
  private loss(given: number, madeRoom: number): { lost: number; isEmpty: boolean; isBelowFloor: boolean } {
    const { openingOf, expertOf, from, said, room, most } = this.table;
    const opening = openingOf[given] ?? 0;
    const freed = expertOf[madeRoom] ?? 0;
    let best: number | undefined;
    for (let pair = from[opening] ?? 0; pair < (from[opening + 1] ?? 0); pair += 1) {
      const expert = expertOf[pair] ?? 0;
      const isFree = expert === freed || (this.load[expert] ?? 0) < (room[expert] ?? 0);
      if (this.choice.isTaken[pair] === 1 || said[pair] === SAID.setAside || !isFree) continue;
      if (this.brokenRule(given, pair) !== undefined) continue;
      if (best === undefined || this.affinity(pair) > this.affinity(best)) best = pair;
    }
    if (best === undefined) return { lost: Infinity, isEmpty: true, isBelowFloor: false };
    const lost = this.affinity(given) - this.affinity(best);
    const total = this.takenIn(opening).reduce((sum, pair) => sum + this.affinity(pair), 0);
    const floor = this.choice.floor === undefined ? -Infinity : this.choice.floor * (most[opening] ?? 0);
    return { lost, isEmpty: false, isBelowFloor: total - lost < floor - 1e-9 };
  }

  /** The tag of a rule that would not hold any more with `other` in place of `pair`. */
  private brokenRule(pair: number, other: number): string | undefined {
    const { openings, openingOf, expertOf } = this.table;
    const opening = openingOf[pair] ?? 0;
    return openings[opening]?.mix.find(({ tag, atLeast }) => {
      const has = (each: number) => (hasTag(this.table, expertOf[each] ?? 0, tag) ? 1 : 0);
      const now = (this.taken[opening] ?? []).reduce((sum, each) => sum + has(each), 0);
      return now - has(pair) + has(other) < atLeast;
    })?.tag;
  }

  private affinity(pair: number): number {
    return this.table.affinity[pair] ?? 0;
  }

  private isSetAside(pair: number): number {
    return this.table.said[pair] === SAID.setAside ? 1 : 0;
  }
}
