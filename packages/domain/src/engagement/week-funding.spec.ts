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

  it('asks nothing for weeks before the start, after the end, held or settled', () => {
    const states = [
      weekFunding({ ...facts, startsOn: NEXT_WEEK }, 'lab', NOW),
      weekFunding({ ...facts, weekStart: NEXT_WEEK, endsAt: NEXT_WEEK }, 'expert', NOW),
      weekFunding({ ...facts, isEnded: true }, 'lab', NOW),
      weekFunding({ ...facts, stored: 'HELD' }, 'expert', NOW),
      weekFunding({ ...facts, stored: 'SETTLED' }, 'lab', NOW),
    ];
    expect(states.map(({ state }) => state)).toEqual(['NO_WORK', 'NO_WORK', 'NO_WORK', 'HELD', 'SETTLED']);
    expect(states.every(({ action, triedAt }) => action === 'NOTHING' && triedAt === undefined)).toBe(true);
  });
});
