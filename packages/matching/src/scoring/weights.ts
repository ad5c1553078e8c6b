import type { OpeningDocument } from '../documents';
import { MODEL, PART_NAMES, type PartName } from './model';

/** What each part of a score counts. */
export type PartWeights = Readonly<Record<PartName, number>>;

/** Shares the model's weights among the parts that an opening asks for. */
export function weightsOf(
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
  const whole = PART_NAMES.reduce((sum, name) => sum + (isAsked[name] ? MODEL.weights[name] : 0), 0);
  return Object.fromEntries(
    PART_NAMES.map((name) => [name, isAsked[name] ? MODEL.weights[name] / whole : 0]),
  ) as Record<PartName, number>;
}
