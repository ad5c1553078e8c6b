import { divideHalfEven } from '../money/money';

const HOUR_SECONDS = 3600n;

/** The three numbers of one hour of a line, minor units: price = pay + fee. */
export interface HourOfLine {
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
}

/**
 * What one hour of a charged line came to: price and pay rounded half-even, the fee is what is between them. Of what was
 * taken back both the amounts and the seconds are below zero, so that its hour is that of the line. Undefined of a line
 * without time.
 */
export function hourOfLine({
  seconds,
  priceMinor,
  payMinor,
}: {
  readonly seconds: number;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
}): HourOfLine | undefined {
  if (seconds === 0) return undefined;
  const sign = seconds < 0 ? -1n : 1n;
  const anHour = (minor: bigint) => divideHalfEven(sign * minor * HOUR_SECONDS, BigInt(Math.abs(seconds)));
  const [price, pay] = [anHour(priceMinor), anHour(payMinor)];
  return { priceMinor: price, payMinor: pay, feeMinor: price - pay };
}
