/** The weights in force. They are set by hand, sum to 1, and are named in every answer. */
export const MODEL = {
  id: 'hand-2026-11b',
  weights: {
    profile: 0.22,
    titles: 0.2,
    evidence: 0.18,
    requiredSkills: 0.24,
    goodSkills: 0.06,
    credentials: 0.05,
    rate: 0.03,
    hours: 0.02,
  },
} as const;

export type PartName = keyof typeof MODEL.weights;

/** Half of the full score is given at this share of the best possible text match. */
export const HALF = 0.25;

/** A part speaks for somebody from this value on, and against them below it. */
export const STRONG = 0.3;

/** What a part is, in words. */
export const PART_WORDS: Record<PartName, string> = {
  profile: 'Profile and the description of the work',
  titles: 'Titles',
  evidence: 'Work, publications and projects',
  requiredSkills: 'Required skills',
  goodSkills: 'Skills that are good to have',
  credentials: 'Required credentials',
  rate: 'Rate',
  hours: 'Hours',
};
