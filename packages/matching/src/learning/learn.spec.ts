import { HAND_WEIGHTS, PART_NAMES, type PartWeights } from '../scoring/model';
import { chanceOf } from '../scoring/pair-score';
import { calibrationOf, errorsOf } from './calibration';
import { fitWeights } from './fit-weights';
import { learn, type Judges } from './learn';
import { readOutcomes, type JudgedOpening } from './outcomes';

/** Draws from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const weightsOf = (given: Partial<PartWeights>): PartWeights => ({
  ...(Object.fromEntries(PART_NAMES.map((name) => [name, 0])) as PartWeights),
  ...given,
});
const PLANTED = weightsOf({ requiredSkills: 0.5, evidence: 0.3, profile: 0.1, titles: 0.1 });

/** Openings in which labs say yes by some weights, or by chance. */
function world(count: number, weights: PartWeights | undefined, seed = 1): JudgedOpening[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, at) => ({
    at: new Date(Date.UTC(2026, 0, 1) + at * 3_600_000).toISOString(),
    asked: PART_NAMES.map(() => true),
    averages: PART_NAMES.map(() => 0),
    fits: Array.from({ length: 20 }, () => {
      const values = PART_NAMES.map(random);
      const score = weights ? PART_NAMES.reduce((sum, name, k) => sum + weights[name] * values[k]!, 0) : 0.5;
      const isYes = random() < 1 / (1 + Math.exp(-20 * (score - 0.6)));
      return { values, grade: isYes ? (random() < 0.5 ? 1 : 2) : 0, propensity: 1 };
    }),
  }));
}

/** Simple ones: the share of yes among the first five, and an interval of two standard errors. */
const judges: Judges = {
  measures: (order, relevance) => {
    const found = order.slice(0, 5).filter((at) => relevance.has(at)).length / 5;
    return { map: found, ndcg: found };
  },
  pairedBootstrap: (ours, theirs) => {
    const gains = ours.map((each, at) => each - theirs[at]!);
    const mean = gains.reduce((sum, each) => sum + each, 0) / gains.length;
    const spread = Math.sqrt(gains.reduce((sum, each) => sum + (each - mean) ** 2, 0)) / gains.length;
    return { mean, low: mean - 2 * spread, high: mean + 2 * spread };
  },
};

