import { languageOfOpening, type OpeningDocument } from '../documents';
import { requiredKeys } from '../gates/credential-keys';
import { counted } from '../index/counted';
import { skillKey, type ExpertIndex } from '../index/expert-index';
import { addTerms, type PreparedQuery, type TermWeights } from '../index/postings';
import { LEAST_WORDS } from '../index/topics';
import type { Links, OccupationIndex } from '../taxonomy/occupation-index';
import { termsOf, trigramsOf, type LanguageCode } from '../text/tokens';
import type { PartWeights } from './model';
import { weightsOf } from './weights';

/** Weights of what an opening says, as a query. */
const ASKED = { titles: 2, skills: 1.5, description: 1 } as const;

/** What an opening asks of everybody, made ready once: a query for each of the postings, and what each part counts. */
export interface Question {
  readonly opening: OpeningDocument;
  /** The model's weights, shared among what the opening asks for, so that they sum to 1. */
  readonly weights: PartWeights;
  readonly profile: PreparedQuery;
  readonly titleWords: PreparedQuery;
  readonly titleTrigrams: PreparedQuery;
  readonly items: PreparedQuery;
  readonly requiredSkills: PreparedQuery;
  readonly goodSkills: PreparedQuery;
  readonly credentials: PreparedQuery;
  /** The field of its words; absent where they are too few to tell, or nobody's texts have one. */
  readonly field?: Float32Array;
  /** Occupations that its titles may mean. */
  readonly links: Links;
}

/** Makes an opening's question ready for an index. */
export function questionOf(
  opening: OpeningDocument,
  index: ExpertIndex,
  occupations: OccupationIndex,
  weights: PartWeights,
): Question {
  const titles = [opening.title, ...opening.titles];
  const language = languageOfOpening(opening);
  const words = wordsAsked(opening, language);
  const links = occupations.linksOf(titles);
  const { topics } = index;
  const isLong = words.size >= LEAST_WORDS;
  return {
    opening,
    weights: weightsOf(weights, opening, {
      isLong,
      isLinked: links.size > 0,
      isWorking: index.work.isKnown,
    }),
    profile: index.profiles.prepare(words),
    titleWords: index.titleWords.prepare(counted(titles.flatMap((title) => termsOf(title, language)))),
    titleTrigrams: index.titleTrigrams.prepare(
      counted(titles.flatMap((title) => trigramsOf(title, language))),
    ),
    items: index.items.prepare(words),
    requiredSkills: skillsAsked(opening, index, true),
    goodSkills: skillsAsked(opening, index, false),
    credentials: index.credentials.prepareRaw(credentialsAsked(opening)),
    ...(isLong && !topics.isEmpty && { field: topics.vectorOf(words) }),
    links,
  };
}

/** The words of an opening, each with the weight of where it stands. */
export function wordsAsked(opening: OpeningDocument, language: LanguageCode): TermWeights {
  const words = new Map<string, number>();
  addTerms(words, termsOf([opening.title, ...opening.titles].join(' '), language), ASKED.titles);
  addTerms(
    words,
    opening.skills.flatMap(({ label }) => termsOf(label, language)),
    ASKED.skills,
  );
  addTerms(words, termsOf(opening.description, language), ASKED.description);
  return words;
}

/** Of the skills that are wanted, a rare one counts more than a common one. */
function skillsAsked({ skills }: OpeningDocument, index: ExpertIndex, isRequired: boolean): PreparedQuery {
  const wanted = skills.filter((skill) => skill.isRequired === isRequired);
  return index.skills.prepare(new Map(wanted.map(({ label }) => [skillKey(label), 1])));
}

/** The required credentials, where they must hold, in equal shares. Others say nothing about the work. */
function credentialsAsked({ credentials = [] }: OpeningDocument): TermWeights {
  const each = 1 / Math.max(1, credentials.length);
  const query = new Map<string, number>();
  for (const required of credentials) addTerms(query, requiredKeys(required), each);
  return query;
}
