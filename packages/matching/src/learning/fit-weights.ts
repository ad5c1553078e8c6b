import { PART_NAMES, type PartWeights } from '../scoring/model';
import { sharedAmong } from '../scoring/weights';
import type { JudgedFit, JudgedOpening } from './outcomes';

const SIZE = PART_NAMES.length;
/** Of one opening so many pairs are read at most, spread evenly. */
const MOST_PAIRS = 400;
/** What was shown rarely counts for what was not, up to this much: beyond it one lucky row would decide. */
const MOST_INVERSE = 10;
/** How much the weights in force weigh against the outcomes: as much as about twenty openings say. */
const PULL = 1;
/** Every part counts at least this much, so that what an opening asks for can be told from what it does not. */
const LEAST = 0.005;
/** Chances are taken to rise this steeply with the score at least, and at most. */
const STEEPNESS: readonly [number, number] = [10, 200];
const STEPS = 50;
const HALVINGS = 30;
/** A step that moves no weight further than this ends the search. */
const STILL = 1e-8;

/** Pairs of one opening: by how much the better fit is ahead in each part, and what the pair counts. */
interface Pairs {
  readonly ahead: Float64Array;
  readonly counts: Float64Array;
}

/**
 * Weights under which what turned out better comes first: logistic regression on pairs within one opening, no weight below 0,
 * pulled towards the weights in force. The same outcomes give the same weights, which sum to 1.
 */
export function fitWeights(openings: readonly JudgedOpening[], inForce: PartWeights): PartWeights {
  const pairs = pairsOf(openings);
  const before = Float64Array.from(PART_NAMES, (name) => inForce[name]);
  const pull = before.map((weight) => weight * steepness(pairs, before));
  let found: Float64Array = pull;
  for (let step = 0; step < STEPS; step++) {
    const next = newton(pairs, found, pull);
    if (!next) break;
    found = next;
  }
  return rounded(found);
}

/** The score of a fit under some weights, as scoring would give it. */
export function scoreOf(
  weights: PartWeights,
  { asked }: Pick<JudgedOpening, 'asked'>,
  { values }: Pick<JudgedFit, 'values'>,
): number {
  const shared = sharedAmong(weights, (name) => asked[PART_NAMES.indexOf(name)] === true);
  return PART_NAMES.reduce((sum, name, k) => sum + shared[name] * (values[k] as number), 0);
}

/** What that score is on average over everybody, for an opening. */
export function averageUnder(weights: PartWeights, { asked, averages }: JudgedOpening): number {
  return scoreOf(weights, { asked }, { values: averages });
}

/** What a row counts for those that were not shown. */
export function inverse(propensity: number): number {
  return Math.min(MOST_INVERSE, 1 / propensity);
}

function pairsOf(openings: readonly JudgedOpening[]): Pairs {
  const ahead: number[] = [];
  const counts: number[] = [];
  for (const { fits } of openings) {
    const all = fits.flatMap((better) =>
      fits.filter(({ grade }) => grade < better.grade).map((worse) => ({ better, worse })),
    );
    const every = Math.max(1, Math.ceil(all.length / MOST_PAIRS));
    const read = all.filter((_, at) => at % every === 0);
    for (const { better, worse } of read) {
      for (let k = 0; k < SIZE; k++) ahead.push((better.values[k] as number) - (worse.values[k] as number));
      // Every opening says as much as another, however many it was shown.
      counts.push(
        (inverse(better.propensity * worse.propensity) * (better.grade - worse.grade)) / read.length,
      );
    }
  }
  return { ahead: Float64Array.from(ahead), counts: Float64Array.from(counts) };
}

