import fc from 'fast-check';
import { nextDayRunAt, nextRunAt } from './calendar';
import { passGates, type PassageFacts } from './passage';
import { formMisfit, taxFormEnd, taxFormOf, taxFormStanding } from './tax-form';

const NOW = new Date('2026-11-18T12:00:00Z');
const DAY_MS = 86_400_000;
const tomorrow = new Date(NOW.getTime() + DAY_MS);

/** Facts in which every gate is open. */
const open: PassageFacts = {
  payableMinor: 50_000n,
  recent: [],
  coolingDays: 0,
  holds: [],
  hasActiveAccount: true,
  coolDownHours: 72,
  currency: 'USD',
  minimumMinor: 100n,
  smallestPartMinor: 100n,
  railAvailableMinor: 1_000_000n,
  taxForm: { kind: 'W9', state: 'SIGNED' },
  sentThisYearMinor: 0n,
  taxFormFrom: { year: 2026, fromMinor: 200_000n },
  sentToday: { count: 0, amountMinor: 0n },
  sentUnseenMinor: 0n,
  mostPerDay: { count: 5, amountMinor: 5_000_000n },
  approvalAboveMinor: 1_000_000n,
  isDeclined: false,
  isAsked: false,
  nextRunAt: tomorrow,
  nextDayRunAt: tomorrow,
  reviewOn: tomorrow,
};
const gatesOf = (facts: Partial<PassageFacts>) =>
  passGates({ ...open, ...facts }, NOW).blocks.map(({ gate }) => gate);

