/** The pay ladder: what each rung asks for, with examples, and what it pays an hour, in US cents. Bands are ours, published, and revised openly. */
export const RUNGS = {
  COMMODITY: {
    label: 'Commodity',
    line: 'Simple rating or labelling that most careful people can do.',
    examples: ['Saying which of two everyday answers is better', 'Labelling pictures by a written guide'],
    minMinor: 1000n,
    maxMinor: 2000n,
  },
  GENERALIST: {
    label: 'Generalist',
    line: 'Writing, rating and checking that needs good judgement and language.',
    examples: ['Writing prompts and model answers', 'Checking an answer against given sources'],
    minMinor: 1800n,
    maxMinor: 4000n,
  },
  SPECIALIST: {
    label: 'Specialist',
    line: 'Work that needs a field: code, mathematics, a second language at a high level.',
    examples: [
      'Reviewing code in a language you work in',
      'Grading a proof step by step',
      'Translating at C1 or above',
    ],
    minMinor: 3500n,
    maxMinor: 9000n,
  },
  CREDENTIALED: {
    label: 'Credentialed',
    line: 'Work that only a licensed or degreed professional may judge.',
    examples: ['A physician judging clinical reasoning', 'A lawyer checking advice on a contract'],
    minMinor: 8000n,
    maxMinor: 20_000n,
  },
  RARE: {
    label: 'Rare',
    line: 'A speciality with few people in the world.',
    examples: [
      'A subspecialist on cases that few have seen',
      'A researcher writing problems that few can solve',
    ],
    minMinor: 15_000n,
    maxMinor: 40_000n,
  },
  ENVIRONMENT_DESIGN: {
    label: 'Environment design',
    line: 'Building tasks, environments and checks that models learn from.',
    examples: ['Building tasks whose checks cannot be gamed', 'Rubrics and gold answers for a whole field'],
    minMinor: 10_000n,
    maxMinor: 30_000n,
  },
} as const;

export type Rung = keyof typeof RUNGS;

/** How a band compares with the rate card. */
export interface RateAdvice {
  readonly level: 'OK' | 'BELOW_BAND' | 'ABOVE_BAND';
  readonly sentence: string;
}

/** Compares a rate band in US cents an hour with its rung's. */
export function rateAdvice(rung: Rung, rateMinMinor: bigint, rateMaxMinor: bigint): RateAdvice {
  const { minMinor, maxMinor, label } = RUNGS[rung];
  if (rateMinMinor < minMinor)
    return {
      level: 'BELOW_BAND',
      sentence: `This starts below what ${label} work pays. Expect few takers, or choose a lower rung.`,
    };
  if (rateMaxMinor > maxMinor)
    return {
      level: 'ABOVE_BAND',
      sentence: `This pays above the usual band for ${label} work. Check whether a higher rung describes it better.`,
    };
  return { level: 'OK', sentence: `This is in the usual band for ${label} work.` };
}
