import { noPayoutYet } from './next-payout';

const RUN = '2026-12-01T16:00:00.000Z';
const bank = (until: string) => ({ gate: 'BANK_CHANGE', decidedBy: 'TIME', until });
const hold = (until: string) => ({ gate: 'HOLD', decidedBy: 'PLATFORM', until });

describe('what keeps every payout back', () => {
  it('is the last of what time opens and of what people decide, together', () => {
    const blocks = [
      hold('2026-12-03T00:00:00.000Z'),
      hold('2026-12-10T00:00:00.000Z'),
      bank('2026-12-04T09:00:00.000Z'),
    ];
    expect(noPayoutYet(blocks, RUN)).toEqual({
      notBefore: '2026-12-04T09:00:00.000Z',
      decision: { dueBy: '2026-12-10T00:00:00.000Z' },
    });
    expect(noPayoutYet(blocks.slice(0, 1), RUN)).toEqual({ decision: { dueBy: '2026-12-03T00:00:00.000Z' } });
    expect(noPayoutYet(blocks.slice(2), RUN)).toEqual({ notBefore: '2026-12-04T09:00:00.000Z' });
  });

  it('is nothing where the next run may send something: what is over by then, and what holds a part', () => {
    expect(noPayoutYet([bank('2026-12-01T15:00:00.000Z')], RUN)).toBeUndefined();
    const part = { gate: 'FOUR_EYES', decidedBy: 'PLATFORM', until: '2026-12-10T00:00:00.000Z' };
    expect(noPayoutYet([part], RUN)).toBeUndefined();
    // Where a person decides, the run waits for them, however near the day is that they are due.
    expect(noPayoutYet([hold('2026-12-01T12:00:00.000Z')], RUN)).toEqual({
      decision: { dueBy: '2026-12-01T12:00:00.000Z' },
    });
  });
});
