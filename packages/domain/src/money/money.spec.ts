import fc from 'fast-check';
import {
  allocate,
  allocateByShare,
  CURRENCIES,
  divideHalfEven,
  divideHalfUp,
  formatAmount,
  FUNDING_CURRENCIES,
  isFundingCurrency,
  parseAmount,
  wholeUnitMinor,
} from './money';

describe('money', () => {
  it('rounds halves to even, or up, and never drifts by a unit', () => {
    expect([1n, 3n, 5n, 7n].map((n) => divideHalfEven(n, 2n))).toEqual([0n, 2n, 2n, 4n]);
    expect([1n, 3n, 5n, 7n].map((n) => divideHalfUp(n, 2n))).toEqual([1n, 2n, 3n, 4n]);
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (n, d) => {
          const twice = (divideHalfEven(n, d) * d - n) * 2n;
          return twice <= d && twice >= -d;
        },
      ),
    );
  });

  it('splits so that the parts sum to the whole and none is off by a unit', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.array(fc.bigInt({ min: 1n, max: 10n ** 6n }), { minLength: 1, maxLength: 20 }),
        (total, weights) => {
          const parts = allocate(total, weights);
          const sum = weights.reduce((a, b) => a + b, 0n);
          const isFair = parts.every((part, i) => {
            const exact = total * (weights[i] ?? 0n);
            const off = part * sum - exact;
            return off < sum && off > -sum;
          });
          return isFair && parts.reduce((a, b) => a + b, 0n) === total;
        },
      ),
    );
  });

  it('gives the odd cent to the largest remainder, ties to the first', () => {
    expect(allocate(5n, [70n, 30n])).toEqual([4n, 1n]);
    expect(allocate(10n, [1n, 1n, 1n])).toEqual([4n, 3n, 3n]);
  });

  it('gives everyone the same part in whatever order the shares are read', () => {
    const share = fc.record({ id: fc.uuid(), weight: fc.bigInt({ min: 1n, max: 50n }) });
    const shares = fc.uniqueArray(share, { minLength: 1, maxLength: 20, selector: ({ id }) => id });
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 6n }),
        shares.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        (total, [one, other]) => {
          const [a, b] = [allocateByShare(total, one), allocateByShare(total, other)];
          const sum = [...a.values()].reduce((x, y) => x + y, 0n);
          return sum === total && one.every(({ id }) => a.get(id) === b.get(id));
        },
      ),
    );
  });

  it('reads what people type and refuses what the currency cannot say', () => {
    expect(parseAmount('1,234.5', 'USD')).toEqual({ ok: true, value: 123450n });
    expect(parseAmount('1234', 'JPY')).toEqual({ ok: true, value: 1234n });
    expect(parseAmount('1.5', 'JPY')).toMatchObject({
      ok: false,
      refusal: { code: 'AMOUNT_TOO_FINE', field: 'amount' },
    });
    for (const text of ['', '12,34', '-5', '1e3', '$5', '1.2.3'])
      expect(parseAmount(text, 'USD').ok).toBe(false);
  });

  it('writes amounts with their currency and a true minus', () => {
    expect(formatAmount({ minor: 123456789n, currency: 'USD' })).toBe('US$1,234,567.89');
    expect(formatAmount({ minor: -5n, currency: 'KWD' })).toBe('\u2212KWD 0.005');
    expect(formatAmount({ minor: 1000n, currency: 'JPY' })).toBe('¥1,000');
  });
});

describe('the currencies in which money comes in', () => {
  it('are among those of the product, and no others are taken', () => {
    expect(FUNDING_CURRENCIES.every((code) => code in CURRENCIES)).toBe(true);
    expect(['USD', 'JPY', 'KWD', 'ISK', 'MXN', 'toString'].map(isFundingCurrency)).toEqual([
      ...[true, true],
      ...[false, false, false, false],
    ]);
  });

  it('has a whole unit of its own in each currency', () => {
    const units = (['USD', 'JPY', 'ISK', 'KWD'] as const).map(wholeUnitMinor);
    expect(units).toEqual([100n, 1n, 1n, 1000n]);
  });
});
