import fc from 'fast-check';
import { assessLine, DEFAULT_TAKE_RATE_TERMS } from './take-rate';
import { hourOfLine } from './hour';

describe('an hour of a charged line', () => {
  it('is the rate and the fee on it, whatever the time; nothing where there is no time', () => {
    expect(hourOfLine({ seconds: 5400, priceMinor: 17_250n, payMinor: 15_000n })).toEqual({
      priceMinor: 11_500n,
      payMinor: 10_000n,
      feeMinor: 1_500n,
    });
    expect(hourOfLine({ seconds: 0, priceMinor: 5_750n, payMinor: 5_000n })).toBeUndefined();
  });

  it('is the same for what was taken back of it', () => {
    const line = { seconds: 1_458, priceMinor: 5_723n, payMinor: 4_959n };
    const back = { seconds: -1_458, priceMinor: -5_723n, payMinor: -4_959n };
    expect(hourOfLine(back)).toEqual(hourOfLine(line));
  });

  it('adds up, and is off the rate by no more than the rounding of the line', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 86_400 }),
        fc.bigInt(1n, 1_000_000n),
        (seconds, rateMinorPerHour) => {
          const line = assessLine({ rateMinorPerHour, seconds, terms: DEFAULT_TAKE_RATE_TERMS });
          const hour = hourOfLine({ seconds, ...line });
          expect(hour && hour.payMinor + hour.feeMinor).toBe(hour?.priceMinor);
          const off = Number((hour?.payMinor ?? 0n) - rateMinorPerHour);
          expect(Math.abs(off)).toBeLessThanOrEqual(Math.ceil(3600 / seconds / 2) + 1);
        },
      ),
    );
  });
});
