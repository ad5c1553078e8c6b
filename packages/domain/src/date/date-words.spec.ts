import { clockWords, dayWords, momentWords } from './date-words';

describe('dates in sentences', () => {
  const at = new Date('2026-12-03T06:05:59Z');

  it('names the day, the month and the year, in UTC', () => {
    expect(dayWords(at)).toBe('3 December 2026');
    expect(dayWords(new Date('2027-01-01T00:00:00Z'))).toBe('1 January 2027');
    expect(dayWords(new Date('2026-12-31T23:59:59Z'))).toBe('31 December 2026');
  });

  it('writes the time of day with two figures each, and says that it is UTC', () => {
    expect(clockWords(at)).toBe('06:05');
    expect(momentWords(at)).toBe('3 December 2026, 06:05 UTC');
  });
});
