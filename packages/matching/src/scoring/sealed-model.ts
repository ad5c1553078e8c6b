import { canonicalJson, ok, refuse, type Result } from '@tallystick/domain';
import type { Weighting } from './model';
import { faultOf, isObject } from './model-faults';
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

/** A model with its hash. */
export function sealedModel(content: ModelContent, sha256: Sha256): Model {
  const { id, weights, window, metrics, calibration } = content;
  const sealed = { id, weights, window, metrics, calibration };
  return { ...sealed, hash: sha256(canonicalJson(sealed)) };
}

/** A model as it was read, wholly valid and unchanged. Refuses with MODEL_BROKEN and a sentence that names what is wrong. */
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
