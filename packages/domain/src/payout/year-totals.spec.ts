import { formRequirement, netOf, reaches, type TaxThreshold } from './year-totals';

const THRESHOLDS: TaxThreshold[] = [
  {
    form: '1099-NEC',
    year: 2026,
    country: '*',
    currency: 'USD',
    thresholdMinor: 200_000n,
    moreThanPayments: null,
    isReachedAt: true,
  },
  {
    form: '1099-K',
    year: 2026,
    country: '*',
    currency: 'USD',
    thresholdMinor: 2_000_000n,
    moreThanPayments: 200,
    isReachedAt: false,
  },
];
const year = (paidMinor: bigint, payments = 1, reversedMinor = 0n) => ({
  year: 2026,
  country: 'IN',
  currency: 'USD',
  paidMinor,
  reversedMinor,
  payments,
});

describe('totals of a year', () => {
  it('reach a form at its sum, or above it, as the law has it', () => {
    expect(reaches(year(199_999n), '1099-NEC', THRESHOLDS)).toBe(false);
    expect(reaches(year(200_000n), '1099-NEC', THRESHOLDS)).toBe(true);
    expect(reaches(year(2_000_000n, 201), '1099-K', THRESHOLDS)).toBe(false);
    expect(reaches(year(2_000_001n, 200), '1099-K', THRESHOLDS)).toBe(false);
    expect(reaches(year(2_000_001n, 201), '1099-K', THRESHOLDS)).toBe(true);
  });

  it('count what came back in the year in which it did', () => {
    expect(netOf(year(200_000n, 1, 1n))).toBe(199_999n);
    expect(reaches(year(200_000n, 1, 1n), '1099-NEC', THRESHOLDS)).toBe(false);
  });

  it('say nothing where no threshold is known', () => {
    expect(reaches({ ...year(900_000n), year: 2031 }, '1099-NEC', THRESHOLDS)).toBeUndefined();
    expect(reaches({ ...year(900_000n), currency: 'EUR' }, '1099-NEC', THRESHOLDS)).toBeUndefined();
  });
});

describe('the sum of a year from which a tax form must be there', () => {
  const of = (year: number, country: string, currency: string, all = THRESHOLDS) =>
    formRequirement(all, { year, country, currency }).fromMinor;
  const [first] = THRESHOLDS as [TaxThreshold];

  it('is the lowest threshold of the newest year that has begun', () => {
    expect(of(2026, 'US', 'USD')).toBe(200_000n);
    expect(of(2029, 'US', 'USD')).toBe(200_000n);
    expect(of(2027, 'US', 'USD', [...THRESHOLDS, { ...first, year: 2027, thresholdMinor: 210_000n }])).toBe(
      210_000n,
    );
    expect(of(2026, 'US', 'USD', [...THRESHOLDS, { ...first, year: 2027, thresholdMinor: 1n }])).toBe(
      200_000n,
    );
    expect(of(2026, 'US', 'USD', [{ ...first, isReachedAt: false }])).toBe(200_001n);
  });

  it('is of the own country where it has one, else of everywhere', () => {
    const all = [...THRESHOLDS, { ...first, country: 'CA', thresholdMinor: 50_000n }];
    expect([of(2026, 'CA', 'USD', all), of(2026, 'IN', 'USD', all)]).toEqual([50_000n, 200_000n]);
  });

  it('is nothing where no threshold is known: the form comes before the first payout', () => {
    expect(of(2026, 'DE', 'EUR')).toBe(0n);
    expect(of(2024, 'US', 'USD')).toBe(0n);
  });
});
