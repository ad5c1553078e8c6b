import fc from 'fast-check';
import { railHold, type RailHoldFacts } from './rail-hold';

const NOW = new Date('2026-11-29T08:00:00Z');
const HOUR_MS = 3_600_000;
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);
const FACTS: RailHoldFacts = {
  holds: [],
  hasActiveAccount: true,
  coolDownHours: 72,
  isHeld: false,
  hasReturned: false,
};
const HOLD = { kind: 'STAFF', reason: 'Two people use this account', reviewOn: NOW } as const;
const STOP = { reason: 'a check of all', reviewOn: NOW };
const held = (facts: Partial<RailHoldFacts>) => railHold({ ...FACTS, ...facts }, NOW);

describe('what lies in an account at the rail', () => {
  it('goes on by itself where nothing happened', () => {
    expect(held({})).toEqual({ isHeld: false });
  });

  it('waits as soon as it came back, before there are other bank details, and without an end until there are', () => {
    const back = { hasReturned: true, returnedAt: NOW };
    expect(held(back)).toEqual({ isHeld: true, until: ago(-72) });
    expect(held({ ...back, hasActiveAccount: false })).toEqual({ isHeld: true });
    expect(held({ hasReturned: true, returnedAt: ago(999), hasActiveAccount: false })).toEqual({
      isHeld: true,
    });
  });

  it('waits for the cool-down of other bank details, and of the newest of them', () => {
    const back = { hasReturned: true, isHeld: true };
    expect(held({ ...back, bankChangedAt: ago(71) })).toEqual({ isHeld: true, until: ago(-1) });
    expect(held({ ...back, bankChangedAt: ago(2) })).toEqual({ isHeld: true, until: ago(-70) });
    expect(held({ ...back, bankChangedAt: ago(72) })).toEqual({ isHeld: false });
    expect(held({ bankChangedAt: ago(2) })).toMatchObject({ isHeld: true });
  });

  it('waits while a person holds the expert; the switch for all keeps what waits and holds nothing else', () => {
    expect(held({ holds: [HOLD] })).toEqual({ isHeld: true });
    expect(held({ stop: STOP })).toEqual({ isHeld: false });
    expect(held({ stop: STOP, isHeld: true })).toEqual({ isHeld: true });
    expect(held({ stop: STOP, hasReturned: true, bankChangedAt: ago(99) })).toEqual({ isHeld: true });
  });

  it('is not held where the account was never paid: nothing lies there', () => {
    expect(held({ hasActiveAccount: false, bankChangedAt: NOW })).toEqual({ isHeld: false });
  });

  it('never goes to a bank account that is younger than the cool-down, whatever else is true', () => {
    const facts = fc.record({
      holds: fc.constantFrom([], [HOLD]),
      stop: fc.constantFrom(undefined, STOP),
      hasReturned: fc.boolean(),
      isHeld: fc.boolean(),
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
