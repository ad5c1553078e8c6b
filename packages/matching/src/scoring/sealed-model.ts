import { canonicalJson, ok, refuse, type Result } from '@tallystick/domain';
import { PART_NAMES, type Weighting } from './model';
import type { Calibration } from './pair-score';

/** How good an order is, over openings, 0 to 1. */
export interface RankMetrics {
  readonly map: number;
  readonly ndcg10: number;
}

/** What was measured on openings that nothing was learned from. */
export interface ModelMetrics {
  readonly openings: number;
  readonly outcomes: number;
  /** The model that these weights had to beat, on the same openings. */
  readonly before: RankMetrics & { readonly modelId: string };
  readonly after: RankMetrics;
  /** nDCG@10 gained over the model before: mean and 95 % interval of a paired bootstrap. */
  readonly gain: { readonly mean: number; readonly low: number; readonly high: number };
  /** Mean squared error of the calibrated score, and how far it is off on average within ten bins. */
  readonly brier: number;
  readonly ece: number;
}

/** All that a model is, but for its hash. What was set by hand has no window, metrics or calibration. */
export interface ModelContent extends Weighting {
  /** Instants, ISO: outcomes from (inclusive) to (exclusive) were read; from heldOutFrom on they only measured. */
  readonly window: { readonly from: string; readonly to: string; readonly heldOutFrom: string } | null;
  readonly metrics: ModelMetrics | null;
  readonly calibration: Calibration | null;
}

/** A model as it is kept and carried: one JSON. */
export interface Model extends ModelContent {
  /** SHA-256 of the canonical JSON of everything else, in hex. */
  readonly hash: string;
}

/** SHA-256 of a text in UTF-8, in hex. Given by whoever calls. */
type Sha256 = (text: string) => string;

const ID = /^[a-z0-9][a-z0-9.-]{2,63}$/;
/** Weights are written with rounding; further off than this they do not sum to 1. */
const NEAR = 1e-9;

/** A model with its hash. */
export function sealedModel(content: ModelContent, sha256: Sha256): Model {
  const { id, weights, window, metrics, calibration } = content;
  const sealed = { id, weights, window, metrics, calibration };
  return { ...sealed, hash: sha256(canonicalJson(sealed)) };
}

/** A model as it was read, whole and unchanged. Refuses with MODEL_BROKEN. */
export function checkedModel(read: unknown, sha256: Sha256): Result<Model> {
  if (!isObject(read)) return broken('It is no JSON object.');
  const { hash, ...rest } = read;
  const fault = faultOf(rest);
  if (fault) return broken(fault);
  if (typeof hash !== 'string' || sha256(canonicalJson(rest)) !== hash)
    return broken('Its hash does not fit what is in it, so something in it was changed after it was made.');
  return ok(read as unknown as Model);
}

function broken(what: string): Result<never> {
  return refuse('MODEL_BROKEN', `This model cannot be used. ${what}`, { field: 'model' });
}

/** What is wrong with the content of a model; undefined where nothing is. */
function faultOf({ id, weights, window, metrics, calibration, ...more }: Record<string, unknown>) {
  if (Object.keys(more).length > 0) return `It has what models do not have: ${Object.keys(more).join(', ')}.`;
  if (typeof id !== 'string' || !ID.test(id))
    return 'Its id is not 3 to 64 small letters, digits, dots and hyphens.';
  if (!isObject(weights)) return 'It has no weights.';
  const names = Object.keys(weights).sort();
  if (canonicalJson(names) !== canonicalJson([...PART_NAMES].sort()))
    return 'It weighs other parts than this release scores.';
  const values = Object.values(weights);
  if (!values.every((value) => isNumber(value) && value > 0)) return 'A weight is not a number above 0.';
  if (Math.abs((values as number[]).reduce((sum, value) => sum + value, 0) - 1) > NEAR)
    return 'Its weights do not sum to 1.';
  const isLearned = [window, metrics, calibration].every(isObject);
  const isByHand = [window, metrics, calibration].every((each) => each === null);
  return isLearned || isByHand ? undefined : 'Of window, metrics and calibration it has some and not all.';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
