import type { OpeningDocument } from '../documents';
import { PART_NAMES, type PartName, type PartWeights } from './model';

/** Shares a model's weights among the parts that an opening asks for. */
export function weightsOf(
  weights: PartWeights,
  { skills, credentials, rateMaxMinor, hoursPerWeek }: OpeningDocument,
  { isLong, isLinked }: { isLong: boolean; isLinked: boolean },
): PartWeights {
  const isAsked: Record<PartName, boolean> = {
    profile: true,
    titles: true,
    occupation: isLinked,
    evidence: isLong,
    topics: isLong,
    requiredSkills: skills.some(({ isRequired }) => isRequired),
    goodSkills: skills.some(({ isRequired }) => !isRequired),
    credentials: (credentials ?? []).length > 0,
    rate: rateMaxMinor !== undefined && rateMaxMinor > 0n,
    hours: (hoursPerWeek ?? 0) > 0,
  };
  return sharedAmong(weights, (name) => isAsked[name]);
}

/** Shares a model's weights among some parts, so that theirs sum to 1. */
export function sharedAmong(weights: PartWeights, isAsked: (name: PartName) => boolean): PartWeights {
  const whole = PART_NAMES.reduce((sum, name) => sum + (isAsked(name) ? weights[name] : 0), 0);
  return Object.fromEntries(
    PART_NAMES.map((name) => [name, isAsked(name) ? weights[name] / whole : 0]),
  ) as Record<PartName, number>;
}
