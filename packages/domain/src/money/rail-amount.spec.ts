import fc from 'fast-check';
import { CURRENCIES, type Currency } from './money';
import { fromRailAmount, fromRailRate, railAmount, railPart } from './rail-amount';

describe('an amount on the rail', () => {
  const currency = fc.constantFrom(...(Object.keys(CURRENCIES) as Currency[]));
  const minor = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });

  it('has the decimals that the rail wants', () => {
    const onRail = (each: bigint, code: Currency) => railAmount({ minor: each, currency: code });
    expect(onRail(1234n, 'USD')).toEqual({ ok: true, value: 1234n });
    expect(onRail(1234n, 'JPY')).toEqual({ ok: true, value: 1234n });
    expect(onRail(5n, 'ISK')).toEqual({ ok: true, value: 500n });
    expect(onRail(1500n, 'KWD')).toEqual({ ok: true, value: 1500n });
  });

  it('is refused where the rail cannot say it, with the step that it can', () => {
    expect(railAmount({ minor: 1505n, currency: 'KWD' })).toEqual({
      ok: false,
      refusal: {
        code: 'AMOUNT_NOT_ON_RAIL',
        message: 'Banks move KWD in steps of KWD 0.010: choose such an amount.',
        field: 'amount',
      },
    });
    expect(fromRailAmount(550n, 'isk')).toMatchObject({ ok: false, refusal: { code: 'AMOUNT_NOT_OURS' } });
    expect(fromRailAmount(550n, 'xyz')).toMatchObject({ ok: false, refusal: { code: 'CURRENCY_UNKNOWN' } });
  });

  it('is exchanged at a rate for whole units, whatever units the rail counts in', () => {
    const cases = [
      [0.92, 'usd', 'eur', 0.92],
      [1.5025, 'usd', 'jpy', 150.25],
      [0.66555741, 'jpy', 'usd', 0.006655574],
      [138.5, 'usd', 'isk', 138.5],
      [3.07, 'usd', 'kwd', 0.307],
    ] as const;
    for (const [rate, sent, arrived, told] of cases)
      expect(fromRailRate(rate, sent, arrived)).toEqual({ ok: true, value: told });
    expect(fromRailRate(1, 'usd', 'xyz')).toMatchObject({ ok: false, refusal: { code: 'CURRENCY_UNKNOWN' } });
  });

  it('comes back as it went, or never went', () => {
    fc.assert(
      fc.property(minor, currency, (each, code) => {
        const there = railAmount({ minor: each, currency: code });
        if (!there.ok) return railPart({ minor: each, currency: code }) !== each;
        const back = fromRailAmount(there.value, code.toLowerCase());
        return back.ok && back.value.minor === each && back.value.currency === code;
      }),
    );
  });

  it('is, of any amount, a part that the rail takes, and what is left is less than a step', () => {
    fc.assert(
      fc.property(minor, currency, (each, code) => {
        const part = railPart({ minor: each, currency: code });
        const rest = each - part;
        return railAmount({ minor: part, currency: code }).ok && rest > -100n && rest < 100n;
      }),
    );
  });
});
