import { gradeOf, type OutcomeKind } from './outcome';

describe('what came of a fit', () => {
  it.each([
    [[], 0],
    [['SHOWN', 'APPLIED', 'PASSED_OVER'], 0],
    [['SHOWN', 'INVITED'], 1],
    [['APPLIED', 'ACCEPTED'], 2],
    [['SHOWN', 'INVITED', 'ACCEPTED', 'PASSED_REVIEW'], 3],
    [['ACCEPTED', 'PASSED_REVIEW', 'FAILED_REVIEW'], 1],
  ] as [OutcomeKind[], number][])('%s is worth %i', (kinds, grade) => {
    expect(gradeOf(new Set(kinds))).toBe(grade);
  });
});
