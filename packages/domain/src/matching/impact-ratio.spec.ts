import { impactRatios } from './impact-ratio';

const of = (group: string, selected: number, people: number) => ({ group, selected, people });

describe('impact ratios', () => {
  it('are the example of the guidelines: 48 of 80 against 12 of 40 is one half, below four fifths', () => {
    // Uniform Guidelines, Questions and Answers 11: 60 % against 30 %.
    expect(impactRatios([of('A', 48, 80), of('B', 12, 40)])).toMatchObject([
      { group: 'A', rate: 0.6, ratio: 1, isBelowFourFifths: false, isSignificant: false },
      { group: 'B', rate: 0.3, ratio: 0.5, isBelowFourFifths: true, isSignificant: true },
    ]);
  });

  it('warn below four fifths and not at it', () => {
    const ratioOf = (selected: number) =>
      impactRatios([of('A', 50, 100), of('B', selected, 100)])[1]?.isBelowFourFifths;
    expect([ratioOf(39), ratioOf(40)]).toEqual([true, false]);
  });

  it('say where a difference may be chance', () => {
    expect(impactRatios([of('A', 6, 10), of('B', 4, 10)])[1]).toMatchObject({
      isBelowFourFifths: true,
      isSignificant: false,
    });
  });

  it('are none for a group alone, for nobody selected, and for a group of nobody', () => {
    expect(impactRatios([of('A', 5, 10)])[0]?.ratio).toBeNull();
    expect(impactRatios([of('A', 0, 10), of('B', 0, 10)]).map(({ ratio }) => ratio)).toEqual([null, null]);
    expect(impactRatios([of('A', 5, 10), of('B', 0, 0)])).toHaveLength(1);
  });
});
