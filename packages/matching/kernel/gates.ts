// Gates of a block of experts.
import { CIRCUMSTANCES, COMBINATIONS, FOUND, HELD, MARKS, RATES, SCHEDULES, TABLES, VALUES } from './areas';

/**
 * Sets 1 in HELD for who holds a thing above a value, which is kept in 8 bits, and some bits for who holds it at all. Sixteen experts at once.
 * @param atAll these bits; 0 for none
 */
export function holdBytes(length: i32, above: i32, atAll: i32): void {
  const least = i8x16.splat(<i8>above);
  const none = i8x16.splat(0);
  const one = i8x16.splat(1);
  const any = i8x16.splat(<i8>atAll);
  for (let at: usize = 0; at < <usize>length; at += 16) {
    const values = v128.load(VALUES + at);
    const enough = v128.and(i8x16.gt_u(values, least), one);
    const holds = v128.or(enough, v128.and(i8x16.gt_u(values, none), any));
    v128.store(HELD + at, v128.or(v128.load(HELD + at), holds));
  }
}

/** The same where values are kept in 16 bits, without bits for who holds it at all. */
export function holdShorts(length: i32, above: i32): void {
  const least = i16x8.splat(<i16>above);
  const one = i8x16.splat(1);
  for (let at: usize = 0; at < <usize>length; at += 16) {
    const low = i16x8.gt_u(v128.load(VALUES + 2 * at), least);
    const high = i16x8.gt_u(v128.load(VALUES + 2 * at, 16), least);
    const holds = v128.and(i8x16.narrow_i16x8_s(low, high), one);
    v128.store(HELD + at, v128.or(v128.load(HELD + at), holds));
  }
}

/** Marks with one bit who holds nothing of what was asked for, and with another for whom HELD is 2. Eight experts at once. */
export function markLacking(length: i32, ifNone: i32, ifOther: i32): void {
  const none = i16x8.splat(<i16>ifNone);
  const other = i16x8.splat(<i16>ifOther);
  for (let at: usize = 0; at < <usize>length; at += 8) {
    const held = v128.load8x8_u(HELD + at);
    const lacks = v128.and(i16x8.eq(held, i16x8.splat(0)), none);
    const holds = v128.and(i16x8.eq(held, i16x8.splat(2)), other);
    const marks = MARKS + 2 * at;
    v128.store(marks, v128.or(v128.load(marks), v128.or(lacks, holds)));
  }
}

/**
 * Adds to the marks what stops each by circumstance, schedule and rate, and counts who is stopped by what.
 * @param rate the bit of the gate of the rate: it is set in the table of circumstances where the currency is the opening's
 * @param schedules where the table of schedules begins, in bytes after that of circumstances
 * @returns how many are stopped by nothing: their places stand in FOUND
 */
export function pass(length: i32, first: i32, ceiling: i32, rate: i32, schedules: i32): i32 {
  const bySchedule = TABLES + <usize>schedules;
  let count = 0;
  for (let i = 0; i < length; i++) {
    const at = (<usize>i) << 2;
    let failed = <i32>load<u16>(TABLES + ((<usize>load<u32>(CIRCUMSTANCES + at)) << 1));
    if (load<i32>(RATES + at) <= ceiling) failed &= ~rate;
    failed |= <i32>load<u16>(bySchedule + ((<usize>load<u32>(SCHEDULES + at)) << 1));
    failed |= <i32>load<u16>(MARKS + ((<usize>i) << 1));
    const combination = COMBINATIONS + ((<usize>failed) << 2);
    store<i32>(combination, load<i32>(combination) + 1);
    // Without a branch: who is stopped is written over by the next.
    store<i32>(FOUND + ((<usize>count) << 2), first + i);
    count += i32(failed == 0);
  }
  return count;
}
