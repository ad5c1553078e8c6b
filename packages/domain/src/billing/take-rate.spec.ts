import fc from 'fast-check';
import { assessLine, DEFAULT_TAKE_RATE_TERMS, lineMatches } from './take-rate';
import { resolveTakeRate, type TakeRatePolicy } from './take-rate-policy';
import { besideDefaultWords, frozenTakeRateWords } from './take-rate-words';

const terms = DEFAULT_TAKE_RATE_TERMS;

describe('a line', () => {
  it('costs the lab 115.00 for an hour at 100.00, of which the expert gets 100.00', () => {
    expect(assessLine({ rateMinorPerHour: 10_000n, seconds: 3600, terms })).toEqual({
      agreedMinor: 10_000n,
      priceMinor: 11_500n,
      payMinor: 10_000n,
      feeMinor: 1500n,
    });
  });

  it('always adds up: price = pay + fee, whatever the rate, time and terms', () => {
    const ppm = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 8n }),
        fc.integer({ min: 0, max: 57_600 }),
        ppm,
        ppm,
        (rateMinorPerHour, seconds, labFeePpm, expertFeePpm) => {
          const line = {
            rateMinorPerHour,
            seconds,
            terms: { labFeePpm, expertFeePpm, rounding: 'HALF_EVEN' as const },
          };
          const { priceMinor, payMinor, feeMinor } = assessLine(line);
          return priceMinor === payMinor + feeMinor && payMinor >= 0n && feeMinor >= 0n;
        },
      ),
    );
  });

  it('is found out when one cent of it was changed', () => {
    const line = { rateMinorPerHour: 12_345n, seconds: 4321, terms };
    const right = { ...line, ...assessLine(line) };
    expect(lineMatches(right)).toBe(true);
    expect(lineMatches({ ...right, payMinor: right.payMinor + 1n })).toBe(false);
    expect(lineMatches({ ...right, feeMinor: right.feeMinor + 1n, priceMinor: right.priceMinor + 1n })).toBe(
      false,
    );
  });
});

describe('the take rate in force', () => {
  const policy = (
    id: string,
    scope: TakeRatePolicy['scope'],
    more: Partial<TakeRatePolicy> = {},
  ): TakeRatePolicy => ({ id, scope, ...terms, effectiveFrom: new Date('2026-01-01'), ...more });
  const at = new Date('2026-06-01');

  it('is the narrowest that concerns the pair', () => {
    const all = [
      policy('d', 'DEFAULT'),
      policy('l', 'LAB', { labId: 'lab1' }),
      policy('p', 'LAB_EXPERT', { labId: 'lab1', expertId: 'e1' }),
    ];
    expect(resolveTakeRate(all, { labId: 'lab1', expertId: 'e1' }, at)?.policy.id).toBe('p');
    expect(resolveTakeRate(all, { labId: 'lab1', expertId: 'e2' }, at)?.policy.id).toBe('l');
    expect(resolveTakeRate(all, { labId: 'lab2' }, at)?.policy.id).toBe('d');
  });

  it('is none of those that have ended or not begun', () => {
    const all = [
      policy('d', 'DEFAULT'),
      policy('old', 'LAB', { labId: 'lab1', effectiveTo: at }),
      policy('new', 'PROMO', { effectiveFrom: new Date('2026-07-01') }),
    ];
    expect(resolveTakeRate(all, { labId: 'lab1' }, at)?.policy.id).toBe('d');
  });

  it('is, where it has amounts, only for work in their currency', () => {
    const dollars = { currency: 'USD', lab: { fixedMinor: '50' } };
    const all = [policy('d', 'DEFAULT'), policy('l', 'LAB', { labId: 'lab1', feeParts: dollars })];
    const inForce = (currency?: string) => resolveTakeRate(all, { labId: 'lab1', currency }, at)?.policy.id;
    expect([inForce('USD'), inForce('EUR'), inForce()]).toEqual(['l', 'd', 'd']);
  });

  it('is explained with its base', () => {
    expect(resolveTakeRate([policy('d', 'DEFAULT')], { labId: 'x' }, at)?.explanation).toBe(
      '15.00 % of agreed pay, paid by the lab on top; nothing is taken from the expert. This is the default for everybody.',
    );
  });

  it('is frozen with what was so when the offer was made, which stays true when the default changes', () => {
    expect(frozenTakeRateWords(policy('d', 'DEFAULT'))).toBe(
      '15.00 % of agreed pay, paid by the lab on top; nothing is taken from the expert. When the offer was made, this was the default for everybody.',
    );
    const promo = policy('p', 'PROMO', { effectiveTo: new Date('2027-01-01T00:00:00Z') });
    expect(frozenTakeRateWords(promo)).toContain(
      'When the offer was made, this was a promotion for everybody, for offers before 1 January 2027.',
    );
  });

  it('is put beside the default in percentages', () => {
    const beside = (labFeePpm: number, expertFeePpm: number) =>
      besideDefaultWords({ labFeePpm, expertFeePpm }, DEFAULT_TAKE_RATE_TERMS);
    expect(beside(150_000, 0)).toBe('The same percentages as the default.');
    expect(beside(100_000, 0)).toBe(
      'Beside the default the lab pays 5.00 points less (10.00 %, not 15.00 %).',
    );
    expect(beside(175_000, 20_000)).toBe(
      'Beside the default the lab pays 2.50 points more (17.50 %, not 15.00 %), and the expert pays 2.00 points more (2.00 %, not 0.00 %).',
    );
  });
});
