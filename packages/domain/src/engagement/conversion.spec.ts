import fc from 'fast-check';
import { DEFAULT_TAKE_RATE_TERMS } from '../billing/take-rate';
import {
  checkSchedule,
  lateCredit,
  monthsBetween,
  monthsLater,
  quoteConversion,
  quoteWords,
  scheduleWords,
  type ConversionFacts,
} from './conversion';

const facts: ConversionFacts = {
  schedule: {
    id: 's1',
    baseWeeks: 26,
    creditPpm: 1_000_000,
    steps: [
      { fromMonth: 0, ppm: 1_000_000 },
      { fromMonth: 3, ppm: 750_000 },
      { fromMonth: 6, ppm: 500_000 },
      { fromMonth: 9, ppm: 250_000 },
      { fromMonth: 12, ppm: 0 },
    ],
  },
  rateMinorPerHour: 8000n,
  weeklyCapSeconds: 20 * 3600,
  terms: DEFAULT_TAKE_RATE_TERMS,
  isBaseOverWeeks: true,
  firstPaidAt: new Date('2026-01-31T10:00:00Z'),
  keptMinor: 100_000n,
};
const at = (day: string) => quoteConversion(facts, new Date(`${day}T10:00:00Z`));

describe('hiring directly', () => {
  it('costs a share of half a year of fees that falls to nothing within a year, less what was kept already', () => {
    // 20 hours at 80.00 a week, 15 % of it for 26 weeks: 6,240.00.
    expect(at('2026-02-01')).toEqual({
      months: 0,
      ppm: 1_000_000,
      baseMinor: 624_000n,
      shareMinor: 624_000n,
      creditMinor: 100_000n,
      dueMinor: 524_000n,
      freeFrom: new Date('2027-01-31T10:00:00Z'),
    });
    expect(at('2026-05-01')).toMatchObject({ months: 3, ppm: 750_000, dueMinor: 368_000n });
    expect(at('2026-11-30')).toMatchObject({ months: 10, ppm: 250_000, dueMinor: 56_000n });
    expect(at('2027-01-30')).toMatchObject({ months: 11, dueMinor: 56_000n });
    expect(at('2027-01-31')).toMatchObject({ months: 12, ppm: 0, creditMinor: 0n, dueMinor: 0n });
  });

  it('gives back what is kept after it was recorded, up to all of it, so that recording early costs no more', () => {
    const { dueMinor, creditMinor } = at('2026-05-01');
    const later = (keptMinor: bigint, creditPpm = 1_000_000) =>
      lateCredit({ dueMinor, creditMinor, creditPpm, keptMinor });
    expect([later(100_000n), later(130_000n), later(99_000n)]).toEqual([0n, 30_000n, 0n]);
    expect(later(9_000_000n)).toBe(dueMinor);
    expect(later(300_000n, 500_000)).toBe(50_000n);
    const atEnd = quoteConversion({ ...facts, keptMinor: 130_000n }, new Date('2026-05-01T10:00:00Z'));
    expect(dueMinor - later(130_000n)).toBe(atEnd.dueMinor);
  });

  it('counts a cap of the month once for each month that the weeks touch, never for each week; what was signed before stays', () => {
    // 10 % of 20 hours at 40.00 is 80.00 a week, at most 20.00 a month: half a year touches seven months.
    const lab = { minimumMinor: '500', monthlyCapMinor: '2000' };
    const terms = { ...DEFAULT_TAKE_RATE_TERMS, labFeePpm: 100_000, feeParts: { currency: 'USD', lab } };
    const capped = { ...facts, rateMinorPerHour: 4000n, terms, keptMinor: 0n };
    const now = new Date('2026-02-01T10:00:00Z');
    expect(quoteConversion(capped, now)).toMatchObject({ baseMinor: 14_000n, dueMinor: 14_000n });
    expect(quoteConversion({ ...capped, isBaseOverWeeks: false }, now).baseMinor).toBe(104_000n);
    const share = { ...terms, feeParts: { currency: 'USD', lab: { monthlyCapMinor: '2000' } } };
    const before = { ...capped, terms: share, isBaseOverWeeks: false };
    expect(quoteConversion(before, now).baseMinor).toBe(52_000n);
  });

  it('never costs more as time passes, and never less than nothing', () => {
    const day = fc.integer({ min: 0, max: 900 });
    fc.assert(
      fc.property(day, day, fc.bigInt({ min: 0n, max: 10n ** 7n }), (one, other, keptMinor) => {
        const due = (days: number) =>
          quoteConversion({ ...facts, keptMinor }, new Date(Date.UTC(2026, 0, 31 + days))).dueMinor;
        const [early, late] = [Math.min(one, other), Math.max(one, other)].map(due);
        return early! >= late! && late! >= 0n;
      }),
    );
  });

  it('counts whole calendar months, also from the last day of a month', () => {
    const months = (from: string, to: string) => monthsBetween(new Date(from), new Date(to));
    expect(months('2026-01-31', '2026-02-28')).toBe(1);
    expect(months('2026-01-31', '2026-02-27')).toBe(0);
    expect(months('2024-02-29', '2025-02-28')).toBe(12);
    expect(months('2026-03-01', '2026-02-01')).toBe(0);
    expect(monthsLater(new Date('2026-12-31'), 2)).toEqual(new Date('2027-02-28'));
  });

  it('is said in words', () => {
    expect(scheduleWords(facts.schedule)).toBe(
      "A lab may hire an expert directly at any time. It costs a share of the platform's fee on 26 full weeks: 100 % in months 1 to 3, 75 % in months 4 to 6, 50 % in months 7 to 9, 25 % in months 10 to 12, nothing after 12 months since the first paid work. All fees that the platform keeps of their work together come off it, those of work until the engagement ends too. The expert pays nothing.",
    );
    expect(quoteWords(at('2026-05-01'))).toBe(
      'It costs 75 % of the base, less the fees kept already. 3 whole months have passed since the first paid work; it costs nothing from 31 January 2027 on.',
    );
    expect(quoteWords(quoteConversion({ ...facts, firstPaidAt: undefined }, new Date()))).toContain(
      'Nothing was paid yet',
    );
  });
});

