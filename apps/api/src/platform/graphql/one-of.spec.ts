import { oneOf } from './one-of';

describe('a text that is one of some words', () => {
  it('is that word, and refused in words that a person reads where it is none', () => {
    const ages = ['DAYS_0_1', 'DAYS_2_3'] as const;
    expect(oneOf(ages, 'DAYS_2_3', 'age')).toBe('DAYS_2_3');
    expect(() => oneOf(ages, 'DAYS_9', 'age')).toThrow(/^Choose one from the list\.$/);
  });
});
