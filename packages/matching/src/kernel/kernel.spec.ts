import fc from 'fast-check';
import { meanOfKnown } from '../scoring/interest';
import { HALF } from '../scoring/model';
import { orderPairs, pairOrder } from '../scoring/pair-score';
import { EASY_RATE, RATE_STEEPNESS, rateValue, soft } from '../scoring/part-values';
import { addressOf, columnNumber, DOCUMENTS, EXPERTS, kernelAreas, loops, withTables } from './kernel';

// Each loop of the kernel beside the same in plain TypeScript: bit for bit, but for the loops over pairs.

const byte = fc.integer({ min: 0, max: 255 });
const share = fc.integer({ min: 0, max: 999_983 }).map((n) => Math.fround(n / 999_983));

describe('loops over documents', () => {
  const posting = fc.record({ place: fc.integer({ min: 0, max: DOCUMENTS - 1 }), impact: byte });
  const postings = fc.uniqueArray(posting, { maxLength: 60, selector: ({ place }) => place });

  /** Scores of a board after the kernel has added to zeros. */
  function scores(add: (board: number) => void): Float32Array {
    const board = kernelAreas().scores.SECOND.fill(0);
    add(addressOf('SECOND'));
    return board;
  }

  it('adds a term of three bytes a posting, and one that counts whole', () => {
    fc.assert(
      fc.property(postings, share, (own, unit) => {
        const far = own.flatMap(({ place, impact }) => [place & 0xff, place >> 8, impact]);
        kernelAreas().postings.set(far);
        const weighed = scores((board) => loops.addFar(far.length, unit, board));
        for (const { place, impact } of own) expect(weighed[place]).toBe(Math.fround(unit * impact));
        kernelAreas().places.set(own.map(({ place }) => place));
        const whole = scores((board) => {
          loops.addWhole(2 * own.length, unit, board);
          loops.addWhole(2 * own.length, 0.7, board);
        });
        for (const { place } of own) expect(whole[place]).toBe(Math.fround(unit + 0.7));
        expect(whole.filter((score) => score !== 0).length).toBe(own.length);
      }),
    );
  });

  it('adds a term whose postings are steps and impacts', () => {
    const step = fc.tuple(fc.integer({ min: 1, max: 255 }), byte);
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 200 }), share, (steps, unit) => {
        kernelAreas().postings.set(steps.flat());
        const found = scores((board) => loops.addNear(2 * steps.length, unit, board));
        let place = 0;
        for (const [by, impact] of steps) {
          place += by;
          expect(found[place]).toBe(Math.fround(unit * impact));
        }
      }),
    );
  });

  it('mixes two scores, and finds all that are above a bound', () => {
    const numbers = fc.array(share, { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(numbers, numbers, share, (one, other, bound) => {
        const { FIRST, SECOND, THIRD } = kernelAreas().scores;
        SECOND.set(one);
        THIRD.set(other);
        loops.mix(40, 0.4, 0.6);
        const mixed = one.map((each, at) => Math.fround(0.4 * each + 0.6 * (other[at] as number)));
        expect([...SECOND.subarray(0, 40)]).toEqual(mixed);
        FIRST.set(other);
        const count = loops.above(8, 40, 0.25, 0.5, bound * (1 - 1e-6));
        const found = [...kernelAreas().found.subarray(0, count)];
        const sure = mixed.flatMap((each, at) =>
          at >= 8 && 0.25 * (other[at] as number) + 0.5 * each > bound ? [at] : [],
        );
        expect(found.filter((at) => at < 8)).toEqual([]);
        expect(found).toEqual(expect.arrayContaining(sure));
        expect(found.length - sure.length).toBeLessThanOrEqual(
          mixed.filter((each, at) => Math.abs(0.25 * (other[at] as number) + 0.5 * each - bound) < 1e-5)
            .length,
        );
      }),
    );
  });
});

