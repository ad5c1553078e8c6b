import { impactRatios, tellable } from './impact-ratio';

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

describe('groups that may be told', () => {
  const group = (question: string, answer: string, experts: number, shown = experts) => ({
    ...{ question, answer, experts, shown },
  });
  const sexes = [group('SEX', 'FEMALE', 60), group('SEX', 'MALE', 60)];
  const white = [group('BOTH', 'FEMALE/WHITE', 40), group('BOTH', 'MALE/WHITE', 40)];

  it('leaves out answers to both questions that tell of a small group by what remains', () => {
    const asian = [group('BOTH', 'FEMALE/ASIAN', 20), group('BOTH', 'MALE/ASIAN', 20)];
    const whole = [...sexes, group('ETHNICITY', 'WHITE', 80), group('ETHNICITY', 'ASIAN', 41)];
    expect(tellable([...whole, ...white, ...asian])).toEqual([...whole, ...white]);
  });

  it('looks at who was shown as well, and again after something was left out', () => {
    const asian = [group('BOTH', 'FEMALE/ASIAN', 15, 10), group('BOTH', 'MALE/ASIAN', 14, 10)];
    const seen = group('ETHNICITY', 'ASIAN', 40, 21);
    const whole = [group('SEX', 'FEMALE', 55, 50), group('SEX', 'MALE', 54, 50)];
    const all = [...whole, group('ETHNICITY', 'WHITE', 80), seen];
    expect(tellable([...all, ...white, ...asian])).toEqual([...all, ...white]);
    const few = [group('SEX', 'FEMALE', 45), group('SEX', 'MALE', 54, 50)];
    expect(tellable([...few, ...all.slice(2), ...white, ...asian])).toEqual([
      ...few,
      ...all.slice(2),
      white[1],
    ]);
  });

  it('tells all where nothing, or enough, remains', () => {
    const whole = [group('SEX', 'FEMALE', 50), group('SEX', 'MALE', 40), group('ETHNICITY', 'WHITE', 80)];
    expect(tellable([...whole, ...white])).toEqual([...whole, ...white]);
  });
});
