// Words and chances for a made-up market, all from seeds: the same place has the same person on every machine.

const CONSONANTS = 'bcdfghjklmnprstvwz';
const VOWELS = 'aeiou';
const SYLLABLES = [...CONSONANTS].flatMap((consonant) => [...VOWELS].map((vowel) => consonant + vowel));
/** Words of three syllables come first; no function word of any language is among them. */
const FIRST = SYLLABLES.length ** 2;
const ENDINGS = ['n', 'r', 'st', 'l', 'x', 'nt', 'rk', 'm'];

/** The word of a number: another one for each. */
export function wordOf(number) {
  // Neighbours in the list shall not read alike: 48,271 has no divisor in common with the number of words.
  const mixed = FIRST + ((number * 48_271) % (SYLLABLES.length ** 3 - FIRST));
  let word = '';
  for (let left = mixed; left > 0; left = Math.floor(left / SYLLABLES.length))
    word = SYLLABLES[left % SYLLABLES.length] + word;
  return word + ENDINGS[number % ENDINGS.length];
}

/** Numbers from 0 to 2^32 - 1 without a pattern, from a seed (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return {
    /** A whole number below `most`. */
    below: (most) => Math.floor((next() / 2 ** 32) * most),
    /** True in a share of all cases. */
    isIn: (share) => next() / 2 ** 32 < share,
    one: (list) => list[Math.floor((next() / 2 ** 32) * list.length)],
  };
}

const STEPS = 1 << 18;

/** What draws from 0 to size - 1 by Zipf's law: the n-th comes 1/n as often as the first. */
export function zipf(size) {
  let sum = 0;
  for (let rank = 1; rank <= size; rank++) sum += 1 / rank;
  const table = new Uint32Array(STEPS);
  for (let rank = 1, at = 0, reached = 0; rank <= size; rank++) {
    reached += 1 / rank / sum;
    for (; at < STEPS && at < reached * STEPS; at++) table[at] = rank - 1;
  }
  return (from) => table[from.below(STEPS)];
}
