import fc from 'fast-check';
import { countedBack, feeTakenBack, NOTHING_COUNTED, sideFee, type FeeTier, type SideParts } from './fee';
import { countedBefore, feeAgain, feeAssessments } from './fee-assessment';
import {
  agreedPay,
  assessFees,
  assessTime,
  assessLine,
  assessWeeks,
  DEFAULT_TAKE_RATE_TERMS,
  plus,
  times,
  weekLeft,
  type TakeRateTerms,
} from './take-rate';
import { checkPolicy, type PolicyRules } from './take-rate-policy';
import { termsWords } from './take-rate-words';

const base = { rounding: 'HALF_EVEN' as const, counted: NOTHING_COUNTED };
const fee = (basisMinor: bigint, ppm: number, parts?: SideParts, counted = NOTHING_COUNTED) =>
  sideFee({ ...base, basisMinor, ppm, parts, counted }).chargedMinor;
const tiers: FeeTier[] = [
  { aboveMinor: '10000', ppm: 100_000 },
  { aboveMinor: '30000', ppm: 50_000 },
];
const minor = fc.bigInt({ min: 0n, max: 10n ** 9n });
const ppm = fc.integer({ min: 0, max: 500_000 });
const someParts = fc.record(
  {
    tiers: fc.constant(tiers),
    fixedMinor: fc.nat({ max: 5000 }).map((each) => String(each + 1)),
    minimumMinor: fc.nat({ max: 5000 }).map((each) => String(each + 1)),
    monthlyCapMinor: fc.nat({ max: 50_000 }).map((each) => String(each + 1)),
  },
  { requiredKeys: [] },
);
const counted = fc.record({ billedMinor: minor, monthFeeMinor: minor });

describe("one side's fee", () => {
  it('takes each tier of what is billed by its own share, over lines that cross them', () => {
    expect(fee(10_000n, 200_000, { tiers })).toBe(2000n);
    expect(fee(40_000n, 200_000, { tiers })).toBe(2000n + 2000n + 500n);
    expect(fee(1000n, 200_000, { tiers }, { ...NOTHING_COUNTED, billedMinor: 9500n })).toBe(100n + 50n);
    expect(fee(1000n, 200_000, { tiers }, { ...NOTHING_COUNTED, billedMinor: 30_000n })).toBe(50n);
  });

  it('has a fixed amount and a minimum for each line, and never more than its pay', () => {
    expect(fee(10_000n, 100_000, { fixedMinor: '50' })).toBe(1050n);
    expect(fee(1000n, 100_000, { minimumMinor: '300' })).toBe(300n);
    expect(fee(200n, 100_000, { minimumMinor: '300' })).toBe(200n);
    expect(fee(0n, 100_000, { minimumMinor: '300', fixedMinor: '50' })).toBe(0n);
  });

  it("ends where the month's cap is reached, and begins anew with the next month", () => {
    const parts = { monthlyCapMinor: '1500' };
    expect(fee(10_000n, 100_000, parts, { billedMinor: 0n, monthFeeMinor: 900n })).toBe(600n);
    expect(fee(10_000n, 100_000, parts, { billedMinor: 0n, monthFeeMinor: 1500n })).toBe(0n);
    expect(fee(10_000n, 100_000, parts)).toBe(1000n);
  });

  it('rounds by its policy, once', () => {
    const half = (rounding: 'HALF_EVEN' | 'HALF_UP') =>
      sideFee({ ...base, rounding, basisMinor: 50n, ppm: 10_000 }).chargedMinor;
    expect([half('HALF_EVEN'), half('HALF_UP')]).toEqual([0n, 1n]);
  });

  it('lies between nothing and the agreed pay, and below the cap, whatever the parts', () => {
    fc.assert(
      fc.property(minor, ppm, someParts, counted, (basisMinor, share, parts, before) => {
        const charged = fee(basisMinor, share, parts, before);
        const left = parts.monthlyCapMinor === undefined ? basisMinor : BigInt(parts.monthlyCapMinor);
        return charged >= 0n && charged <= basisMinor && charged <= left;
      }),
    );
  });

  it('is the same for a sum in one line as over many, but for the rounding of each', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 20_000n }), { minLength: 1, maxLength: 12 }),
        (lines) => {
          let billedMinor = 0n;
          let charged = 0n;
          for (const line of lines) {
            charged += fee(line, 200_000, { tiers }, { billedMinor, monthFeeMinor: 0n });
            billedMinor += line;
          }
          const off = charged - fee(billedMinor, 200_000, { tiers });
          return off <= BigInt(lines.length) && off >= -BigInt(lines.length);
        },
      ),
    );
  });

  it('goes back at the rate at which it was charged, and the counters with it', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 8n }),
        counted,
        fc.bigInt({ min: 1n, max: 10n ** 8n }),
        (basisMinor, before, part) => {
          const chargedMinor = fee(basisMinor, 200_000, { tiers }, before);
          const takenBackMinor = part < basisMinor ? part : basisMinor;
          const back = feeTakenBack({ basisMinor, chargedMinor, takenBackMinor, rounding: 'HALF_EVEN' });
          const after = {
            billedMinor: before.billedMinor + basisMinor,
            monthFeeMinor: before.monthFeeMinor + chargedMinor,
          };
          const stepped = countedBack(after, takenBackMinor, back, true);
          const isWhole = takenBackMinor < basisMinor || back === chargedMinor;
          const isBefore =
            takenBackMinor < basisMinor ||
            (stepped.billedMinor === before.billedMinor && stepped.monthFeeMinor === before.monthFeeMinor);
          return back >= 0n && back <= chargedMinor && isWhole && isBefore;
        },
      ),
    );
    const after = { billedMinor: 100n, monthFeeMinor: 40n };
    expect(countedBack(after, 30n, 5n, false)).toEqual({ billedMinor: 70n, monthFeeMinor: 40n });
  });
});

