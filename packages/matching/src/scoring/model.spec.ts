import fc from 'fast-check';
import type { OpeningDocument } from '../documents';
import { Snapshot } from '../snapshot';
import { Fingerprint } from '../text/fingerprint';
import { HAND_WEIGHTS, PART_NAMES, type PartWeights } from './model';
import { replayed } from './replay';
import { checkedModel, sealedModel } from './sealed-model';

/** Any hash will do here. */
const sha256 = (text: string) => new Fingerprint().add(text).hex;
const HAND = sealedModel({ ...HAND_WEIGHTS, window: null, metrics: null, calibration: null }, sha256);
const evenly = Object.fromEntries(PART_NAMES.map((name) => [name, 1 / PART_NAMES.length])) as PartWeights;
const [opening]: OpeningDocument[] = [
  {
    id: 'o',
    title: 'Heart doctor',
    titles: [],
    description: 'Judges answers about the heart',
    skills: [{ label: 'Heart', isRequired: true }],
    hoursPerWeek: 20,
  },
];
const people = ['Heart doctor', 'Tax lawyer', 'Nurse of hearts'].map((headline, at) => ({
  ...{ id: `e${at}`, headline, bio: headline, titles: [], skills: ['Heart'], evidence: [], languages: [] },
  ...{ country: 'US', hoursPerWeek: 7 * at },
}));

describe('a model', () => {
  it('is read only as it was sealed, wherever its keys stand', () => {
    expect(checkedModel(JSON.parse(JSON.stringify(HAND)), sha256)).toEqual({ ok: true, value: HAND });
    const turned = Object.fromEntries(Object.entries(HAND).reverse());
    expect(checkedModel(turned, sha256).ok).toBe(true);
    for (const [broken, why] of [
      [{ ...HAND, weights: { ...HAND.weights, titles: 0.08, profile: 0.12 } }, /changed after it was made/],
      [{ ...HAND, id: 'hand-2027' }, /changed after it was made/],
      [sealedModel({ ...HAND, weights: { ...HAND.weights, titles: 0.2 } }, sha256), /do not sum to 1/],
      [sealedModel({ ...HAND, weights: { ...HAND.weights, titles: -1, topics: 1.224 } }, sha256), /above 0/],
      [{ ...HAND, weights: { profile: 1 } }, /other parts/],
      [{ ...HAND, more: 1 }, /do not have: more/],
      [[], /no JSON object/],
    ] as const)
      expect(checkedModel(broken, sha256)).toMatchObject({
        ok: false,
        refusal: { code: 'MODEL_BROKEN', message: expect.stringMatching(why) },
      });
  });

  it('weighs the parts of every fit, and another weighs them otherwise', () => {
    const scores = (weights: PartWeights) =>
      new Snapshot(people, undefined, { id: 'other', weights })
        .openingsFor('e0', [opening as OpeningDocument])
        .map(({ score }) => score);
    expect(scores(HAND_WEIGHTS.weights)).not.toEqual(scores(evenly));
  });

  it('gives from what was stored of a fit the bytes that scoring gave', () => {
    const weights = fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: PART_NAMES.length,
        maxLength: PART_NAMES.length,
      })
      .filter(([profile]) => (profile ?? 0) > 0.01)
      .map((given) => {
        const whole = given.reduce((sum, each) => sum + each, 0);
        return Object.fromEntries(
          PART_NAMES.map((name, at) => [name, (given[at] ?? 0) / whole]),
        ) as PartWeights;
      });
    fc.assert(
      fc.property(weights, (given) => {
        const model = { id: 'given', weights: given };
        const shortlist = new Snapshot(people, undefined, model).shortlist(opening as OpeningDocument);
        const { fits, averages } = JSON.parse(JSON.stringify(shortlist)) as typeof shortlist;
        expect(fits.length).toBeGreaterThan(0);
        for (const { parts, score, steps } of fits) {
          const again = replayed(parts, { averages, interest: steps.interest }, model);
          expect(again.steps.score).toBe(score);
          expect(JSON.stringify(again.parts)).toBe(JSON.stringify(parts));
          expect(steps).toMatchObject(again.steps);
        }
      }),
    );
  });
});
