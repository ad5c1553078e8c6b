import fc from 'fast-check';
import { railHold, type RailHoldFacts } from './rail-hold';

const NOW = new Date('2026-11-29T08:00:00Z');
const HOUR_MS = 3_600_000;
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);
const FACTS: RailHoldFacts = { holds: [], hasActiveAccount: true, coolDownHours: 72 };
const HOLD = { kind: 'STAFF', reason: 'Two people use this account', reviewOn: NOW } as const;
const STOP = { reason: 'a check of all', reviewOn: NOW };
const held = (facts: Partial<RailHoldFacts>) => railHold({ ...FACTS, ...facts }, NOW);

describe('what lies in an account at the rail', () => {
  it('goes on where nothing happened', () => {
    expect(held({})).toEqual({ isHeld: false });
  });

  it('waits after it came back, without an end while the account cannot be paid', () => {
    expect(held({ returnedAt: NOW })).toEqual({ isHeld: true, until: ago(-72) });
    expect(held({ returnedAt: ago(72) })).toEqual({ isHeld: false });
    expect(held({ returnedAt: ago(999), hasActiveAccount: false })).toEqual({ isHeld: true });
  });

  it('waits for the cool-down of other bank details, and for the later of two ends', () => {
    expect(held({ bankChangedAt: ago(71) })).toEqual({ isHeld: true, until: ago(-1) });
    expect(held({ bankChangedAt: ago(72) })).toEqual({ isHeld: false });
    expect(held({ bankChangedAt: ago(2), returnedAt: ago(5) })).toEqual({ isHeld: true, until: ago(-70) });
    expect(held({ bankChangedAt: ago(5), returnedAt: ago(2) })).toEqual({ isHeld: true, until: ago(-70) });
  });

  it('waits while a person holds the expert, and while all payouts are stopped', () => {
    expect(held({ holds: [HOLD] })).toEqual({ isHeld: true });
    expect(held({ stop: STOP })).toEqual({ isHeld: true });
  });

  it('never goes to a bank account that is younger than the cool-down, whatever else is true', () => {
    const facts = fc.record({
      holds: fc.constantFrom([], [HOLD]),
      stop: fc.constantFrom(undefined, STOP),
      hasActiveAccount: fc.boolean(),
      changedHours: fc.double({ min: 0, max: 200, noNaN: true }),
      returnedHours: fc.option(fc.double({ min: 0, max: 200, noNaN: true }), { nil: undefined }),
    });
    fc.assert(
      fc.property(facts, ({ changedHours, returnedHours, ...given }) => {
        const bankChangedAt = ago(changedHours);
        const returnedAt = returnedHours === undefined ? undefined : ago(returnedHours);
        const hold = held({ ...given, bankChangedAt, returnedAt });
        if (changedHours < 72) expect(hold.isHeld).toBe(true);
        if (hold.isHeld && hold.until) expect(hold.until.getTime()).toBeGreaterThan(NOW.getTime());
      }),
    );
  });
});
