import { priceOpening, totalsOf, type OpeningNumbers } from './opening.rules';

const terms = { labFeePpm: 150_000, expertFeePpm: 0, rounding: 'HALF_EVEN' } as const;
const opening = (changes: Partial<OpeningNumbers>): OpeningNumbers => ({
  currency: 'USD',
  rateMinMinor: 2500n,
  rateMaxMinor: 3333n,
  seats: 3,
  hoursPerWeek: 10,
  weeks: 4,
  ...changes,
});

describe('what an opening costs', () => {
  test('a week is every seat at every hour, the whole is all weeks', () => {
    const { hour, week, whole } = priceOpening(opening({}), 3333n, terms);
    expect(hour.priceMinor).toBe(3833n);
    expect(week).toMatchObject({ agreedMinor: 99_990n, payMinor: 99_990n, feeMinor: 15_000n });
    expect(whole.priceMinor).toBe(week.priceMinor * 4n);
  });

  test('a cap of the month bounds the whole as often as its weeks touch a month, not each week by itself', () => {
    const capped = { ...terms, feeParts: { currency: 'USD', lab: { monthlyCapMinor: '1000' } } };
    const { week, whole } = priceOpening(opening({ seats: 1 }), 10_000n, capped);
    expect([week.feeMinor, whole.feeMinor]).toEqual([2000n, 2000n]);
    expect(priceOpening(opening({ seats: 1, weeks: 5 }), 10_000n, capped).whole.feeMinor).toBe(3000n);
  });

  test('layers of one currency are added up, layers of another stand apart', () => {
    const layers = [
      opening({}),
      opening({ currency: 'EUR', seats: 1 }),
      opening({ rateMaxMinor: 10_000n, weeks: 1 }),
    ];
    const totals = totalsOf(layers, () => terms);
    expect(totals.map(({ currency }) => currency)).toEqual(['USD', 'EUR']);
    expect(totals[0]?.week.agreedMinor).toBe(99_990n + 300_000n);
    expect(totals[0]?.whole.agreedMinor).toBe(399_960n + 300_000n);
    for (const { week, whole } of totals)
      for (const each of [week, whole]) expect(each.priceMinor).toBe(each.payMinor + each.feeMinor);
  });

  test('no layer, no total', () => {
    expect(totalsOf([], () => terms)).toEqual([]);
  });
});
