import fc from 'fast-check';
import { coolingOff } from './cooling-off';

const day = (n: number) => new Date(Date.UTC(2026, 10, n));

describe('cooling off', () => {
  it('is nothing where it is set to no days', () => {
    const { readyMinor, blocks } = coolingOff(500n, [{ payMinor: 500n, chargedAt: day(10) }], 0, day(10));
    expect({ readyMinor, blocks }).toEqual({ readyMinor: 500n, blocks: [] });
  });

  it('keeps back what is younger than the days, and says when the first of it is ready', () => {
    const recent = [3, 8, 9].map((n) => ({ payMinor: 100n, chargedAt: day(n) }));
    const found = coolingOff(300n, recent, 7, day(11));
    expect(found).toMatchObject({ readyMinor: 100n, coolingMinor: 200n });
    expect(found.blocks[0]).toMatchObject({
      gate: 'COOLING_OFF',
      decidedBy: 'TIME',
      until: '2026-11-15T00:00:00.000Z',
    });
  });

  it('makes nothing ready that is not payable, whatever was charged or taken back', () => {
    const pay = fc.record({
      payMinor: fc.bigInt({ min: -100_000n, max: 100_000n }),
      chargedAt: fc.integer({ min: 1, max: 20 }).map(day),
    });
    const payable = fc.bigInt({ min: 0n, max: 200_000n });
    fc.assert(
      fc.property(payable, fc.array(pay), fc.integer({ min: 0, max: 9 }), (payableMinor, recent, days) => {
        const { readyMinor, coolingMinor } = coolingOff(payableMinor, recent, days, day(15));
        expect(readyMinor + coolingMinor).toBe(payableMinor);
        expect(readyMinor >= 0n && coolingMinor >= 0n).toBe(true);
        // What was taken back of something else makes nothing cool sooner.
        const earned = recent.filter(({ payMinor }) => payMinor > 0n);
        expect(readyMinor).toBe(coolingOff(payableMinor, earned, days, day(15)).readyMinor);
      }),
    );
  });

  it('never keeps back more than is payable', () => {
    const recent = [{ payMinor: 900n, chargedAt: day(10) }];
    expect(coolingOff(100n, recent, 7, day(11))).toMatchObject({ readyMinor: 0n, coolingMinor: 100n });
  });
});
