import fc from 'fast-check';
import { passGates, type PassageFacts } from './passage';
import { move } from '../machine/machine';
import { payoutMachine } from './payout.machine';
import type { StandingFacts } from './payout-gates';
import type { RailHold } from './rail-hold';
import { leftInBooks, returnedBlock, sentBlock, whereabouts, type LyingFacts } from './whereabouts';

const NOW = new Date('2026-11-29T08:00:00Z');
const TOMORROW = new Date('2026-11-30T12:00:00Z');
const FACTS: Omit<PassageFacts, 'payableMinor'> = {
  recent: [],
  coolingDays: 0,
  holds: [],
  hasActiveAccount: true,
  coolDownHours: 72,
  currency: 'USD',
  minimumMinor: 2_000n,
  smallestPartMinor: 100n,
  railAvailableMinor: 100_000_000n,
  taxForm: { kind: 'W9', state: 'SIGNED' },
  sentThisYearMinor: 0n,
  taxFormFrom: { year: 2026, fromMinor: 200_000n },
  sentToday: { count: 0, amountMinor: 0n },
  sentUnseenMinor: 0n,
  mostPerDay: { count: 10, amountMinor: 5_000_000n },
  approvalAboveMinor: 1_000_000n,
  isDeclined: false,
  isAsked: false,
  nextRunAt: TOMORROW,
  nextDayRunAt: TOMORROW,
  reviewOn: TOMORROW,
};

const EVENTS = ['TRANSFERRED', 'UNCLEAR', 'ABSENT', 'PAID', 'BANK_RETURNED', 'SENT_AGAIN'] as const;

/** A world of one expert: what is earned, what is in the books, and payouts that walk their machine. */
class World {
  earned = 0n;
  inBooks = 0n;
  readonly payouts: { state: string; amountMinor: bigint }[] = [];

  earn(amountMinor: bigint): void {
    this.earned += amountMinor;
    this.inBooks += amountMinor;
  }
  ask(amountMinor: bigint): void {
    const left = leftInBooks(this.inBooks, this.payouts);
    if (left > 0n)
      this.payouts.push({ state: 'REQUESTED', amountMinor: amountMinor < left ? amountMinor : left });
  }
  tell(index: number, event: (typeof EVENTS)[number]): void {
    const payout = this.payouts[index % (this.payouts.length || 1)];
    const moved = payout && move(payoutMachine, payout.state, event);
    if (!payout || !moved?.ok) return;
    // A transfer takes it off the books; a bank's return does not bring it back to them.
    if (moved.value === 'IN_TRANSIT' && event === 'TRANSFERRED') this.inBooks -= payout.amountMinor;
    payout.state = moved.value;
  }
  where(facts: Partial<PassageFacts>) {
    const payableMinor = leftInBooks(this.inBooks, this.payouts);
    const answer = payableMinor > 0n ? passGates({ ...FACTS, ...facts, payableMinor }, NOW) : null;
    return whereabouts(answer, this.payouts);
  }
}

const minor = fc.bigInt({ min: 1n, max: 3_000_000n });
const step = fc.oneof(
  minor.map((amount) => (world: World) => world.earn(amount)),
  minor.map((amount) => (world: World) => world.ask(amount)),
  fc.tuple(fc.nat({ max: 20 }), fc.constantFrom(...EVENTS)).map(
    ([index, event]) =>
      (world: World) =>
        world.tell(index, event),
  ),
);
const facts = fc.record({
  hasActiveAccount: fc.boolean(),
  sentUnseenMinor: fc.bigInt({ min: 0n, max: 1_500_000n }),
  sentThisYearMinor: fc.bigInt({ min: 0n, max: 300_000n }),
  taxForm: fc.constantFrom(
    { kind: 'W9', state: 'SIGNED' } as const,
    { kind: 'W9', state: 'MISSING' } as const,
  ),
  sentToday: fc.record({
    count: fc.integer({ min: 0, max: 11 }),
    amountMinor: fc.bigInt({ min: 0n, max: 6_000_000n }),
  }),
  railAvailableMinor: fc.bigInt({ min: 0n, max: 9_000_000n }),
});

