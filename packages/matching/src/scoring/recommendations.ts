/** One opening for an expert, with the score of the pair. */
export interface Recommendation {
  /** Its place among the openings that were asked for. */
  readonly opening: number;
  readonly score: number;
}

/** For each of many experts the few openings that fit best, best first, ties to the one that was offered first. */
export class Recommendations {
  private readonly openings: Uint32Array;
  private readonly scores: Float64Array;
  private readonly counts: Uint32Array;

  /** @param most openings for each expert */
  constructor(
    readonly size: number,
    private readonly most: number,
  ) {
    this.openings = new Uint32Array(size * most);
    this.scores = new Float64Array(size * most);
    this.counts = new Uint32Array(size);
  }

  offer(place: number, opening: number, score: number): void {
    const { openings, scores, counts, most } = this;
    const first = place * most;
    const count = counts[place] as number;
    if (count === most && score <= (scores[first + most - 1] as number)) return;
    let to = first + Math.min(count, most - 1);
    for (; to > first && (scores[to - 1] as number) < score; to--) {
      scores[to] = scores[to - 1] as number;
      openings[to] = openings[to - 1] as number;
    }
    scores[to] = score;
    openings[to] = opening;
    if (count < most) counts[place] = count + 1;
  }

  /** Those of one expert. */
  of(place: number): Recommendation[] {
    const first = place * this.most;
    return Array.from({ length: this.counts[place] ?? 0 }, (_, i) => ({
      opening: this.openings[first + i] as number,
      score: this.scores[first + i] as number,
    }));
  }

  get bytes(): number {
    return this.openings.byteLength + this.scores.byteLength + this.counts.byteLength;
  }
}
