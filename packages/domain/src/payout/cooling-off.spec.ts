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

  it('never keeps back more than is payable', () => {
    const recent = [{ payMinor: 900n, chargedAt: day(10) }];
    expect(coolingOff(100n, recent, 7, day(11))).toMatchObject({ readyMinor: 0n, coolingMinor: 100n });
  });
});