describe('where an expert’s money is', () => {
  it('is told to the cent, whatever came back: payable + held + on its way + paid = earned', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), facts, (steps, given) => {
        const world = new World();
        for (const each of steps) each(world);
        const { payableMinor, heldBackMinor, onItsWayMinor, paidMinor } = world.where(given);
        expect(payableMinor + heldBackMinor + onItsWayMinor + paidMinor).toBe(world.earned);
        expect([payableMinor, heldBackMinor, onItsWayMinor, paidMinor].every((each) => each >= 0n)).toBe(
          true,
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('lets whatever it calls payable out at once, and no cent more without a person', () => {
    fc.assert(
      fc.property(minor, facts, (payableMinor, given) => {
        const all = { ...FACTS, ...given, payableMinor };
        const { askableMinor } = passGates(all, NOW);
        const part = (wantedMinor: bigint) =>
          passGates({ ...all, wantedMinor, minimumMinor: FACTS.smallestPartMinor }, NOW).openMinor;
        if (askableMinor > 0n) expect(part(askableMinor)).toBe(askableMinor);
        else expect(part(FACTS.smallestPartMinor)).toBe(0n);
        if (askableMinor > 0n && askableMinor < payableMinor) expect(part(askableMinor + 1n)).toBe(0n);
      }),
      { numRuns: 1_000 },
    );
  });

  it('holds only what is above the limit of four eyes; what is too small for a run is held, though it can be asked for', () => {
    const large = passGates({ ...FACTS, payableMinor: 1_264_063n }, NOW);
    expect(whereabouts(large, [])).toMatchObject({ payableMinor: 1_000_000n, heldBackMinor: 264_063n });
    const small = passGates({ ...FACTS, payableMinor: 1_999n }, NOW);
    expect(whereabouts(small, [])).toMatchObject({
      payableMinor: 0n,
      heldBackMinor: 1_999n,
      askableMinor: 1_999n,
    });
  });

  describe('says of what came back since when, whom it waits for and until when', () => {
    const money = { minor: 50_000n, currency: 'USD' } as const;
    const standing = { holds: [], hasActiveAccount: true, coolDownHours: 72 };
    const block = (about: Partial<StandingFacts>, hold: RailHold, isLeft = false) =>
      returnedBlock(money, { since: NOW, standing: { ...standing, ...about }, hold, isLeft }, NOW);

    it('for other bank details', () => {
      expect(block({ hasActiveAccount: false }, { isHeld: true })).toEqual({
        gate: 'RETURNED',
        reason:
          'US$500.00 came back from the bank and is safe in your payout account. It is sent again 72 hours after you have given other bank details, so that nobody else can send it away.',
        decidedBy: 'EXPERT',
        since: '2026-11-29T08:00:00.000Z',
      });
    });

    it('for other bank details of an account that was left', () => {
      expect(block({ hasActiveAccount: false }, { isHeld: true }, true).reason).toBe(
        'US$500.00 came back from the bank and is safe in the payout account that you left. It is sent again 72 hours after you have given other bank details for that account, so that nobody else can send it away.',
      );
    });

    it('for the cool-down of the ones that were given', () => {
      expect(block({ bankChangedAt: NOW }, { isHeld: true, until: TOMORROW })).toMatchObject({
        reason: expect.stringContaining('Another bank account was set: it waits 72 hours'),
        ...{ decidedBy: 'TIME', until: '2026-11-30T12:00:00.000Z' },
      });
    });

    it('for a person of staff, whatever else it waits for', () => {
      const holds = [{ kind: 'STAFF', reason: 'Two people use this account', reviewOn: TOMORROW }] as const;
      expect(block({ holds, hasActiveAccount: false }, { isHeld: true })).toMatchObject({
        reason: expect.stringContaining('Two people use this account.'),
        ...{ decidedBy: 'PLATFORM', until: '2026-11-30T12:00:00.000Z' },
      });
    });

    it('for minutes, where nothing holds it', () => {
      const { until, ...found } = block({}, { isHeld: false });
      expect([until, found.decidedBy]).toEqual([undefined, 'TIME']);
    });
  });

  it('says of what was sent and goes no further what holds it, and nothing where it goes on', () => {
    const money = { minor: 1_000n, currency: 'USD' } as const;
    const standing = { holds: [], hasActiveAccount: true, coolDownHours: 72, bankChangedAt: NOW };
    const block = (about: Partial<StandingFacts>, hold: RailHold, more: Partial<LyingFacts> = {}) =>
      sentBlock(money, { standing: { ...standing, ...about }, hold, isLeft: false, ...more }, NOW);
    expect(block({}, { isHeld: true, until: TOMORROW })).toEqual({
      gate: 'SENT',
      reason:
        'US$10.00 was sent and is safe in your payout account. Another bank account was set: it waits 72 hours for it, so that nobody else can send it away.',
      decidedBy: 'TIME',
      until: TOMORROW.toISOString(),
    });
    const holds = [{ kind: 'STAFF', reason: 'Two people use this account', reviewOn: TOMORROW }] as const;
    expect(block({ holds }, { isHeld: true })).toMatchObject({
      reason: expect.stringContaining('Two people use this account.'),
      decidedBy: 'PLATFORM',
    });
    expect(block({ hasActiveAccount: false }, { isHeld: true })).toMatchObject({
      reason: expect.stringContaining('when you have given the payment provider what it asks for'),
      decidedBy: 'EXPERT',
    });
    expect(block({ hasActiveAccount: false, restrictedAt: NOW }, { isHeld: true })).toMatchObject({
      reason: expect.stringContaining(
        'It is sent to your bank 72 hours after you have given other bank details,',
      ),
      decidedBy: 'EXPERT',
    });
    expect(block({}, { isHeld: false })).toBeUndefined();
    const facts = { standing, hold: { isHeld: true }, isLeft: false } as const;
    expect(sentBlock({ ...money, minor: 0n }, facts, NOW)).toBeUndefined();
    const refusal = { reason: 'It may not pay out.', triedAgainAt: TOMORROW };
    expect(block({}, { isHeld: false }, { refusal })).toEqual({
      gate: 'SENT',
      reason:
        'US$10.00 was sent and is safe in your payout account. The payment provider did not send it to your bank: It may not pay out. It is tried again, and our finance team was told.',
      decidedBy: 'PLATFORM',
      until: TOMORROW.toISOString(),
    });
  });
});
