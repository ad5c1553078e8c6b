import fc from 'fast-check';
import { estimateDifference, estimateWords, type EstimateFacts } from './estimate';
import { assessLine, DEFAULT_TAKE_RATE_TERMS, plus } from './take-rate';

const terms = DEFAULT_TAKE_RATE_TERMS;
function facts(
  lines: readonly number[],
  side: 'lab' | 'expert' = 'lab',
  rateMinorPerHour = 12_345n,
): EstimateFacts {
  const charged = lines
    .map((seconds) => assessLine({ rateMinorPerHour, seconds, terms }))
    .reduce(plus, { agreedMinor: 0n, priceMinor: 0n, payMinor: 0n, feeMinor: 0n });
  const seconds = lines.reduce((a, b) => a + b, 0);
  return { rateMinorPerHour, terms, currency: 'USD', weeklyCapSeconds: 36_000, seconds, charged, side };
}

describe('an estimate', () => {
  it('and its causes add up to what was charged, on both sides', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 10 }),
        fc.constantFrom('lab' as const, 'expert' as const),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (lines, side, rate) => {
          const found = estimateDifference(facts(lines, side, rate));
          const { estimateMinor, chargedMinor, hoursMinor, restMinor } = found;
          const most = BigInt(lines.length * 2);
          return (
            estimateMinor + hoursMinor + restMinor === chargedMinor && restMinor <= most && restMinor >= -most
          );
        },
      ),
    );
  });

  it('is explained in one sentence: hours, rounding, or nothing', () => {
    expect(estimateWords(facts([36_000]))).toBe(
      'A full week was estimated at US$1,419.68, and as much is charged.',
    );
    expect(estimateWords(facts([5400, 3600]))).toBe(
      'A full week was estimated at US$1,419.68; US$354.93 is charged, because 2 h 30 min of 10 h are in this sheet (US$1,064.77 less) and each line is rounded by itself (US$0.02 more).',
    );
    expect(estimateWords(facts([39_600], 'expert'))).toBe(
      'A full week was estimated at US$1,234.50; US$1,357.95 is earned, because 11 h of 10 h are in this sheet (US$123.45 more).',
    );
  });
});
