/** The first of some ascending numbers, from one place up to another, that is at least `at`: looked for in steps that double, then by halves. */
export function firstFrom(
  numbers: Uint16Array | Uint32Array,
  at: number,
  from: number,
  end = numbers.length,
): number {
  let [low, high] = [from, from];
  for (let step = 1; high < end && (numbers[high] as number) < at; step *= 2) {
    low = high + 1;
    high += step;
  }
  high = Math.min(high, end);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