describe('a line under a policy of parts', () => {
  const terms: TakeRateTerms = {
    ...DEFAULT_TAKE_RATE_TERMS,
    expertFeePpm: 20_000,
    feeParts: {
      currency: 'USD',
      lab: { tiers: [{ aboveMinor: '10000000', ppm: 120_000 }], fixedMinor: '50', monthlyCapMinor: '500000' },
      expert: { minimumMinor: '100' },
    },
  };

  it('adds up to the cent, on both sides, whatever was counted', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        fc.integer({ min: 0, max: 57_600 }),
        someParts,
        someParts,
        counted,
        (rateMinorPerHour, seconds, lab, expert, before) => {
          const line = {
            rateMinorPerHour,
            seconds,
            terms: { ...terms, feeParts: { currency: 'USD', lab, expert } },
          };
          const { agreedMinor, priceMinor, payMinor, feeMinor, labFee, expertFee } = assessFees(line, before);
          return (
            priceMinor === payMinor + feeMinor &&
            feeMinor === labFee.chargedMinor + expertFee.chargedMinor &&
            payMinor >= 0n &&
            priceMinor <= agreedMinor * 2n
          );
        },
      ),
    );
  });

  it('never costs more than its time was held for, where no line is shorter than an hour', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        fc.array(fc.integer({ min: 3600, max: 14_400 }), { minLength: 1, maxLength: 10 }),
        someParts,
        minor,
        (rateMinorPerHour, lines, lab, billedMinor) => {
          const each = { rateMinorPerHour, terms: { ...terms, feeParts: { currency: 'USD', lab } } };
          const seconds = lines.reduce((a, b) => a + b, 0);
          const held = assessTime({ ...each, seconds }).priceMinor;
          let before = { ...NOTHING_COUNTED, billedMinor };
          let charged = 0n;
          for (const one of lines) {
            const { agreedMinor, priceMinor, labFee } = assessFees({ ...each, seconds: one }, before);
            before = {
              billedMinor: before.billedMinor + agreedMinor,
              monthFeeMinor: before.monthFeeMinor + labFee.chargedMinor,
            };
            charged += priceMinor;
          }
          // A unit of rounding a line.
          return charged <= held + BigInt(lines.length * 2);
        },
      ),
    );
  });

  it('is held as one line where only percentages count', () => {
    const line = { rateMinorPerHour: 12_345n, seconds: 36_000, terms: DEFAULT_TAKE_RATE_TERMS };
    expect(assessTime(line)).toEqual(assessLine(line));
  });

  it('is said in words, part by part, with the base of each percentage', () => {
    const byLine = { currency: 'USD', lab: { fixedMinor: '50' }, expert: {} };
    expect(termsWords({ ...DEFAULT_TAKE_RATE_TERMS, labFeePpm: 0, feeParts: byLine })).toBe(
      'US$0.50 a line, in one week never more than a full week logged hour by hour would cost, paid by the lab on top; nothing is taken from the expert.',
    );
    expect(termsWords(terms)).toBe(
      '15.00 % of agreed pay, 12.00 % of what comes above US$100,000.00 between the two, plus US$0.50 a line, in one week never more than a full week logged hour by hour would cost, at most US$5,000.00 in a calendar month, paid by the lab on top; 2.00 % of agreed pay, at least US$1.00 a line but never more than its pay, in one week never more than a full week logged hour by hour would cost, taken from the expert.',
    );
  });
});

