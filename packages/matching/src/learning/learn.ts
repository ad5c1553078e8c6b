import { aheadOf } from '../scoring/pair-score';
import type { Weighting } from '../scoring/model';
import type { ModelContent, RankMetrics } from '../scoring/sealed-model';
import { calibrationOf, errorsOf, type Told } from './calibration';
import { averageUnder, fitWeights, inverse, scoreOf } from './fit-weights';
import { isMixed, type JudgedOpening } from './outcomes';

/** Fewer openings with something to learn from say nothing that holds: so many teach, so many measure. */
export const LEAST_OPENINGS = { teach: 40, measure: 20 } as const;
/** The last part of the openings, by time, only measures. */
const HELD_OUT = 0.3;

/** How good an order is, as the benches measure it: given, so that both measure alike. */
export interface Judges {
  /** @param relevance of each place, where it is above 0 */
  readonly measures: (
    order: readonly number[],
    relevance: ReadonlyMap<number, number>,
  ) => { map: number; ndcg: number };
  readonly pairedBootstrap: (ours: readonly number[], theirs: readonly number[]) => Interval;
}

interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What came of learning. */
export interface Learned {
  /** Why the weights are not to be used, in a sentence; undefined where they beat those in force. */
  readonly refusal?: { readonly code: 'TOO_FEW_OPENINGS' | 'NOT_BETTER'; readonly message: string };
  /** Undefined where nothing was learned. */
  readonly content?: Omit<ModelContent, 'id'>;
  readonly counts: { readonly openings: number; readonly teach: number; readonly measure: number };
  readonly gain?: { readonly map: Interval; readonly ndcg10: Interval };
  /** Errors of the weights in force, calibrated on the same outcomes. */
  readonly errorsBefore?: { readonly brier: number; readonly ece: number };
}

/**
 * Learns weights from openings in the order of time, and measures them on the later ones beside those in force. The same
 * openings give the same bytes.
 */
export function learn(openings: readonly JudgedOpening[], inForce: Weighting, judges: Judges): Learned {
  const cut = Math.floor(openings.length * (1 - HELD_OUT));
  const [earlier, later] = [openings.slice(0, cut), openings.slice(cut)];
  const [teach, measure] = [earlier.filter(isMixed), later.filter(isMixed)];
  const counts = { openings: openings.length, teach: teach.length, measure: measure.length };
  if (teach.length < LEAST_OPENINGS.teach || measure.length < LEAST_OPENINGS.measure)
    return { counts, refusal: { code: 'TOO_FEW_OPENINGS', message: tooFew(counts) } };
  const weights = fitWeights(teach, inForce.weights);
  const [own, before] = [weights, inForce.weights].map((each) => measure.map(judgedBy(each, judges)));
  const of = (name: 'map' | 'ndcg', all = own) => (all ?? []).map((each) => each[name]);
  const gain = {
    map: rounded(judges.pairedBootstrap(of('map'), of('map', before))),
    ndcg10: rounded(judges.pairedBootstrap(of('ndcg'), of('ndcg', before))),
  };
  const calibration = calibrationOf(toldBy(weights, earlier));
  const means = (all = own): RankMetrics =>
    rounded({ map: mean(of('map', all)), ndcg10: mean(of('ndcg', all)) });
  const told = toldBy(inForce.weights, later);
  const content = {
    weights,
    window: {
      from: instant(openings[0]?.at),
      to: instant(openings.at(-1)?.at, 1),
      heldOutFrom: instant(later[0]?.at),
    },
    metrics: {
      openings: measure.length,
      outcomes: openings.reduce((sum, { fits }) => sum + fits.length, 0),
      before: { modelId: inForce.id, ...means(before) },
      after: means(),
      gain: gain.ndcg10,
      ...rounded(errorsOf(toldBy(weights, later), calibration)),
    },
    calibration,
  };
  const errorsBefore = rounded(errorsOf(told, calibrationOf(toldBy(inForce.weights, earlier))));
  return {
    counts,
    content,
    gain,
    errorsBefore,
    ...(gain.ndcg10.low <= 0 && {
      refusal: { code: 'NOT_BETTER' as const, message: notBetter(gain.ndcg10) },
    }),
  };
}

/** An instant in UTC as models have it, some milliseconds after another. */
function instant(at = '', afterMs = 0): string {
  return new Date(Date.parse(at) + afterMs).toISOString();
}

function judgedBy(weights: Weighting['weights'], { measures }: Judges) {
  return (opening: JudgedOpening) => {
    const scores = opening.fits.map((fit) => scoreOf(weights, opening, fit));
    const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
    const relevance = new Map(
      opening.fits.flatMap(({ grade }, at): [number, number][] => (grade > 0 ? [[at, grade]] : [])),
    );
    return measures(order, relevance);
  };
}

function toldBy(weights: Weighting['weights'], openings: readonly JudgedOpening[]): Told[] {
  return openings.flatMap((opening) =>
    opening.fits.map((fit) => ({
      ahead: aheadOf(scoreOf(weights, opening, fit), averageUnder(weights, opening)),
      isYes: fit.grade > 0,
      count: inverse(fit.propensity),
    })),
  );
}

function tooFew({ teach, measure }: Learned['counts']): string {
  return `There are too few openings to learn from: of those with a yes and a no, ${teach} teach and ${measure} measure, and it takes ${LEAST_OPENINGS.teach} and ${LEAST_OPENINGS.measure}. Nothing was written.`;
}

function notBetter({ mean: gained, low, high }: Interval): string {
  return `The learned weights do not beat those in force: nDCG@10 changes by ${signed(gained)}, 95 % interval ${signed(low)} to ${signed(high)}, and all of it has to be above 0. Nothing was written.`;
}

function signed(number: number): string {
  return `${number < 0 ? '\u2212' : '+'}${Math.abs(number).toFixed(4)}`;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** Every figure in millionths, so that a model is read with ease. */
function rounded<T extends object>(figures: T): T {
  return Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => [name, Math.round((figure as number) * 1e6) / 1e6]),
  ) as T;
}
