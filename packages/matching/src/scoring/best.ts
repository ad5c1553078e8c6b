/** Of a number above 0 so many bits tell its bin: 128 bins between one number and its double. */
const BIN_SHIFT = 16;
/** What is nearer than this to a bin, in the last bits of a number in 32 bits, may belong to it: a hundred-thousandth. */
const UNSURE = 1 << 7;

/**
 * Places among which those with so many of the highest numbers are, ascending, and few others: the numbers may be off by a millionth.
 * None is below 0.
 */
export function aboutBest(numbers: Float32Array, limit: number): number[] {
  // The bits of numbers from 0 on, read as whole numbers, are in the order of the numbers.
  const bits = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const counts = new Uint32Array((1 << (32 - BIN_SHIFT)) >> 1);
  for (let at = 0; at < bits.length; at++) {
    const bin = (bits[at] as number) >>> BIN_SHIFT;
    counts[bin] = (counts[bin] as number) + 1;
  }
  let cut = counts.length;
  for (let sum = 0; cut > 0 && sum < limit;) sum += counts[--cut] as number;
  const least = cut * (1 << BIN_SHIFT) - UNSURE;
  const found: number[] = [];
  for (let at = 0; at < bits.length; at++) if ((bits[at] as number) >= least) found.push(at);
  return found;
}

/** Places of the highest numbers, highest first, ties by place. None is below 0. */
export function highest(numbers: Float32Array, limit: number): Uint32Array {
  const found = aboutBest(numbers, limit);
  found.sort((a, b) => (numbers[b] as number) - (numbers[a] as number) || a - b);
  return Uint32Array.from(found.slice(0, limit));
}

/** A few places with the highest scores so far, highest first, ties to the one that came first. Who has 0 is not among them. */
export class Leaders {
  readonly places: number[] = [];
  readonly scores: number[] = [];

  constructor(private readonly most: number) {}

  /** Only a score above this can still be among them. */
  get least(): number {
    return this.places.length < this.most ? 0 : (this.scores[this.most - 1] ?? Infinity);
  }

  get isFull(): boolean {
    return this.places.length === this.most;
  }

  offer(place: number, score: number): void {
    if (score <= this.least) return;
    const { places, scores } = this;
    let to = this.isFull ? this.most - 1 : places.length;
    for (; to > 0 && (scores[to - 1] as number) < score; to--) {
      places[to] = places[to - 1] as number;
      scores[to] = scores[to - 1] as number;
    }
    places[to] = place;
    scores[to] = score;
  }
}
