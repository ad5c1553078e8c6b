import { reviewDay } from './review-day';

const now = new Date('2026-11-23T12:00:00Z');
const read = (day: string) => {
  const found = reviewDay(new Date(day), now);
  return found.ok ? found.value.toISOString().slice(0, 10) : found.refusal;
};

describe('the day by which somebody looks again at what they hold', () => {
  it('is one from tomorrow on, within two weeks', () => {
    expect([read('2026-11-24'), read('2026-12-07')]).toEqual(['2026-11-24', '2026-12-07']);
  });

  it.each([
    ['2026-11-23', 'REVIEW_IN_PAST', 'This date is today or in the past.'],
    ['2025-11-24', 'REVIEW_IN_PAST', 'This date is today or in the past.'],
    ['2026-12-08', 'REVIEW_TOO_LATE', 'This date is more than 14 days away.'],
  ])('%s is refused as what it is', (day, code, words) => {
    expect(read(day)).toMatchObject({ code, field: 'reviewOn', message: expect.stringContaining(words) });
  });
});