describe('loops over experts', () => {
  const LENGTH = 45;
  const columnOf = (most: number) =>
    fc.array(fc.integer({ min: 0, max: most }), { minLength: LENGTH, maxLength: LENGTH });

  it.each([
    ['8 bits', 255, 'valueBytes', 'holdBytes'],
    ['16 bits', 65_535, 'valueShorts', 'holdShorts'],
  ] as const)('marks who does not hold a thing whose value has %s', (_, most, area, hold) => {
    fc.assert(
      fc.property(columnOf(most), fc.integer({ min: 0, max: most }), (column, above) => {
        const areas = kernelAreas();
        areas.held.fill(0);
        areas.marks.fill(1);
        areas[area].set(column);
        loops[hold](LENGTH, above, 0);
        loops.markLacking(LENGTH, 8, 16);
        expect([...areas.marks.subarray(0, LENGTH)]).toEqual(column.map((value) => (value > above ? 1 : 9)));
      }),
    );
  });

  it('marks apart who holds a thing, but not at the value that is asked for', () => {
    fc.assert(
      fc.property(columnOf(5), fc.integer({ min: 0, max: 5 }), (column, above) => {
        const areas = kernelAreas();
        areas.held.fill(0);
        areas.marks.fill(1);
        areas.valueBytes.set(column);
        loops.holdBytes(LENGTH, above, 2);
        loops.markLacking(LENGTH, 8, 16);
        expect([...areas.marks.subarray(0, LENGTH)]).toEqual(
          column.map((value) => 1 + (value > above ? 0 : value === 0 ? 8 : 16)),
        );
      }),
    );
  });

  it('counts who is stopped by what, and finds who is not', () => {
    const combination = fc.integer({ min: 0, max: 15 });
    fc.assert(
      fc.property(
        columnOf(2),
        columnOf(1),
        columnOf(9),
        fc.array(combination, { minLength: 5, maxLength: 5 }),
        fc.array(fc.constantFrom(0, 0, 0, 32), { minLength: LENGTH, maxLength: LENGTH }),
        (circumstances, schedules, rates, tables, marks) => {
          const areas = withTables(5);
          areas.combinations.fill(0);
          areas.circumstances.set(circumstances);
          areas.schedules.set(schedules);
          areas.rates.set(rates);
          areas.tables.set(tables);
          areas.marks.set(marks);
          const failed = circumstances.map((number, at) => {
            const own = (tables[number] as number) & ~((rates[at] as number) <= 4 ? 2 : 0);
            return own | (tables[3 + (schedules[at] as number)] as number) | (marks[at] as number);
          });
          const count = loops.pass(LENGTH, 1000, 4, 2, 6);
          expect([...areas.found.subarray(0, count)]).toEqual(
            failed.flatMap((each, at) => (each === 0 ? [1000 + at] : [])),
          );
          for (let each = 0; each < 48; each++)
            expect(areas.combinations[each]).toBe(failed.filter((own) => own === each).length);
        },
      ),
    );
  });

  it('has room for more circumstances than fit at first, and keeps what was there', () => {
    kernelAreas().rates.fill(7);
    const many = kernelAreas().tables.length + 100_000;
    withTables(many).tables[many - 1] = 5;
    expect(kernelAreas().tables[many - 1]).toBe(5);
    expect(kernelAreas().rates[EXPERTS - 1]).toBe(7);
  });
});

/** How far an order may be off where a whole way from the average is a tenth and counts twenty times. */
const MOST_OFF = 1e-4;

describe('loops over pairs', () => {
  const LENGTH = 41;
  const numbers = (number: fc.Arbitrary<number>) =>
    fc.array(number, { minLength: LENGTH, maxLength: LENGTH });
  const shares = numbers(share);
  const rate = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40_000_000 }));
  const ceiling = fc.integer({ min: 1, max: 20_000_000 });
  const about = (given: Float32Array, wanted: readonly number[]) =>
    wanted.forEach((each, i) => expect(Math.abs((given[i] as number) - each)).toBeLessThan(2e-6));

  it('counts parts by their weights, and shares of the best match as the values that they are', () => {
    fc.assert(
      fc.property(shares, shares, share, (first, second, weight) => {
        const { pairs } = kernelAreas();
        pairs.sums.set(first);
        pairs.titles.set(second);
        loops.soften(LENGTH, columnNumber('titles'), HALF);
        loops.count(LENGTH, columnNumber('titles'), weight);
        about(
          pairs.sums,
          first.map((sum, i) => sum + weight * soft(second[i] as number)),
        );
      }),
    );
  });

  it('counts lowest rates by how they fit the ceiling', () => {
    fc.assert(
      fc.property(numbers(rate), ceiling, share, (rates, most, weight) => {
        const { pairs } = kernelAreas();
        pairs.sums.fill(0.5);
        pairs.rate.set(rates);
        loops.countRates(LENGTH, most, EASY_RATE, RATE_STEEPNESS, weight);
        about(
          pairs.sums,
          rates.map((each) => 0.5 + weight * rateValue(each, most)),
        );
      }),
    );
  });

  it('orders pairs as their scores do, off by less than a hundred-thousandth', () => {
    const worth = fc.oneof(fc.constant(-1), share);
    const given = fc.oneof(fc.constant(0), ceiling);
    const calibrations = fc.record({
      slope: fc.integer({ min: 1, max: 20 }),
      offset: fc.integer({ min: -9, max: 2 }),
    });
    fc.assert(
      fc.property(
        shares,
        numbers(rate),
        numbers(worth),
        given,
        share,
        calibrations,
        (sums, rates, hours, most, average, own) => {
          fc.pre(average < 0.9);
          const { pairs } = kernelAreas();
          pairs.sums.set(sums);
          pairs.rate.set(rates);
          pairs.hoursWorth.set(hours);
          orderPairs(LENGTH, average, most, own);
          sums.forEach((sum, i) => {
            const interest = meanOfKnown(rates[i] as number, most, hours[i] as number);
            const wanted = pairOrder(sum, average, interest, own);
            if (wanted > 1e-30)
              expect(Math.abs((pairs.sums[i] as number) / wanted - 1)).toBeLessThan(MOST_OFF);
          });
        },
      ),
    );
  });
});
