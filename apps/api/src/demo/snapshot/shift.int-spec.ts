import { shifted } from './shift';

describe('moving a world by whole weeks', () => {
  const shift = { weeks: 2, from: new Date('2026-08-03T00:00:00Z') };

  it('moves a day in a sentence however it is written, and leaves what is older', () => {
    expect(shifted('Due by 23 December 2026, 16:16 UTC.', shift)).toBe('Due by 6 January 2027, 16:16 UTC.');
    expect(shifted('{"at":"2026-11-23T16:16:00Z"}', shift)).toBe('{"at":"2026-12-07T16:16:00Z"}');
    expect(shifted('Graduated on 3 June 2019.', shift)).toBe('Graduated on 3 June 2019.');
  });
});
