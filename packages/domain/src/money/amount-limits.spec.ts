import { LIMITS_FORM, limitMinor, readLimits } from './amount-limits';
import { approvalsNeeded } from '../audit/approval.machine';

describe('limits by currency', () => {
  it('are whole units of each, in its own minor units', () => {
    const limits = readLimits('USD:25000,JPY:2500000,KWD:7500');
    expect((['USD', 'JPY', 'KWD'] as const).map((each) => limitMinor(limits, each))).toEqual([
      2_500_000n,
      2_500_000n,
      7_500_000n,
    ]);
  });

  it('are nothing in a currency that has none: there somebody is always asked', () => {
    const limits = readLimits('25000');
    expect([limitMinor(limits, 'USD'), limitMinor(limits, 'JPY')]).toEqual([2_500_000n, 0n]);
    expect(approvalsNeeded(1n, limitMinor(limits, 'JPY'))).toBe(1);
    expect(approvalsNeeded(10n ** 9n, limitMinor(limits, 'JPY'))).toBe(1);
  });

  it('are written in one form only', () => {
    const good = ['0', '25000', 'USD:1', 'USD:25000,JPY:2500000'];
    const bad = ['', 'many', 'XXX:1', 'USD:', 'USD:1,', 'USD:1;JPY:2', 'usd:1', 'USD:-1', 'USD:1.5'];
    expect(good.filter((text) => !LIMITS_FORM.test(text))).toEqual([]);
    expect(bad.filter((text) => LIMITS_FORM.test(text))).toEqual([]);
  });
});