describe('a policy', () => {
  const rules: PolicyRules = {
    scope: 'LAB',
    labId: 'lab1',
    ...DEFAULT_TAKE_RATE_TERMS,
    effectiveFrom: new Date('2026-12-01'),
  };
  const code = (more: Partial<PolicyRules>) => {
    const checked = checkPolicy({ ...rules, ...more });
    return checked.ok ? 'ok' : `${checked.refusal.code} ${checked.refusal.field}`;
  };
  const lab = (parts: SideParts) => code({ feeParts: { currency: 'USD', lab: parts } });

  it('is refused by the field where it contradicts itself', () => {
    expect(code({})).toBe('ok');
    expect(code({ labId: null })).toBe('POLICY_WHOM labId');
    expect(code({ expertId: 'e1' })).toBe('POLICY_WHOM expertId');
    expect(code({ scope: 'LAB_EXPERT' })).toBe('POLICY_WHOM expertId');
    expect(code({ scope: 'PROMO', labId: null })).toBe('POLICY_WITHOUT_END effectiveTo');
    expect(code({ scope: 'DEFAULT', labId: null, effectiveTo: new Date('2027-01-01') })).toBe(
      'POLICY_WITH_END effectiveTo',
    );
    expect(code({ effectiveTo: rules.effectiveFrom })).toBe('DATES_BACKWARDS effectiveTo');
    expect(code({ feeParts: { currency: 'XXX' } })).toBe('CURRENCY_UNKNOWN currency');
    expect(code({ feeParts: { currency: 'KWD', lab: { fixedMinor: '1' } } })).toBe(
      'CURRENCY_WITHOUT_FUNDING currency',
    );
    expect(
      code({ scope: 'DEFAULT', labId: null, feeParts: { currency: 'USD', lab: { fixedMinor: '1' } } }),
    ).toBe('POLICY_PARTS feeParts.currency');
    expect(lab({ tiers })).toBe('ok');
    expect(lab({ tiers: [...tiers].reverse() })).toBe('POLICY_PARTS lab.tiers');
    expect(lab({ tiers: [{ aboveMinor: '100', ppm: 150_000 }] })).toBe('POLICY_PARTS lab.tiers');
    expect(lab({ fixedMinor: '0' })).toBe('POLICY_PARTS lab.fixedMinor');
    expect(lab({ minimumMinor: '1.5' })).toBe('POLICY_PARTS lab.minimumMinor');
    expect(code({ feeParts: { currency: 'USD', expert: { monthlyCapMinor: '5' } } })).toBe(
      'POLICY_PARTS expert.monthlyCapMinor',
    );
  });
});

