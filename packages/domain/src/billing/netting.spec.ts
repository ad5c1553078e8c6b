import fc from 'fast-check';
import { nettedOf } from './netting';

describe('what goes off earnings for what is owed', () => {
  it('is at most the share of the pay, rounded down, and at most what is owed', () => {
    expect([nettedOf(9_000n, 1_001n, 50), nettedOf(400n, 1_001n, 50), nettedOf(9_000n, 1_001n, 100)]).toEqual(
      [500n, 400n, 1_001n],
    );
    expect([nettedOf(0n, 1_000n, 50), nettedOf(9_000n, 0n, 50), nettedOf(9_000n, -5n, 50)]).toEqual([
      0n,
      0n,
      0n,
    ]);
  });

  it('leaves the expert at least the rest of every period, however it is cut into lines', () => {
    const minor = fc.bigInt({ min: 0n, max: 1_000_000n });
    fc.assert(
      fc.property(minor, fc.array(minor), fc.integer({ min: 1, max: 100 }), (owedMinor, lines, share) => {
        let left = owedMinor;
        for (const pay of lines) left -= nettedOf(left, pay, share);
        const earned = lines.reduce((sum, pay) => sum + pay, 0n);
        expect(left >= 0n && (owedMinor - left) * 100n <= earned * BigInt(share)).toBe(true);
      }),
    );
  });
});