describe('a schedule that is to be published', () => {
  const steps = [
    { fromMonth: 0, ppm: 1_000_000 },
    { fromMonth: 6, ppm: 0 },
  ];
  const whole = { baseWeeks: 26, creditPpm: 1_000_000, steps };

  it('begins at once and falls to nothing', () => {
    expect(checkSchedule(whole)).toEqual({ ok: true, value: whole });
  });

  it.each([
    ['no base', { baseWeeks: 0 }, 'baseWeeks'],
    ['more credit than was kept', { creditPpm: 1_000_001 }, 'creditPpm'],
    ['no first month', { steps: [{ fromMonth: 1, ppm: 0 }] }, 'steps'],
    ['no end', { steps: [{ fromMonth: 0, ppm: 1 }] }, 'steps'],
    ['nothing', { steps: [] }, 'steps'],
    [
      'a rise',
      {
        steps: [
          { fromMonth: 0, ppm: 1 },
          { fromMonth: 1, ppm: 2 },
          { fromMonth: 2, ppm: 0 },
        ],
      },
      'steps',
    ],
    [
      'the same month twice',
      {
        steps: [
          { fromMonth: 0, ppm: 2 },
          { fromMonth: 0, ppm: 0 },
        ],
      },
      'steps',
    ],
    [
      'years of it',
      {
        steps: [
          { fromMonth: 0, ppm: 2 },
          { fromMonth: 61, ppm: 0 },
        ],
      },
      'steps',
    ],
    [
      'more than the base',
      {
        steps: [
          { fromMonth: 0, ppm: 1_000_001 },
          { fromMonth: 1, ppm: 0 },
        ],
      },
      'steps',
    ],
  ])('is refused with %s', (_name, more, field) => {
    expect(checkSchedule({ ...whole, ...more })).toMatchObject({
      ok: false,
      refusal: { code: 'SCHEDULE_WRONG', field },
    });
  });
});
