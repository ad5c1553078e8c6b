import fc from 'fast-check';
import { NOTHING_COUNTED } from './fee';
import { feeAgain, feeAssessments, FORMULA_VERSION } from './fee-assessment';
import { assessFees, type TakeRateTerms } from './take-rate';
import { counterAssessment, takenBackMatches, takenBackOf } from './taken-back';

const TERMS: TakeRateTerms = {
  labFeePpm: 150_000,
  expertFeePpm: 33_333,
  rounding: 'HALF_EVEN',
  feeParts: { currency: 'USD', lab: { fixedMinor: '50' } },
};
const line = (rateMinorPerHour: bigint, seconds: number) => ({ rateMinorPerHour, seconds, terms: TERMS });

describe('what is taken back of a line', () => {
  it('is the whole line to the cent and the second, however many parts it goes back in', () => {
    fc.assert(
      fc.property(
        fc.bigInt(100n, 1_000_000n),
        fc.integer({ min: 60, max: 100_000 }),
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 }),
        (rate, seconds, cuts) => {
          const charged = { ...assessFees(line(rate, seconds), NOTHING_COUNTED), seconds };
          const own = { ...charged, rounding: TERMS.rounding };
          const assessed = feeAssessments(line(rate, seconds), NOTHING_COUNTED, charged);
          const sums = { priceMinor: 0n, payMinor: 0n, feeMinor: 0n, seconds: 0, counters: 0n };
          let before = 0n;
          const parts = [...cuts.map((cut) => (charged.agreedMinor * BigInt(cut)) / 10_000n), undefined];
          for (const each of parts) {
            const left = charged.agreedMinor - before;
            const taken = each === undefined || each > left ? left : each;
            if (taken === 0n) continue;
            const part = takenBackOf(own, before, taken);
            expect(part.priceMinor).toBe(part.payMinor + part.feeMinor);
            expect(part.payMinor >= 0n && part.feeMinor >= 0n && part.seconds >= 0).toBe(true);
            const reversal = {
              ...own,
              agreedMinor: -taken,
              priceMinor: -part.priceMinor,
              payMinor: -part.payMinor,
              feeMinor: -part.feeMinor,
              seconds: -part.seconds,
            };
            expect(takenBackMatches(own, before, reversal)).toBe(true);
            expect(takenBackMatches(own, before, { ...reversal, feeMinor: reversal.feeMinor - 1n })).toBe(
              false,
            );
            for (const kept of assessed) {
              const counter = counterAssessment(
                kept,
                { beforeMinor: before, takenMinor: taken },
                { billedMinor: null, monthFeeMinor: null },
                FORMULA_VERSION,
              );
              // The nightly recompute works the counter-row out from what it keeps.
              expect(feeAgain(counter)).toEqual({
                basisMinor: -taken,
                computedMinor: counter.chargedMinor,
                chargedMinor: counter.chargedMinor,
              });
              sums.counters += counter.chargedMinor;
            }
            sums.priceMinor += part.priceMinor;
            sums.payMinor += part.payMinor;
            sums.feeMinor += part.feeMinor;
            sums.seconds += part.seconds;
            before += taken;
          }
          const { priceMinor, payMinor, feeMinor } = charged;
          expect(sums).toEqual({ priceMinor, payMinor, feeMinor, seconds, counters: -feeMinor });
        },
      ),
    );
  });

  it('never is more than the line, and never nothing', () => {
    const charged = { ...assessFees(line(12_345n, 3600), NOTHING_COUNTED), seconds: 3600 };
    const own = { ...charged, rounding: TERMS.rounding };
    const more = { ...own, agreedMinor: -own.agreedMinor - 1n };
    expect(takenBackMatches(own, 0n, more)).toBe(false);
    expect(takenBackMatches(own, 0n, { ...own, agreedMinor: 0n })).toBe(false);
  });
});
