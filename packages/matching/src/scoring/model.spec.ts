import fc from 'fast-check';
import type { OpeningDocument } from '../documents';
import { Snapshot } from '../snapshot';
import { Fingerprint } from '../text/fingerprint';
import { HAND_WEIGHTS, PART_NAMES, type PartWeights } from './model';
import { replayed } from './replay';
import { checkedModel, sealedModel, type ModelContent } from './sealed-model';

/** Any hash will do here. */
const sha256 = (text: string) => new Fingerprint().add(text).hex;
const HAND = sealedModel({ ...HAND_WEIGHTS, window: null, metrics: null, calibration: null }, sha256);
const evenly = Object.fromEntries(PART_NAMES.map((name) => [name, 1 / PART_NAMES.length])) as PartWeights;
const LEARNED = {
  id: 'learned',
  weights: evenly,
  window: {
    from: '2026-09-01T00:00:00.000Z',
    heldOutFrom: '2026-11-01T00:00:00.000Z',
    to: '2026-11-29T00:00:00.000Z',
  },
  metrics: {
    ...{ openings: 30, outcomes: 900, brier: 0.1, ece: 0.02 },
    before: { modelId: 'hand-2020', map: 0.4, ndcg10: 0.5 },
    after: { map: 0.5, ndcg10: 0.6 },
    gain: { mean: 0.1, low: 0.05, high: 0.15 },
  },
  calibration: { slope: 6, offset: -4 },
} satisfies ModelContent;
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

  it('is read only where all of what was learned is valid, and says what is not', () => {
    expect(checkedModel(sealedModel(LEARNED, sha256), sha256).ok).toBe(true);
    const { weights, window, metrics, calibration } = LEARNED;
    const [gain, before] = [metrics.gain, metrics.before];
    const long = { from: '2026-12-01T00:00:00.000Z' };
    for (const [broken, why] of [
      [{ weights: { ...weights, titles: 2 } }, /weight of titles is not a number above 0 and below 1/],
      [{ weights: { ...weights, titles: Infinity } }, /weight of titles/],
      [{ weights: { ...weights, titles: '0.1' } }, /weight of titles/],
      [{ weights: { ...weights, titles: 0 } }, /weight of titles/],
      [{ calibration: {} }, /calibration: slope is missing/],
      [{ calibration: { slope: 8 } }, /calibration: offset is missing/],
      [{ calibration: { ...calibration, more: 1 } }, /calibration: models do not have more/],
      [{ calibration: { slope: -8, offset: 4 } }, /slope .* not a number above 0/],
      [{ calibration: { slope: 0, offset: 4 } }, /slope/],
      [{ calibration: { slope: 1e300, offset: 4 } }, /slope .* up to 1000/],
      [{ calibration: { slope: 8, offset: NaN } }, /offset of its calibration is no number/],
      [{ calibration: { slope: 8, offset: 1e9 } }, /everybody the same chance/],
      [{ window: {} }, /window: from is missing/],
      [{ window: { ...window, more: 1 } }, /window: models do not have more/],
      [{ window: { ...window, from: 'yesterday' } }, /window says from, and that is no instant/],
      [{ window: { ...window, to: '2026-11-29' } }, /window says to, and that is no instant/],
      [{ window: { ...window, to: window.heldOutFrom } }, /not in order/],
      [{ window: { ...window, ...long } }, /not in order/],
      [{ metrics: {} }, /metrics: openings is missing/],
      [{ metrics: { ...metrics, gain: {} } }, /metrics: gain\.mean is missing/],
      [{ metrics: { ...metrics, after: { ...metrics.after, more: 1 } } }, /do not have after\.more there/],
      [{ metrics: { ...metrics, openings: 1.5 } }, /openings, and that is no whole number above 0/],
      [{ metrics: { ...metrics, outcomes: 0 } }, /outcomes, and that is no whole number/],
      [{ metrics: { ...metrics, brier: Infinity } }, /brier, and that is no number from 0 to 1/],
      [{ metrics: { ...metrics, ece: null } }, /ece, and that is no number/],
      [{ metrics: { ...metrics, before: { ...before, map: 1.2 } } }, /before\.map, and that is no number/],
      [{ metrics: { ...metrics, before: { ...before, modelId: 7 } } }, /before\.modelId, and that is no id/],
      [{ metrics: { ...metrics, gain: { ...gain, high: 2 } } }, /gain\.high, .* from -1 to 1/],
      [{ metrics: { ...metrics, gain: { ...gain, low: 0.12 } } }, /does not lie in its interval/],
      [{ metrics: { ...metrics, gain: { ...gain, high: 0.06 } } }, /does not lie in its interval/],
      [{ calibration: null }, /some and not all/],
    ] as const)
      expect(
        checkedModel(sealedModel({ ...LEARNED, ...broken } as ModelContent, sha256), sha256),
      ).toMatchObject({
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
