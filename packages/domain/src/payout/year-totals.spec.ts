import { netOf, reaches, type TaxThreshold } from './year-totals';

const THRESHOLDS: TaxThreshold[] = [
  {
    form: '1099-NEC',
    year: 2026,
    currency: 'USD',
    thresholdMinor: 200_000n,
    moreThanPayments: null,
    isReachedAt: true,
  },
  {
    form: '1099-K',
    year: 2026,
    currency: 'USD',
    thresholdMinor: 2_000_000n,
    moreThanPayments: 200,
    isReachedAt: false,
  },
];
const year = (paidMinor: bigint, payments = 1, reversedMinor = 0n) => ({
  year: 2026,
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
