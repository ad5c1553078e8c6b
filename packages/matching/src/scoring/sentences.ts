import type { ExpertDocument, OpeningDocument } from '../documents';
import type { PartName } from './model';

/** What a part says where it is strong, and where it is weak; nothing where there is nothing true to say. */
export interface PartSentences {
  for?(about: About): string | undefined;
  against?(about: About): string | undefined;
}

/** Skills of an opening that an expert lists. */
export interface HeldSkills {
  readonly required: readonly string[];
  readonly good: readonly string[];
}

const MOST_NAMED = 4;
/** From this share on, weeks passed as a rule. */
const GOOD = 0.9;

/** What sentences are about. */
export interface About {
  readonly expert: ExpertDocument | undefined;
  readonly opening: OpeningDocument;
  readonly held: HeldSkills;
  /** Whether headline or titles share a word with the title of the opening. */
  readonly sharesTitle: (expert: ExpertDocument) => boolean;
}

/** What each part says of an expert and an opening, in words that the lab and the expert both can read. */
export const SENTENCES: Readonly<Record<PartName, PartSentences>> = {
  profile: {
    for: () => 'The profile is close to what the work is about.',
    against: () => 'The profile says little about this work.',
  },
  titles: {
    for: () => 'The headline and titles are close to this work.',
    against: ({ expert, sharesTitle }) =>
      expert && sharesTitle(expert)
        ? undefined
        : 'The headline and titles share no word with the title of this work.',
  },
  occupation: { for: () => 'The occupation is the one that is wanted, or close to it.' },
  topics: { for: () => 'The profile and the listed work are of the same field.' },
  evidence: {
    for: () => 'Work, publications or projects are close to this work.',
    against: ({ expert }) =>
      expert?.evidence.length
        ? 'Few of the listed works, publications and projects are close to this work.'
        : 'No work, publication or project is listed.',
  },
  requiredSkills: { for: ({ held }) => listed('Has', held.required) },
  goodSkills: { for: ({ held }) => listed('Also has, good to have:', held.good) },
  // A credential that is asked for speaks by its gate, with its last day; any other says nothing about the work.
  credentials: {},
  rate: {
    for: ({ expert, opening }) =>
      isInsideBand(expert, opening) ? 'The rate is inside the band.' : undefined,
  },
  hours: {
    for: ({ expert, opening }) =>
      coversHours(expert, opening) ? 'The hours cover what is wanted.' : undefined,
  },
  freeHours: {
    against: ({ expert }) =>
      expert?.engagedHours
        ? `Other work here may take ${expert.engagedHours} hours a week of those that are offered.`
        : undefined,
  },
  // What is shared, spoken and proven speaks by its gate.
  overlap: {},
  languages: {},
  validity: {},
  quality: {
    for: ({ expert }) =>
      isGood(expert, expert?.quality) ? 'Nearly all weeks of work here were approved as logged.' : undefined,
  },
  timeliness: {
    for: ({ expert }) =>
      isGood(expert, expert?.timeliness) ? 'Weeks of work here were handed in in time.' : undefined,
  },
};

/** Said of who has worked here for a while. What other labs thought less of is told to nobody. */
function isGood(expert: ExpertDocument | undefined, share: number | undefined): boolean {
  return expert?.isNewcomer === false && (share ?? 0) >= GOOD;
}

function listed(start: string, labels: readonly string[]): string | undefined {
  return labels.length === 0 ? undefined : `${start} ${labels.slice(0, MOST_NAMED).join(', ')}.`;
}

function isInsideBand(
  expert: ExpertDocument | undefined,
  { currency, rateMaxMinor }: OpeningDocument,
): boolean {
  return (
    expert?.minimumRateMinor !== undefined &&
    rateMaxMinor !== undefined &&
    expert.rateCurrency === currency &&
    expert.minimumRateMinor <= rateMaxMinor
  );
}

function coversHours(expert: ExpertDocument | undefined, { hoursPerWeek }: OpeningDocument): boolean {
  return (
    expert?.hoursPerWeek !== undefined && hoursPerWeek !== undefined && expert.hoursPerWeek >= hoursPerWeek
  );
}
