const BINS = 4096;

/**
 * Places of the highest scores, highest first, ties by place. Scores are 0 to 1.
 * @param withNothing also those whose score is 0
 */
export function bestOf(scores: Float32Array, limit: number, withNothing = false): Uint32Array {
  const counts = new Uint32Array(BINS + 1);
  for (let at = 0; at < scores.length; at++) {
    const bin = ((scores[at] as number) * BINS) | 0;
    counts[bin] = (counts[bin] as number) + 1;
  }
  let cut = BINS;
  for (let sum = counts[cut] as number; cut > 0 && sum < limit;) sum += counts[--cut] as number;
  const found: number[] = [];
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] as number;
    if ((withNothing || score > 0) && ((score * BINS) | 0) >= cut) found.push(at);
  }
  found.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  return Uint32Array.from(found.slice(0, limit));
}
