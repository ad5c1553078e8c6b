import fc from 'fast-check';
import { concentrationOf, exposureAt } from './exposure';

describe('how unevenly experts are shown', () => {
  it('is nothing where all are shown alike, and near one where one is shown alone', () => {
    expect(concentrationOf([2, 2, 2, 2], 4)).toEqual({ gini: 0, withoutShare: 0, topShare: 0.25 });
    expect(concentrationOf([5], 1000)).toEqual({ gini: 0.999, withoutShare: 0.999, topShare: 1 });
    expect(concentrationOf([], 10)).toEqual({ gini: 0, withoutShare: 1, topShare: 0 });
    expect(concentrationOf([], 0)).toEqual({ gini: 0, withoutShare: 0, topShare: 0 });
  });

  it('is the mean difference between any two, by twice the mean', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 }),
        fc.nat(10),
        (amounts, none) => {
          const all = [...amounts, ...Array<number>(none).fill(0)];
          const differences = all.flatMap((a) => all.map((b) => Math.abs(a - b)));
          const mean = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
          expect(concentrationOf(amounts, all.length).gini).toBeCloseTo(
            mean(differences) / (2 * mean(all)),
            9,
          );
        },
      ),
    );
  });

  it('counts the first place whole and the third half', () => {
    expect([exposureAt(1), exposureAt(3)]).toEqual([1, 0.5]);
  });
});
