// What orders pairs of an opening and an expert as their scores do, by columns of 32 bits, four pairs at once. An order may be off by
// less than a hundred-thousandth of itself.
import { EXPERTS, FIRST } from './areas';

/** Columns lie where boards of scores do, after each other. The first is the sums of contributions, and in the end the order. */
const SUMS: i32 = 0;
const HOURS_WORTH: i32 = 1;
const RATE: i32 = 2;

/** Beyond this a power of e is nothing in 32 bits, or all there is. */
const MOST: f32 = 80;
const LOG2_E: f32 = 1.4426950408889634;
/** The logarithm of 2 in two parts: the first times a small whole number is exact. */
const LN2: f32 = 0.693359375;
const LN2_REST: f32 = -2.1219444e-4;

function columnAt(column: i32): usize {
  return FIRST + 4 * <usize>column * <usize>EXPERTS;
}

function endOf(length: i32): usize {
  return (<usize>length) << 2;
}

/** Shares of the best possible match as values: half of it all at `half`. */
export function soften(length: i32, column: i32, half: f32): void {
  const shares = columnAt(column);
  const ofHalf = f32x4.splat(half);
  for (let at: usize = 0; at < endOf(length); at += 16) {
    const share = v128.load(shares + at);
    v128.store(shares + at, f32x4.div(share, f32x4.add(share, ofHalf)));
  }
}

/** Adds to the sums what a part counts. */
export function count(length: i32, column: i32, weight: f32): void {
  const sums = columnAt(SUMS);
  const values = columnAt(column);
  const by = f32x4.splat(weight);
  for (let at: usize = 0; at < endOf(length); at += 16) {
    const more = f32x4.mul(by, v128.load(values + at));
    v128.store(sums + at, f32x4.add(v128.load(sums + at), more));
  }
}

/** Adds to the sums what lowest rates count: all up to an easy share of the ceiling, from there less, down to nothing; nothing where none is said. */
export function countRates(length: i32, ceiling: f32, easy: f32, steepness: f32, weight: f32): void {
  const sums = columnAt(SUMS);
  const rates = columnAt(RATE);
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < endOf(length); at += 16) {
    const rate = v128.load(rates + at);
    const over = f32x4.sub(f32x4.div(rate, f32x4.splat(ceiling)), f32x4.splat(easy));
    const fall = f32x4.sub(one, f32x4.mul(over, f32x4.splat(steepness)));
    const worth = f32x4.max(f32x4.min(fall, one), f32x4.splat(0));
    const known = v128.and(worth, f32x4.gt(rate, f32x4.splat(0)));
    v128.store(sums + at, f32x4.add(v128.load(sums + at), f32x4.mul(f32x4.splat(weight), known)));
  }
}

/**
 * From the sums to what orders pairs: the third power of the chance times the square of the interest. That is the mean of what is known
 * of pay and hours.
 * @param slope of the chance by the sum itself
 * @param offset of the chance where the sum is 0
 * @param given the highest rate, or 0
 * @param unknown interest where nothing is known; hours that are not known are below 0
 */
export function orders(length: i32, slope: f32, offset: f32, given: f32, unknown: f32): void {
  const sums = columnAt(SUMS);
  const rates = columnAt(RATE);
  const hours = columnAt(HOURS_WORTH);
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < endOf(length); at += 16) {
    const x = f32x4.add(f32x4.mul(v128.load(sums + at), f32x4.splat(slope)), f32x4.splat(offset));
    const chance = f32x4.div(one, f32x4.add(one, power(f32x4.neg(x))));
    const interest = interestOf(v128.load(rates + at), v128.load(hours + at), given, unknown);
    const cube = f32x4.mul(f32x4.mul(chance, chance), chance);
    v128.store(sums + at, f32x4.mul(f32x4.mul(cube, interest), interest));
  }
}

function interestOf(rate: v128, hours: v128, given: f32, unknown: f32): v128 {
  const none = f32x4.splat(0);
  const isPayKnown = v128.and(f32x4.gt(rate, none), f32x4.gt(f32x4.splat(given), none));
  const isHoursKnown = f32x4.ge(hours, none);
  const half = f32x4.splat(0.5);
  const pay = f32x4.min(f32x4.splat(1), f32x4.mul(f32x4.div(f32x4.splat(given), rate), half));
  const both = f32x4.mul(f32x4.add(pay, hours), half);
  const withHours = v128.bitselect(both, hours, isPayKnown);
  const without = v128.bitselect(pay, f32x4.splat(unknown), isPayKnown);
  return v128.bitselect(withHours, without, isHoursKnown);
}

/** e to the power of each: 2 to the nearest whole number of doublings, times a polynomial of the rest. */
function power(numbers: v128): v128 {
  const x = f32x4.min(f32x4.max(numbers, f32x4.splat(-MOST)), f32x4.splat(MOST));
  const doublings = f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2_E)));
  const most = f32x4.sub(x, f32x4.mul(doublings, f32x4.splat(LN2)));
  const rest = f32x4.sub(most, f32x4.mul(doublings, f32x4.splat(LN2_REST)));
  let sum = f32x4.splat(1.0 / 720.0);
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.0 / 120.0));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.0 / 24.0));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.0 / 6.0));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1));
  const whole = i32x4.add(i32x4.trunc_sat_f32x4_s(doublings), i32x4.splat(127));
  return f32x4.mul(sum, i32x4.shl(whole, 23));
}
