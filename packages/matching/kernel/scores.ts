// Scores of a block of documents. What terms add is worked out in 32 bits; where shares are mixed, and where a term counts whole, in 64
// bits and kept in 32, as JavaScript does with its typed arrays.
import { FIRST, FOUND, POSTINGS, SECOND, THIRD } from './areas';

/** Adds what a term is worth where two bytes are a posting: the step from the document before, and the impact. */
export function addNear(bytes: i32, unit: f32, scores: usize): void {
  const end = POSTINGS + <usize>bytes;
  let score = scores;
  for (let posting = POSTINGS; posting < end; posting += 2) {
    score += (<usize>load<u8>(posting)) << 2;
    store<f32>(score, load<f32>(score) + unit * <f32>load<u8>(posting, 1));
  }
}

/** The same where three bytes are a posting: the place, and the impact. */
export function addFar(bytes: i32, unit: f32, scores: usize): void {
  const end = POSTINGS + <usize>bytes;
  for (let posting = POSTINGS; posting < end; posting += 3) {
    const score = scores + ((<usize>load<u16>(posting)) << 2);
    store<f32>(score, load<f32>(score) + unit * <f32>load<u8>(posting, 2));
  }
}

/** The same where two bytes are a posting, the place, and each counts whole. */
export function addWhole(bytes: i32, whole: f64, scores: usize): void {
  const end = POSTINGS + <usize>bytes;
  for (let posting = POSTINGS; posting < end; posting += 2) {
    const score = scores + ((<usize>load<u16>(posting)) << 2);
    store<f32>(score, <f32>(<f64>load<f32>(score) + whole));
  }
}

/** Mixes the second and the third scores into the second, each with its share. Four documents at once. */
export function mix(length: i32, second: f64, third: f64): void {
  const ofSecond = f64x2.splat(second);
  const ofThird = f64x2.splat(third);
  for (let at: usize = 0; at < (<usize>length) << 2; at += 16) {
    const one = v128.load(SECOND + at);
    const other = v128.load(THIRD + at);
    const low = mixed(one, other, ofSecond, ofThird);
    const high = mixed(upper(one), upper(other), ofSecond, ofThird);
    v128.store(SECOND + at, v128.shuffle<f32>(low, high, 0, 1, 4, 5));
  }
}

function mixed(one: v128, other: v128, ofOne: v128, ofOther: v128): v128 {
  const first = f64x2.mul(ofOne, f64x2.promote_low_f32x4(one));
  const second = f64x2.mul(ofOther, f64x2.promote_low_f32x4(other));
  return f32x4.demote_f64x2_zero(f64x2.add(first, second));
}

function upper(numbers: v128): v128 {
  return v128.shuffle<f32>(numbers, numbers, 2, 3, 2, 3);
}

/**
 * Finds documents, from one place up to another, of which the first score times a weight and the second times another may be above a
 * bound: four at once and in 32 bits, so that the bound must be a little lower than what is meant.
 * @returns how many: their places in the block stand in FOUND
 */
export function above(from: i32, to: i32, first: f32, second: f32, bound: f32): i32 {
  const ofFirst = f32x4.splat(first);
  const ofSecond = f32x4.splat(second);
  const least = f32x4.splat(bound);
  let count = 0;
  for (let i = from; i < to; i += 4) {
    const at = (<usize>i) << 2;
    const one = f32x4.mul(ofFirst, v128.load(FIRST + at));
    const other = f32x4.mul(ofSecond, v128.load(SECOND + at));
    let found = i32x4.bitmask(f32x4.gt(f32x4.add(one, other), least));
    if (to - i < 4) found &= (1 << (to - i)) - 1;
    for (; found != 0; found &= found - 1) {
      store<i32>(FOUND + ((<usize>count) << 2), i + <i32>ctz(found));
      count += 1;
    }
  }
  return count;
}
