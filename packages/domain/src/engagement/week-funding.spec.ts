import { weekFunding, type WeekFundingFacts } from './week-funding';

const NOW = new Date('2026-11-25T12:00:00Z');
const THIS_WEEK = new Date('2026-11-23T00:00:00Z');
const NEXT_WEEK = new Date('2026-11-30T00:00:00Z');
const facts: WeekFundingFacts = {
  weekStart: THIS_WEEK,
  amount: { minor: 460_00n, currency: 'USD' },
  startsOn: new Date('2026-11-02T00:00:00Z'),
  isEnded: false,
};

describe('the funding of a week', () => {
  it('tells the lab to add funds, with the amount, and the expert not to work', () => {
    const lab = weekFunding({ ...facts, stored: 'FAILED' }, 'lab', NOW);
    expect(lab).toMatchObject({
      state: 'FAILED',
      action: 'ADD_FUNDS',
      triedAt: new Date('2026-11-25T12:01:00Z'),
    });
    expect(lab.sentence).toContain('460.00');
    const expert = weekFunding({ ...facts, stored: 'FAILED' }, 'expert', NOW);
    expect(expert).toMatchObject({ state: 'FAILED', action: 'DO_NOT_WORK' });
    expect(expert.sentence).not.toContain('460');
  });

  it('says when the money of the next week will be held: the Thursday before', () => {
    expect(weekFunding({ ...facts, weekStart: NEXT_WEEK }, 'lab', NOW)).toMatchObject({
      state: 'NOT_DUE',
      triedAt: new Date('2026-11-26T00:00:00Z'),
    });
  });

  it('promises no week while a dispute of the lab stops it, and tells each side what to do', () => {
    const sentence = 'No new week can start until the US$9.00 is paid that the bank took back.';
    const owed = { ...facts, weekStart: NEXT_WEEK, stop: { isOwed: true, sentence } };
    for (const stored of [undefined, 'FAILED']) {
      const lab = weekFunding({ ...owed, stored }, 'lab', NOW);
      expect(lab).toMatchObject({ state: 'STOPPED', action: 'ADD_FUNDS' });
      expect(lab.sentence).toContain(`${sentence} Add funds`);
      const expert = weekFunding({ ...owed, stored }, 'expert', NOW);
      expect(expert).toMatchObject({ state: 'STOPPED', action: 'DO_NOT_WORK' });
      expect(expert.sentence).toContain('No new week can start');
      expect(expert.sentence).not.toContain('9.00');
      expect([lab.triedAt, expert.triedAt]).toEqual([undefined, undefined]);
    }
    // Money changes nothing while the bank decides: nobody is told to add any.
    const open = weekFunding({ ...owed, stop: { isOwed: false, sentence } }, 'lab', NOW);
    expect(open).toMatchObject({ state: 'STOPPED', action: 'WITHDRAW_DISPUTE' });
    expect(open.sentence).toContain('withdraw it at your bank');
    // What is held already is held, and where there is no work nothing is stopped.
    expect(weekFunding({ ...owed, stored: 'HELD' }, 'lab', NOW).state).toBe('HELD');
    expect(weekFunding({ ...owed, isEnded: true }, 'lab', NOW).state).toBe('NO_WORK');
  });

  it('asks nothing for weeks before the start, after the end, held or settled', () => {
    const states = [
      weekFunding({ ...facts, startsOn: NEXT_WEEK }, 'lab', NOW),
      weekFunding({ ...facts, weekStart: NEXT_WEEK, endsAt: NEXT_WEEK }, 'expert', NOW),
      weekFunding({ ...facts, isEnded: true }, 'lab', NOW),
      weekFunding({ ...facts, stored: 'HELD' }, 'expert', NOW),
      weekFunding({ ...facts, stored: 'SETTLED' }, 'lab', NOW),
    ];
    expect(states.map(({ state }) => state)).toEqual(['NO_WORK', 'NO_WORK', 'NO_WORK', 'HELD', 'SETTLED']);
    expect(weekFunding({ ...facts, isWaiting: true }, 'lab', NOW).state).toBe('NO_WORK');
    expect(weekFunding({ ...facts, stored: 'HELD', isWaiting: true }, 'expert', NOW).sentence).toContain(
      'waits',
    );
    expect(states.every(({ action, triedAt }) => action === 'NOTHING' && triedAt === undefined)).toBe(true);
  });
});