describe('learning from outcomes', () => {
  it('finds the weights by which labs said yes, whatever is in force', () => {
    const found = fitWeights(world(400, PLANTED), HAND_WEIGHTS.weights);
    for (const name of PART_NAMES) {
      expect(found[name]).toBeGreaterThanOrEqual(0.005);
      expect(Math.abs(found[name] - PLANTED[name])).toBeLessThan(0.07);
    }
    expect(PART_NAMES.reduce((sum, name) => sum + found[name], 0)).toBeCloseTo(1, 12);
  });

  it('stays near what is in force where there is nothing to learn', () => {
    const found = fitWeights(world(2, undefined), HAND_WEIGHTS.weights);
    for (const name of PART_NAMES)
      expect(Math.abs(found[name] - HAND_WEIGHTS.weights[name])).toBeLessThan(0.06);
  });

  it('counts what was seldom shown for what was not, up to ten times', () => {
    const seldom = (propensity: number) =>
      world(60, PLANTED).map((opening, at) =>
        at % 2 === 0
          ? opening
          : {
              ...opening,
              fits: opening.fits.map((fit) => ({ ...fit, grade: fit.values[9]! > 0.5 ? 1 : 0, propensity })),
            },
      );
    const hoursAt = (propensity: number) => fitWeights(seldom(propensity), HAND_WEIGHTS.weights).hours;
    expect(hoursAt(0.5)).toBeGreaterThan(hoursAt(1));
    expect(hoursAt(0.001)).toBe(hoursAt(Math.sqrt(0.1)));
  });

  it('ships what beats the weights in force on later openings, with its measures, and the same bytes each time', () => {
    const found = learn(world(300, PLANTED), HAND_WEIGHTS, judges);
    expect(found.refusal).toBeUndefined();
    expect(found.counts).toMatchObject({ openings: 300 });
    expect(found.content?.window?.heldOutFrom).toBe(world(300, PLANTED)[210]!.at);
    const { after, before, gain, brier, ece } = found.content!.metrics!;
    expect(after.ndcg10).toBeGreaterThan(before.ndcg10);
    expect(gain.low).toBeGreaterThan(0);
    expect(brier).toBeLessThan(found.errorsBefore!.brier);
    expect(ece).toBeLessThan(0.05);
    expect(JSON.stringify(learn(world(300, PLANTED), HAND_WEIGHTS, judges))).toBe(JSON.stringify(found));
  });

  it('refuses what was learned from chance, what is no better, and too little', () => {
    for (const seed of [1, 2, 3])
      expect(learn(world(300, undefined, seed), HAND_WEIGHTS, judges).refusal).toMatchObject({
        code: 'NOT_BETTER',
        message: expect.stringMatching(
          /^The learned weights do not beat those in force: nDCG@10 changes by [−+]0\.\d{4}, 95 %/,
        ),
      });
    const asIs = learn(world(300, HAND_WEIGHTS.weights), HAND_WEIGHTS, judges);
    expect(asIs.refusal?.code).toBe('NOT_BETTER');
    expect(learn(world(60, PLANTED), HAND_WEIGHTS, judges)).toEqual({
      counts: { openings: 60, teach: expect.any(Number), measure: 18 },
      refusal: { code: 'TOO_FEW_OPENINGS', message: expect.stringContaining('18 measure') },
    });
  });

  it('says the chance of a yes as often as it comes', () => {
    const random = randomFrom(7);
    const told = Array.from({ length: 20_000 }, () => {
      const ahead = random();
      return { ahead, isYes: random() < chanceOf(ahead, { slope: 6, offset: -4 }), count: 1 };
    });
    const { slope, offset } = calibrationOf(told);
    expect(Math.abs(slope - 6)).toBeLessThan(0.4);
    expect(Math.abs(offset + 4)).toBeLessThan(0.3);
    expect(errorsOf(told, { slope, offset }).ece).toBeLessThan(0.01);
    expect(errorsOf(told, { slope: 0, offset: 3 }).ece).toBeGreaterThan(0.3);
  });

  it('reads outcomes by opening, and names the line that it cannot read', () => {
    const line = (more: object) =>
      JSON.stringify({
        ...{ opening: 1, expert: 1, at: '2026-11-02T00:00:00Z', kinds: ['SHOWN'], propensity: 1 },
        ...{ parts: [{ name: 'hours', value: 0.5, weight: 0.1 }], ...more },
      });
    const text = [
      line({ opening: 2 }),
      line({ at: '2026-11-01T00:00:00Z' }),
      line({ expert: 2, kinds: ['INVITED'], averages: { hours: 0.25 } }),
    ];
    const read = readOutcomes(text.join('\n'), 'file');
    expect(read.map(({ at, fits }) => [at, fits.map(({ grade }) => grade)])).toEqual([
      ['2026-11-01T00:00:00Z', [0, 1]],
      ['2026-11-02T00:00:00Z', [0]],
    ]);
    expect(read[0]!.asked.filter(Boolean)).toHaveLength(1);
    expect(read[0]!.averages[PART_NAMES.indexOf('hours')]).toBe(0.25);
    expect(read[1]!.averages[PART_NAMES.indexOf('hours')]).toBe(0);
    for (const broken of ['{', line({ propensity: 0 }), line({ kinds: ['LIKED'] }), line({ parts: [{}] })])
      expect(() => readOutcomes(`${text[0]}\n${broken}`, 'file')).toThrow(/^file, line 2: /);
  });
});