describe('the fees of a week whose lines count one by one', () => {
  const sideParts = fc.record({
    fixedMinor: fc.nat({ max: 9000 }).map(String),
    minimumMinor: fc.nat({ max: 9000 }).map(String),
  });
  const byLine = fc
    .record({ lab: sideParts, expert: sideParts })
    .map((sides) => ({ currency: 'USD', ...sides }));
  const lines = fc.array(fc.integer({ min: 60, max: 7200 }), { minLength: 1, maxLength: 60 });
  const rates = fc.integer({ min: 1, max: 90_000 }).map((rate) => BigInt(rate) * 60n);

  it('are never more than those of a full week, however short the lines, and follow from what is kept of each', () => {
    fc.assert(
      fc.property(byLine, lines, rates, (feeParts, seconds, rateMinorPerHour) => {
        const terms = { ...DEFAULT_TAKE_RATE_TERMS, expertFeePpm: 20_000, feeParts };
        const cap = seconds.reduce((sum, each) => sum + each, 0);
        const full = { rateMinorPerHour, seconds: cap, terms };
        let charged = { agreedMinor: 0n, priceMinor: 0n, payMinor: 0n, feeMinor: 0n };
        for (const each of seconds) {
          const line = { rateMinorPerHour, seconds: each, terms };
          const before = { ...NOTHING_COUNTED, weekLeft: weekLeft(full, charged) };
          const assessed = assessFees(line, before);
          const kept = feeAssessments(line, before, assessed);
          expect(kept.map((own) => feeAgain(own).chargedMinor)).toEqual(kept.map((own) => own.chargedMinor));
          expect(countedBefore(kept)).toEqual(before);
          charged = plus(charged, assessed);
        }
        const most = assessTime(full);
        const slack = charged.agreedMinor - agreedPay(full);
        expect(charged.priceMinor - slack <= most.priceMinor).toBe(true);
        expect(charged.payMinor - slack >= most.payMinor).toBe(true);
      }),
    );
  });

  it('have no such bound where nothing counts by line', () => {
    const full = { rateMinorPerHour: 10_000n, seconds: 3600, terms: DEFAULT_TAKE_RATE_TERMS };
    expect(weekLeft(full, { agreedMinor: 0n, priceMinor: 0n, payMinor: 0n })).toBeUndefined();
  });

  it('come to two caps of the month at most, for a week touches two months', () => {
    const lab = { fixedMinor: '100', monthlyCapMinor: '2000' };
    const terms = { ...DEFAULT_TAKE_RATE_TERMS, feeParts: { currency: 'USD', lab } };
    const facts = { rateMinorPerHour: 10_000n, terms };
    // 16.00 for each hour, at most 20.00 in a month.
    expect(assessTime({ ...facts, seconds: 2 * 3600 }).feeMinor).toBe(3200n);
    expect(assessTime({ ...facts, seconds: 10 * 3600 })).toEqual({
      agreedMinor: 100_000n,
      priceMinor: 104_000n,
      payMinor: 100_000n,
      feeMinor: 4000n,
    });
  });
});

describe('weeks that are estimated', () => {
  const week = { rateMinorPerHour: 10_000n, seconds: 10 * 3600 };
  const withLab = (lab: SideParts): TakeRateTerms => ({
    ...DEFAULT_TAKE_RATE_TERMS,
    feeParts: { currency: 'USD', lab },
  });
  const fees = (lab: SideParts, weeks: number) =>
    assessWeeks({ ...week, terms: withLab(lab) }, weeks).feeMinor;

  it('are as often the first where only percentages count', () => {
    const terms = DEFAULT_TAKE_RATE_TERMS;
    expect(assessWeeks({ ...week, terms }, 7)).toEqual(times(assessTime({ ...week, terms }), 7n));
  });

  it('have the same caps as one week by itself: one where it lies in one month, both where it crosses its end', () => {
    const cap = { monthlyCapMinor: '10000' };
    for (const lab of [cap, { ...cap, fixedMinor: '100' }, { monthlyCapMinor: '4000' }]) {
      const terms = withLab(lab);
      expect(assessWeeks({ ...week, terms }, 1)).toEqual(assessTime({ ...week, terms }));
    }
    expect(fees({ monthlyCapMinor: '4000' }, 1)).toBe(2n * 4000n);
    // An hour is in one month: 15.00, at most 10.00 of it.
    const hour = { ...week, seconds: 3600, terms: withLab({ monthlyCapMinor: '1000' }) };
    expect(assessTime(hour).feeMinor).toBe(1000n);
  });

  it('count tiers by what was billed before, and a cap once for each month that they touch at most', () => {
    // 1,000.00 a week: above 1,500.00 a tenth instead of 15 %.
    expect(fees({ tiers: [{ aboveMinor: '150000', ppm: 100_000 }] }, 3)).toBe(22_500n + 15_000n);
    // 150.00 a week, at most 200.00 a month: ten weeks touch four months; the first has a day of them, and what the
    // third does not leave of the week that crosses its end counts in the fourth.
    expect(fees({ monthlyCapMinor: '20000' }, 10)).toBe(15_000n + 20_000n + 20_000n + 20_000n);
    expect(fees({ fixedMinor: '100' }, 2)).toBe(2n * (15_000n + 1000n));
    // Weeks two to four lie in one month; the first crosses its beginning, and the fifth its end.
    const inMonths = [1, 2, 3, 4, 5].map((weeks) => fees({ monthlyCapMinor: '10000' }, weeks));
    expect(inMonths).toEqual([15_000n, 20_000n, 20_000n, 20_000n, 30_000n]);
    // Half a year is 182 days: it touches seven months, and eight only with a day more.
    expect(fees({ monthlyCapMinor: '10000' }, 26)).toBe(7n * 10_000n);
    expect(fees({ monthlyCapMinor: '10000' }, 27)).toBe(8n * 10_000n);
  });
});
