export const LEVELS = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type Level = (typeof LEVELS)[number];

/** The three axes of a project. */
export interface Axes {
  /** How rare the people are who can do it. */
  readonly scarcity: Level;
  /** How sensitive the data is. */
  readonly sensitivity: Level;
  /** How closely the lab must steer. */
  readonly control: Level;
}

export const CHANNELS = {
  SELF_SERVE_CROWD: 'Self-serve crowd',
  MARKETPLACE: 'Marketplace',
  MANAGED_NDA: 'Managed, under NDA',
  DIRECT_SOURCING: 'Direct sourcing',
  IN_HOUSE: 'In-house',
} as const;
export type Channel = keyof typeof CHANNELS;

/** The channel that the axes point to, and why. The same axes give the same answer; sensitive data never goes to a crowd. */
export function recommendChannel({ scarcity, sensitivity, control }: Axes): {
  channel: Channel;
  reasons: string[];
} {
  if (sensitivity === 'HIGH' && control === 'HIGH') {
    return {
      channel: 'IN_HOUSE',
      reasons: ['The data is too sensitive to leave your systems.', 'You want to steer every step.'],
    };
  }
  if (sensitivity === 'HIGH')
    return {
      channel: 'MANAGED_NDA',
      reasons: ['The data is sensitive: few named people, bound by a signed agreement.'],
    };
  if (scarcity === 'HIGH' && control !== 'LOW') {
    return {
      channel: 'DIRECT_SOURCING',
      reasons: [
        'Few people in the world can do this; they are found one by one.',
        'You want to choose and brief them yourself.',
      ],
    };
  }
  if (scarcity === 'LOW' && sensitivity === 'LOW' && control === 'LOW') {
    return {
      channel: 'SELF_SERVE_CROWD',
      reasons: ['Many people can do this, nothing in it is sensitive, and it needs little steering.'],
    };
  }
  return {
    channel: 'MARKETPLACE',
    reasons: [
      'Verified people with the right field do this best, and you see the price of each hour before you commit.',
    ],
  };
}

/** What kinds of work there are. */
export const TASK_FAMILIES = {
  RATING: 'Rating and comparing answers',
  WRITING: 'Writing prompts and answers',
  REASONING: 'Step-by-step reasoning review',
  CODE: 'Code writing and review',
  SAFETY: 'Safety and red-teaming',
  TRANSLATION: 'Translation and localisation',
  RUBRIC: 'Rubrics and gold answers',
  ENVIRONMENT: 'Tasks and environments',
} as const;
export type TaskFamily = keyof typeof TASK_FAMILIES;