/** How much steeper than the weights in force the outcomes are: the factor under which they are most probable. */
function steepness({ ahead, counts }: Pairs, weights: Float64Array): number {
  const margins = counts.map((_, at) => dot(ahead, at * SIZE, weights));
  let [low, high] = STEEPNESS;
  for (let half = 0; half < HALVINGS; half++) {
    const factor = (low + high) / 2;
    let slope = 0;
    for (let at = 0; at < counts.length; at++) {
      const margin = margins[at] as number;
      slope -= ((counts[at] as number) * margin) / (1 + Math.exp(factor * margin));
    }
    if (slope < 0) low = factor;
    else high = factor;
  }
  return (low + high) / 2;
}

function loss({ ahead, counts }: Pairs, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < counts.length; at++)
    sum += (counts[at] as number) * softplus(-dot(ahead, at * SIZE, weights));
  return sum;
}

/** One step of Newton's method with no weight below 0, halved until it leads down; undefined where none does. */
function newton(pairs: Pairs, from: Float64Array, pull: Float64Array): Float64Array | undefined {
  const { slope, bend } = derivatives(pairs, from, pull);
  const step = boundedStep(slope, bend, from);
  if (Math.max(...step.map(Math.abs)) < STILL) return undefined;
  const valueAt = (weights: Float64Array) =>
    loss(pairs, weights) +
    (PULL / 2) * weights.reduce((sum, each, k) => sum + (each - (pull[k] as number)) ** 2, 0);
  const before = valueAt(from);
  for (let share = 1; share > 1e-3; share /= 2) {
    const next = from.map((each, k) => Math.max(0, each + share * (step[k] as number)));
    if (valueAt(next) < before) return next;
  }
  return undefined;
}

function derivatives({ ahead, counts }: Pairs, weights: Float64Array, pull: Float64Array) {
  const slope = weights.map((each, k) => PULL * (each - (pull[k] as number)));
  const bend = new Float64Array(SIZE * SIZE);
  for (let k = 0; k < SIZE; k++) bend[k * SIZE + k] = PULL;
  for (let at = 0; at < counts.length; at++) {
    const start = at * SIZE;
    const wrong = 1 / (1 + Math.exp(dot(ahead, start, weights)));
    const count = counts[at] as number;
    const curve = count * wrong * (1 - wrong);
    for (let k = 0; k < SIZE; k++) {
      const own = ahead[start + k] as number;
      slope[k] = (slope[k] as number) - count * wrong * own;
      for (let l = 0; l < SIZE; l++)
        bend[k * SIZE + l] = (bend[k * SIZE + l] as number) + curve * own * (ahead[start + l] as number);
    }
  }
  return { slope, bend };
}

/** The step to the lowest point of a parabola that leaves no weight below 0, part by part until it holds still. */
function boundedStep(slope: Float64Array, bend: Float64Array, from: Float64Array): Float64Array {
  const step = new Float64Array(SIZE);
  for (let round = 0; round < 500; round++)
    for (let k = 0; k < SIZE; k++) {
      const own = bend[k * SIZE + k] as number;
      const rest = (slope[k] as number) + dot(bend, k * SIZE, step) - own * (step[k] as number);
      step[k] = Math.max(-(from[k] as number), -rest / own);
    }
  return step;
}

/** Weights that sum to 1, none below the least, in millionths. */
function rounded(found: Float64Array): PartWeights {
  const whole = found.reduce((sum, each) => sum + each, 0);
  const millionths = Array.from(found, (each) =>
    Math.round(1e6 * (LEAST + (1 - SIZE * LEAST) * (each / whole))),
  );
  const largest = millionths.indexOf(Math.max(...millionths));
  const missing = 1e6 - millionths.reduce((sum, each) => sum + each, 0);
  return Object.fromEntries(
    PART_NAMES.map((name, k) => [name, ((millionths[k] as number) + (k === largest ? missing : 0)) / 1e6]),
  ) as PartWeights;
}

function dot(left: Float64Array, start: number, right: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < SIZE; k++) sum += (left[start + k] as number) * (right[k] as number);
  return sum;
}

function softplus(x: number): number {
  return x > 30 ? x : Math.log1p(Math.exp(x));
}