describe('the gates of a payout', () => {
  it('let everything through where nothing holds it', () => {
    expect(passGates(open, NOW)).toMatchObject({ openMinor: 50_000n, heldBackMinor: 0n, blocks: [] });
  });

  const closing: [string, Partial<PassageFacts>][] = [
    ['STOPPED', { stop: { reason: 'A check of the bank', reviewOn: tomorrow } }],
    ['HOLD', { holds: [{ kind: 'STAFF', reason: 'We look at a report', reviewOn: tomorrow }] }],
    ['SANCTIONS', { holds: [{ kind: 'SANCTIONS', reason: 'The country is on a list', reviewOn: tomorrow }] }],
    ['PAYOUT_ACCOUNT', { hasActiveAccount: false }],
    ['BANK_CHANGE', { bankChangedAt: new Date(NOW.getTime() - 71 * 3_600_000) }],
    ['TAX_FORM', { taxForm: { kind: 'W8BEN', state: 'MISSING' }, sentThisYearMinor: 150_000n }],
    ['TAX_FORM', { taxForm: { kind: 'W8BEN', state: 'EXPIRED' }, sentThisYearMinor: 200_000n }],
    ['VELOCITY', { sentToday: { count: 5, amountMinor: 5n } }],
    ['VELOCITY', { sentToday: { count: 1, amountMinor: 4_960_000n } }],
    ['FOUR_EYES', { payableMinor: 1_000_001n, railAvailableMinor: 2_000_000n }],
    ['FOUR_EYES', { sentUnseenMinor: 950_001n }],
    ['MINIMUM', { payableMinor: 99n }],
    ['RAIL_BALANCE', { railAvailableMinor: 49_999n }],
  ];
  it.each(closing)('holds by %s alone, with a reason in words, who decides and a date', (gate, facts) => {
    const passage = passGates({ ...open, ...facts }, NOW);
    expect(passage.blocks).toEqual([
      {
        gate,
        reason: expect.stringMatching(/^[A-Z0-9].+[.!?]$/),
        decidedBy: expect.stringMatching(/^(EXPERT|PLATFORM|TIME)$/),
        // What the expert opens has no date: it is paid with the run after they did.
        ...(gate === 'FOUR_EYES' && { isAsked: false }),
        ...(passage.blocks[0]?.decidedBy !== 'EXPERT' && { until: expect.stringMatching(/^2026-11-/) }),
      },
    ]);
    expect(passage.openMinor).toBe(0n);
  });

  it('hold what has cooled off for their own reasons only: what is younger does not close them', () => {
    const recent = [{ payMinor: 40_000n, chargedAt: NOW }];
    const cooled = passGates({ ...open, recent, coolingDays: 2 }, NOW);
    expect(cooled).toMatchObject({ openMinor: 10_000n, closed: [], blocks: [{ gate: 'COOLING_OFF' }] });
    const asked = passGates({ ...open, recent, coolingDays: 2, approvalAboveMinor: 5_000n }, NOW);
    expect(asked).toMatchObject({ openMinor: 0n, askedMinor: 10_000n, closed: [{ gate: 'FOUR_EYES' }] });
    // Where nothing has cooled off, that is what holds it.
    const none = passGates({ ...open, payableMinor: 40_000n, recent, coolingDays: 2 }, NOW);
    expect(none).toMatchObject({ openMinor: 0n, closed: [{ gate: 'COOLING_OFF' }] });
  });

  it('says how much of which year asks for the form, and what happens then', () => {
    const taxForm = { kind: 'W9', state: 'MISSING' } as const;
    const reason = (from: bigint) =>
      passGates({ ...open, taxForm, taxFormFrom: { year: 2026, fromMinor: from } }, NOW).blocks[0]?.reason;
    expect(reason(50_000n)).toBe(
      'Sign your form W-9. It must be there before the payout with which your 2026 comes to US$500.00 or more. Until you have signed, that payout and those after it wait; the money is kept for you.',
    );
    expect(reason(0n)).toContain('before your first payout in USD.');
  });

  it('says to whoever moved why their money waits, and from when', () => {
    const { blocks } = passGates({ ...open, hasActiveAccount: false, movedAt: NOW, bankChangedAt: NOW }, NOW);
    expect(blocks).toMatchObject([
      { gate: 'PAYOUT_ACCOUNT', decidedBy: 'EXPERT', reason: expect.stringContaining('18 November 2026') },
      { gate: 'BANK_CHANGE', decidedBy: 'TIME', until: '2026-11-21T12:00:00.000Z' },
    ]);
  });

  it('says of a person’s decision by when it falls where somebody was asked, else when somebody is', () => {
    const [run, review] = [new Date('2026-11-18T18:00:00Z'), new Date('2026-11-19T00:00:00Z')];
    const dated = { payableMinor: 1_000_001n, nextRunAt: run, reviewOn: review };
    const block = (isAsked: boolean) => passGates({ ...open, ...dated, isAsked }, NOW).blocks[0];
    expect(block(true)).toMatchObject({ isAsked: true, until: review.toISOString() });
    expect(block(false)).toMatchObject({ isAsked: false, until: run.toISOString() });
  });

  it('names for the most of a day the first run at which another day counts', () => {
    const now = new Date('2026-11-29T08:47:00Z');
    const at = (cutOffMinute: number) => ({ cutOffMinute, bankDays: 2, holidays: new Set<string>() });
    for (const [cutOff, first] of [
      [720, '2026-11-30T12:00:00.000Z'],
      [0, '2026-11-30T00:00:00.000Z'],
      [60, '2026-11-30T01:00:00.000Z'],
    ] as const) {
      const dates = { nextRunAt: nextRunAt(now, at(cutOff)), nextDayRunAt: nextDayRunAt(now, at(cutOff)) };
      const sentToday = { count: 5, amountMinor: 5n };
      const until = passGates({ ...open, ...dates, sentToday }, now).blocks[0]?.until;
      expect(until).toBe(first);
      // A day later nothing of it counts any more.
      const tally = { ...open, ...dates, sentToday: { count: 0, amountMinor: 0n } };
      expect(passGates(tally, new Date(until ?? '')).blocks).toEqual([]);
    }
  });

  it('keeps nothing back for a request about a part, once nobody has to be asked about the whole', () => {
    const waiting = { ...open, waitingMinor: 100n, isAsked: true };
    expect(passGates(waiting, NOW)).toMatchObject({ openMinor: 50_000n, heldBackMinor: 0n, blocks: [] });
    // As long as somebody has to be, the part stays what they were asked, and the rest says what holds it.
    const unseen = passGates({ ...waiting, sentUnseenMinor: 999_000n }, NOW);
    expect(unseen).toMatchObject({
      openMinor: 100n,
      heldBackMinor: 49_900n,
      blocks: [{ gate: 'FOUR_EYES' }],
    });
  });

  it('names no person’s decision while nothing has cooled off, but what the expert can do meanwhile', () => {
    const recent = [{ payMinor: 2_000_000n, chargedAt: NOW }];
    const facts = { payableMinor: 2_000_000n, recent, coolingDays: 2 };
    expect(gatesOf(facts)).toEqual(['COOLING_OFF']);
    expect(gatesOf({ ...facts, taxForm: { kind: 'W9', state: 'MISSING' } })).toEqual([
      'TAX_FORM',
      'COOLING_OFF',
    ]);
  });

  it('opens again at the edge of each rule', () => {
    expect(gatesOf({ bankChangedAt: new Date(NOW.getTime() - 72 * 3_600_000) })).toEqual([]);
    expect(gatesOf({ taxForm: { kind: 'W9', state: 'MISSING' }, sentThisYearMinor: 149_999n })).toEqual([]);
    expect(gatesOf({ sentToday: { count: 4, amountMinor: 4_950_000n } })).toEqual([]);
    expect(gatesOf({ payableMinor: 1_000_000n })).toEqual([]);
    expect(gatesOf({ payableMinor: 100n, railAvailableMinor: 100n })).toEqual([]);
  });

  it('sends what was approved as it was approved; what was earned since waits for the next run', () => {
    const facts = { payableMinor: 1_500_000n, railAvailableMinor: 2_000_000n, approvedMinor: 1_200_000n };
    expect(passGates({ ...open, ...facts }, NOW)).toMatchObject({
      openMinor: 1_200_000n,
      heldBackMinor: 300_000n,
    });
    // Less than was approved is another payout.
    expect(gatesOf({ ...facts, payableMinor: 1_100_000n })).toEqual(['FOUR_EYES']);
  });

  it('never opens more than is payable, ready, wanted or at the rail, and holds back exactly the rest', () => {
    const minor = fc.bigInt({ min: 1n, max: 3_000_000n });
    fc.assert(
      fc.property(
        minor,
        minor,
        fc.option(minor, { nil: undefined }),
        fc.option(minor, { nil: undefined }),
        fc.array(
          fc.record({
            payMinor: minor,
            chargedAt: fc.integer({ min: 0, max: 9 }).map((days) => new Date(NOW.getTime() - days * DAY_MS)),
          }),
          { maxLength: 4 },
        ),
        fc.integer({ min: 0, max: 9 }),
        (payableMinor, railAvailableMinor, wantedMinor, approvedMinor, recent, coolingDays) => {
          const facts = {
            ...open,
            payableMinor,
            railAvailableMinor,
            wantedMinor,
            approvedMinor,
            recent,
            coolingDays,
          };
          const { openMinor, heldBackMinor, readyMinor, blocks } = passGates(facts, NOW);
          expect(openMinor + heldBackMinor).toBe(payableMinor);
          expect(
            openMinor <= readyMinor && readyMinor <= payableMinor && openMinor <= railAvailableMinor,
          ).toBe(true);
          if (wantedMinor !== undefined) expect(openMinor <= wantedMinor).toBe(true);
          // Every held cent names a gate, but for what was not asked for.
          if (heldBackMinor > 0n && wantedMinor === undefined && approvedMinor === undefined)
            expect(blocks.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('what a person was asked to approve', () => {
  const large = { ...open, payableMinor: 1_500_000n, railAvailableMinor: 9_000_000n };
  const asked = { at: NOW, amountMinor: 1_200_000n, lapsesAt: new Date(NOW.getTime() + 7 * DAY_MS) };

  it('stays what they were asked, whatever was earned since', () => {
    const passage = passGates({ ...large, isAsked: true, waitingMinor: 1_200_000n, lastAsked: asked }, NOW);
    expect(passage.askedMinor).toBe(1_200_000n);
    expect(passage.blocks).toMatchObject([
      {
        isAsked: true,
        reason: expect.stringMatching(
          /They were asked on 18 November 2026 about US\$12,000\.00\. Where nobody has decided by 25 November 2026 that request lapses,/,
        ),
      },
    ]);
  });

  it('is told with its end, where it ended without being done', () => {
    const end = { at: tomorrow, why: 'Nobody decided in time' };
    const { blocks } = passGates({ ...large, lastAsked: { ...asked, end } }, NOW);
    expect(blocks).toMatchObject([
      {
        isAsked: false,
        wasAsked: true,
        reason: expect.stringMatching(
          /about US\$12,000\.00; that request ended on 19 November 2026: Nobody decided in time\.$/,
        ),
      },
    ]);
  });
});

describe('tax forms', () => {
  it('are of the country, and a W-8BEN runs to the end of the third year', () => {
    expect([taxFormOf('US'), taxFormOf('IN')]).toEqual(['W9', 'W8BEN']);
    expect(taxFormEnd('W8BEN', NOW)).toEqual(new Date('2029-12-31T00:00:00Z'));
    expect(taxFormEnd('W9', NOW)).toBeNull();
    const signed = { kind: 'W8BEN', signedAt: NOW, expiresOn: taxFormEnd('W8BEN', NOW) };
    expect(taxFormStanding('IN', signed, new Date('2029-12-31T23:59:59Z')).state).toBe('SIGNED');
    expect(taxFormStanding('IN', signed, new Date('2030-01-01T00:00:00Z')).state).toBe('EXPIRED');
    expect(taxFormStanding('US', undefined, NOW)).toEqual({ kind: 'W9', state: 'MISSING' });
  });

  it('takes no W-8BEN of anybody in the United States, also of who moved there; a W-9 of anybody', () => {
    expect(formMisfit('W8BEN', 'US')).toMatch(/sign form W-9/);
    expect([formMisfit('W9', 'US'), formMisfit('W9', 'IN'), formMisfit('W8BEN', 'IN')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const signed = { kind: 'W8BEN', signedAt: NOW, expiresOn: taxFormEnd('W8BEN', NOW) };
    expect(taxFormStanding('US', signed, NOW)).toEqual({ kind: 'W9', state: 'MISSING' });
    const citizen = { kind: 'W9', signedAt: NOW, expiresOn: null };
    expect(taxFormStanding('IN', citizen, NOW)).toEqual({ kind: 'W9', state: 'SIGNED' });
  });
});
