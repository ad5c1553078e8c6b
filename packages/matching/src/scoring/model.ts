/** The parts that a score is made of, in the order in which they are summed. */
export const PART_NAMES = [
  'profile',
  'titles',
  'occupation',
  'evidence',
  'topics',
  'requiredSkills',
  'goodSkills',
  'credentials',
  'rate',
  'hours',
] as const;
export type PartName = (typeof PART_NAMES)[number];

/** What each part of a score counts. */
export type PartWeights = Readonly<Record<PartName, number>>;

/** What scoring takes of a model: the name that stands in every answer, and what each part counts. The weights sum to 1. */
export interface Weighting {
  readonly id: string;
  readonly weights: PartWeights;
}

/** The weights that are set by hand. Whoever changes one changes the id too: what an id means is kept for good. */
export const HAND_WEIGHTS: Weighting = {
  id: 'hand-2026-11d',
  weights: {
    profile: 0.1,
    titles: 0.15,
    occupation: 0.27,
    evidence: 0.07,
    topics: 0.13,
    requiredSkills: 0.16,
    goodSkills: 0.04,
    credentials: 0.03,
    rate: 0.03,
    hours: 0.02,
  },
};

/** Of the likeness of two titles, what whole words count and what pieces of words count. */
export const TITLE_SHARES = { words: 0.4, trigrams: 0.6 } as const;

/** Half of the full score is given at this share of the best possible text match. */
export const HALF = 0.25;

/** A part speaks for somebody from this value on, and against them below it. */
export const STRONG = 0.3;

/** What a part is, in words. */
export const PART_WORDS: Record<PartName, string> = {
  profile: 'Profile and the description of the work',
  titles: 'Titles',
  occupation: 'Occupation',
  evidence: 'Work, publications and projects',
  topics: 'Field of the work',
  requiredSkills: 'Required skills',
  goodSkills: 'Skills that are good to have',
  credentials: 'Required credentials',
  rate: 'Rate',
  hours: 'Hours',
};
