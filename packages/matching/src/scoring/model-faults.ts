import { PART_NAMES } from './model';
import { chanceOf } from './pair-score';

const ID = /^[a-z0-9][a-z0-9.-]{2,63}$/;
/** Weights are written with rounding; further off than this they do not sum to 1. */
const NEAR = 1e-9;
/** Steeper than this, chances jump from none to all, and the sums that order pairs leave what numbers can hold. */
const STEEPEST = 1000;
/** The instants of a window, in their order. */
const INSTANTS = ['from', 'heldOutFrom', 'to'] as const;
const COUNT = [1, Number.MAX_SAFE_INTEGER] as const;
const SHARE = [0, 1] as const;
const CHANGE = [-1, 1] as const;
/** The figures of metrics, with the least and the most that each can be. */
const FIGURES: Readonly<Record<string, readonly [number, number]>> = {
  openings: COUNT,
  outcomes: COUNT,
  'before.map': SHARE,
  'before.ndcg10': SHARE,
  'after.map': SHARE,
  'after.ndcg10': SHARE,
  'gain.mean': CHANGE,
  'gain.low': CHANGE,
  'gain.high': CHANGE,
  brier: SHARE,
  ece: SHARE,
};

type Fields = Record<string, unknown>;
type Fault = string | undefined;

/** What is wrong with the content of a model, in a sentence; undefined where it is wholly valid. */
export function faultOf({ id, weights, window, metrics, calibration, ...more }: Fields): Fault {
  if (Object.keys(more).length > 0) return `It has what models do not have: ${Object.keys(more).join(', ')}.`;
  if (typeof id !== 'string' || !ID.test(id))
    return 'Its id is not 3 to 64 small letters, digits, dots and hyphens.';
  return faultOfWeights(weights) ?? faultOfLearning({ window, metrics, calibration });
}

/** True for what has fields: no list, and not null. */
export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function faultOfWeights(weights: unknown): Fault {
  if (!isObject(weights)) return 'It has no weights.';
  if (namesFault('', weights, PART_NAMES) !== undefined)
    return 'It weighs other parts than this release scores.';
  const values = Object.entries(weights);
  const off = values.find(([, value]) => !(isNumber(value) && value > 0 && value < 1));
  if (off) return `Its weight of ${off[0]} is not a number above 0 and below 1.`;
  if (Math.abs(values.reduce((sum, [, value]) => sum + (value as number), 0) - 1) > NEAR)
    return 'Its weights do not sum to 1.';
  return undefined;
}

/** What was learned has all three; what was set by hand has none. */
function faultOfLearning({ window, metrics, calibration }: Fields): Fault {
  const all = [window, metrics, calibration];
  if (all.every((each) => each === null)) return undefined;
  if (!isObject(window) || !isObject(metrics) || !isObject(calibration))
    return 'Of window, metrics and calibration it has some and not all.';
  return faultOfWindow(window) ?? faultOfMetrics(metrics) ?? faultOfCalibration(calibration);
}

function faultOfWindow(window: Fields): Fault {
  const other = namesFault('Its window', window, INSTANTS);
  if (other) return other;
  const off = INSTANTS.find((name) => !isInstant(window[name]));
  if (off) return `Its window says ${off}, and that is no instant as in 2026-12-01T00:00:00.000Z.`;
  const [from, heldOutFrom, to] = INSTANTS.map((name) => Date.parse(window[name] as string)) as [
    number,
    number,
    number,
  ];
  return from <= heldOutFrom && heldOutFrom < to
    ? undefined
    : 'Its window is not in order: it begins, then what only measures begins, then it ends.';
}

function faultOfMetrics(metrics: Fields): Fault {
  const figures = flattened(metrics);
  const other = namesFault('Its metrics', figures, [...Object.keys(FIGURES), 'before.modelId']);
  if (other) return other;
  if (typeof figures['before.modelId'] !== 'string' || !ID.test(figures['before.modelId']))
    return 'Its metrics say before.modelId, and that is no id of a model.';
  for (const [name, [least, most]] of Object.entries(FIGURES)) {
    const figure = figures[name];
    const isIn = isNumber(figure) && figure >= least && figure <= most;
    if (FIGURES[name] === COUNT && !(isIn && Number.isInteger(figure)))
      return `Its metrics say ${name}, and that is no whole number above 0.`;
    if (!isIn) return `Its metrics say ${name}, and that is no number from ${least} to ${most}.`;
  }
  const [low, mean, high] = ['low', 'mean', 'high'].map((name) => figures[`gain.${name}`] as number) as [
    number,
    number,
    number,
  ];
  return low <= mean && mean <= high ? undefined : 'The gain in its metrics does not lie in its interval.';
}

function faultOfCalibration(calibration: Fields): Fault {
  const other = namesFault('Its calibration', calibration, ['slope', 'offset']);
  if (other) return other;
  const { slope, offset } = calibration;
  if (!isNumber(slope) || slope <= 0 || slope > STEEPEST)
    return `The slope of its calibration is not a number above 0 and up to ${STEEPEST}: who fits better would not come first.`;
  if (!isNumber(offset)) return 'The offset of its calibration is no number.';
  return chanceOf(1, { slope, offset }) > chanceOf(0, { slope, offset })
    ? undefined
    : 'Its calibration gives everybody the same chance, so nobody would come first.';
}

/** Which of the wanted fields is missing, or which there is beside them. */
function namesFault(what: string, given: Fields, wanted: readonly string[]): Fault {
  const missing = wanted.find((name) => !Object.hasOwn(given, name));
  if (missing !== undefined) return `${what}: ${missing} is missing.`;
  const more = Object.keys(given).filter((name) => !wanted.includes(name));
  return more.length > 0 ? `${what}: models do not have ${more.join(', ')} there.` : undefined;
}

/** Fields within fields by their way: `gain.low`. */
function flattened(fields: Fields, way = ''): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      isObject(value) && Object.keys(value).length > 0
        ? Object.entries(flattened(value, `${way}${name}.`))
        : [[way + name, value]],
    ),
  );
}

/** An instant as JSON has it, in UTC. */
function isInstant(value: unknown): boolean {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString() === value;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
