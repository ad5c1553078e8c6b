// Randomness from one printed number, so that a run can be played again.

/** Draws from a seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit) => Math.floor(next() * limit);
  return {
    /** A whole number from 0, below a limit. */
    below,
    /** One of a list. */
    pick: (list) => list[below(list.length)],
    /** True in so many of a hundred times. */
    chance: (percent) => below(100) < percent,
  };
}
