/** What an expert may volunteer of their sex, with its words. The categories of New York City's rules on Local Law 144 (6 RCNY 5-301). */
export const SEXES = { FEMALE: 'Female', MALE: 'Male', OTHER: 'Another' } as const;
export type Sex = keyof typeof SEXES;

/** What an expert may volunteer of their ethnicity, with its words: the categories of the EEO-1 report. */
export const ETHNICITIES = {
  HISPANIC: 'Hispanic or Latino',
  WHITE: 'White',
  BLACK: 'Black or African American',
  PACIFIC: 'Native Hawaiian or Pacific Islander',
  ASIAN: 'Asian',
  NATIVE: 'Native American or Alaska Native',
  SEVERAL: 'Two or more races',
} as const;
export type Ethnicity = keyof typeof ETHNICITIES;

/** A group of fewer is never told, so that no count speaks of a person. The database applies the same number. */
export const LEAST_IN_GROUP = 10;

/** Counts of who gave one answer to a question, or of who gave two answers to both. */
export interface AnsweredGroup {
  /** SEX, ETHNICITY or BOTH. */
  readonly question: string;
  /** Code of the answer; sex and ethnicity with a slash between for BOTH. */
  readonly answer: string;
  readonly experts: number;
  readonly shown: number;
}

/**
 * The groups that may be told: answers to both questions are left out where, by taking them away from all who gave one of the two
 * answers, a group remained that is too small to be told.
 */
export function tellable<T extends AnsweredGroup>(groups: readonly T[]): T[] {
  const single = groups.filter(({ question }) => question !== 'BOTH');
  let both = groups.filter(({ question }) => question === 'BOTH');
  const partsOf = (whole: T) =>
    both.filter(({ answer }) => answer.split('/')[whole.question === 'SEX' ? 0 : 1] === whole.answer);
  for (;;) {
    const telling = single.find((whole) => leavesFew(whole, partsOf(whole)));
    if (!telling) return [...single, ...both];
    const parts = partsOf(telling);
    both = both.filter((each) => !parts.includes(each));
  }
}

function leavesFew(whole: AnsweredGroup, parts: readonly AnsweredGroup[]): boolean {
  return (
    parts.length > 0 &&
    (['experts', 'shown'] as const).some((name) => {
      const left = parts.reduce((rest, each) => rest - each[name], whole[name]);
      return left > 0 && left < LEAST_IN_GROUP;
    })
  );
}

/** Below this share of the most favoured group's rate a group is treated worse: four fifths (29 CFR 1607.4 D). */
export const FOUR_FIFTHS = 0.8;

/** How many of a group something happened to. */
export interface GroupCount {
  readonly group: string;
  readonly people: number;
  readonly selected: number;
}

/** How a group fares against the one that fares best. */
export interface ImpactRatio extends GroupCount {
  /** Selected by people, 0 to 1. */
  readonly rate: number;
  /** The rate by the highest rate of a group, 0 to 1; null where nothing happened to anybody, or there is no second group. */
  readonly ratio: number | null;
  readonly isBelowFourFifths: boolean;
  /** Whether so large a difference from the best group comes by chance less often than once in twenty (two-sided). */
  readonly isSignificant: boolean;
}

/** The impact ratio of each group: its selection rate by that of the most selected group (6 RCNY 5-300). Groups of nobody are left out. */
export function impactRatios(counts: readonly GroupCount[]): ImpactRatio[] {
  const rated = counts
    .filter(({ people }) => people > 0)
    .map((count) => ({ ...count, rate: count.selected / count.people }));
  const best = rated.reduce<(typeof rated)[number] | undefined>(
    (most, each) => (most === undefined || each.rate > most.rate ? each : most),
    undefined,
  );
  return rated.map((each) => {
    const ratio = best && best.rate > 0 && rated.length > 1 ? each.rate / best.rate : null;
    return {
      ...each,
      ratio,
      isBelowFourFifths: ratio !== null && ratio < FOUR_FIFTHS,
      isSignificant: best !== undefined && differs(each, best),
    };
  });
}

/** The test of two proportions with a pooled variance, at 1.96 standard errors. */
function differs(a: GroupCount, b: GroupCount): boolean {
  const pooled = (a.selected + b.selected) / (a.people + b.people);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.people + 1 / b.people));
  return error > 0 && Math.abs(a.selected / a.people - b.selected / b.people) / error > 1.96;
}
