import type { Calibration } from './pair-score';

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
  'freeHours',
  'overlap',
  'languages',
  'validity',
  'quality',
  'timeliness',
] as const;
export type PartName = (typeof PART_NAMES)[number];

/** What each part of a score counts. */
export type PartWeights = Readonly<Record<PartName, number>>;

/** What scoring takes of a model: the name that stands in every answer, and what each part counts. The weights sum to 1. */
export interface Weighting {
  readonly id: string;
  readonly weights: PartWeights;
  /** From a fit to a chance; absent or null where it is the one that is set by hand. */
  readonly calibration?: Calibration | null;
}

/** The weights that are set by hand. Whoever changes one changes the id too: what an id means is kept for good. */
export const HAND_WEIGHTS: Weighting = {
  id: 'hand-2026-11e',
  weights: {
    profile: 0.08,
    titles: 0.12,
    occupation: 0.216,
    evidence: 0.056,
    topics: 0.104,
    requiredSkills: 0.128,
    goodSkills: 0.032,
    credentials: 0.024,
    rate: 0.024,
    hours: 0.016,
    freeHours: 0.03,
    overlap: 0.03,
    languages: 0.03,
    validity: 0.02,
    quality: 0.06,
    timeliness: 0.03,
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
  freeHours: 'Hours that are free beside other work',
  overlap: 'Hours at work at the same time',
  languages: 'Languages beyond what is asked',
  validity: 'How long credentials hold',
  quality: 'Weeks of work that were approved as logged',
  timeliness: 'Weeks handed in in time',
};
