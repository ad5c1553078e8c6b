import fc from 'fast-check';
import { mayLower, policiesAsKnown, takeRateConcerns, type KeptPolicy } from './take-rate-change';
import { assessFees, DEFAULT_TAKE_RATE_TERMS, type TakeRateTerms } from './take-rate';
import { resolveTakeRate } from './take-rate-policy';

const ppm = fc.integer({ min: 0, max: 500_000 });
const amount = fc.nat({ max: 3000 }).map((each) => String(each + 1));
const tiers = fc
  .array(fc.record({ above: fc.integer({ min: 1, max: 1_000_000 }), ppm }), { maxLength: 3 })
  .map((steps) =>
    [...new Map(steps.map((step) => [step.above, step])).values()]
      .sort((a, b) => a.above - b.above)
      .map((step) => ({ aboveMinor: String(step.above), ppm: step.ppm })),
  );
const side = fc.record(
  { tiers, fixedMinor: amount, minimumMinor: amount, monthlyCapMinor: amount },
  { requiredKeys: [] },
);
const terms: fc.Arbitrary<TakeRateTerms> = fc.record({
  labFeePpm: ppm,
  expertFeePpm: ppm,
  rounding: fc.constantFrom('HALF_EVEN' as const, 'HALF_UP' as const),
  feeParts: fc.option(fc.record({ currency: fc.constant('USD'), lab: side, expert: side }), {
    nil: undefined,
  }),
});
const by = (more: Partial<TakeRateTerms>) => ({ ...DEFAULT_TAKE_RATE_TERMS, ...more });
const lab = (parts: object) => by({ feeParts: { currency: 'USD', lab: parts } });

describe('a take rate that another person looks at', () => {
  it('is every one that may keep less of some line: what passes keeps at least as much of every line', () => {
    let passed = 0;
    fc.assert(
      fc.property(
        terms,
        terms,
        fc.boolean(),
        fc.bigInt({ min: 1n, max: 200_000n }),
        fc.integer({ min: 1, max: 57_600 }),
        fc.record({
          billedMinor: fc.bigInt({ min: 0n, max: 2_000_000n }),
          monthFeeMinor: fc.bigInt({ min: 0n, max: 5000n }),
        }),
        (before, other, isRaised, rateMinorPerHour, seconds, counted) => {
          // Half of the cases raise what was there, so that many pass.
          const next = isRaised
            ? { ...before, labFeePpm: before.labFeePpm + 1, rounding: 'HALF_UP' as const }
            : other;
          if (mayLower(next, before)) return;
          passed++;
          const old = assessFees({ rateMinorPerHour, seconds, terms: before }, counted);
          const now = assessFees({ rateMinorPerHour, seconds, terms: next }, counted);
          expect(now.labFee.chargedMinor).toBeGreaterThanOrEqual(old.labFee.chargedMinor);
          expect(now.expertFee.chargedMinor).toBeGreaterThanOrEqual(old.expertFee.chargedMinor);
        },
      ),
      { numRuns: 2000 },
    );
    expect(passed).toBeGreaterThan(200);
  });

  it.each([
    ['a lower percentage', by({ labFeePpm: 149_999 }), by({}), true],
    ['the same', by({}), by({}), false],
    ['a higher percentage', by({ labFeePpm: 160_000 }), by({}), false],
    ['from one side to the other', by({ labFeePpm: 100_000, expertFeePpm: 50_000 }), by({}), true],
    ['a cap', lab({ monthlyCapMinor: '1' }), by({}), true],
    ['a tier', lab({ tiers: [{ aboveMinor: '1', ppm: 149_999 }] }), by({}), true],
    ['a fixed amount less', lab({ fixedMinor: '49' }), lab({ fixedMinor: '50' }), true],
    ['a fixed amount more', lab({ fixedMinor: '51' }), lab({ fixedMinor: '50' }), false],
    ['no minimum any more', by({}), lab({ minimumMinor: '1' }), true],
    [
      'another currency',
      by({ feeParts: { currency: 'EUR', lab: { fixedMinor: '50' } } }),
      lab({ fixedMinor: '50' }),
      true,
    ],
    ['halves that went up go to the even one', by({}), by({ rounding: 'HALF_UP' }), true],
  ])('%s', (_name, next, before, isLower) => {
    expect(mayLower(next, before)).toBe(isLower);
  });

  it('names the past and the lower rate apart', () => {
    const now = new Date('2026-11-18T12:00:00Z');
    const from = (effectiveFrom: Date, labFeePpm: number) => ({ ...by({ labFeePpm }), effectiveFrom });
    const before = new Date(now.getTime() - 1);
    expect(takeRateConcerns(from(now, 150_000), [by({})], now)).toEqual([]);
    expect(takeRateConcerns(from(before, 150_000), [by({})], now)).toEqual(['PAST']);
    expect(takeRateConcerns(from(before, 1), [by({ labFeePpm: 0 }), by({})], now)).toEqual(['PAST', 'LOWER']);
  });

  it('changes nothing that was agreed before it was known', () => {
    const day = (text: string) => new Date(`${text}T00:00:00Z`);
    const policy = (id: string, more: Partial<KeptPolicy>): KeptPolicy => ({
      ...DEFAULT_TAKE_RATE_TERMS,
      id,
      scope: 'DEFAULT',
      effectiveFrom: day('2026-01-01'),
      createdAt: day('2026-01-01'),
      ...more,
    });
    const kept = [
      policy('first', { effectiveTo: day('2026-03-01'), closedAt: day('2026-03-10'), plannedTo: null }),
      policy('second', {
        effectiveFrom: day('2026-03-01'),
        createdAt: day('2026-03-10'),
        approvalRequestId: 'approved',
      }),
    ];
    const inForce = (at: string) =>
      resolveTakeRate(policiesAsKnown(kept, day(at)), { labId: 'a' }, day(at))?.policy.id;
    expect([inForce('2026-02-01'), inForce('2026-03-05'), inForce('2026-03-10')]).toEqual([
      'first',
      'first',
      'second',
    ]);
  });
});
