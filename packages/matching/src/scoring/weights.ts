import type { OpeningDocument } from '../documents';
import { PART_NAMES, type PartName, type PartWeights } from './model';

/**
 * Shares a model's weights among the parts that an opening asks for.
 * @param isWorking whether anything is known of how experts work: before that it says nothing of anybody
 */
export function weightsOf(
  weights: PartWeights,
  { skills, credentials, rateMaxMinor, hoursPerWeek, overlap, languages, lastDay }: OpeningDocument,
  { isLong, isLinked, isWorking }: { isLong: boolean; isLinked: boolean; isWorking: boolean },
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
    freeHours: isWorking && (hoursPerWeek ?? 0) > 0,
    overlap: (overlap?.leastHours ?? 0) > 0,
    languages: (languages ?? []).length > 0,
    validity: (credentials ?? []).length > 0 && lastDay !== undefined,
    quality: isWorking,
    timeliness: isWorking,
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
