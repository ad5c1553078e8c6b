import { languageOfExpert, languageOfOpening, type ExpertDocument, type OpeningDocument } from '../documents';
import { counted } from '../index/counted';
import type { Counts } from '../index/counts';
import { itemTerms, profileTerms, skillKey, titlesOf } from '../index/expert-index';
import { tenthsOf } from '../index/open-block';
import { idfOf, isCommon, saturated, type TermWeights } from '../index/postings';
import { LEAST_WORDS } from '../index/topics';
import { PART_NAMES, TITLE_SHARES, type PartName, type PartWeights } from '../scoring/model';
import { averageOf, HAND_CALIBRATION, type Averages } from '../scoring/pair-score';
import { wordsAsked } from '../scoring/question';
import { weightsOf } from '../scoring/weights';
import { termsOf, trigramsOf } from '../text/tokens';
import type { ShardSettings } from './layer';

/** How words are read into lexemes; another number where that changes, so that those of before are made anew. */
export const LEXEMES_VERSION = 3;
/** A lexeme and one number of 14 bits is what a full-text index holds: of a word how much it weighs, in tenths, behind the item in which it stands. */
export const ITEM_STEP = 256;
const MOST_ITEMS = 63;
const WHOLE = 255;
const LONGEST = 200;

/** An expert as words to be found by, each with its kind before it: p profile, t title, g three letters of a title, e evidence, s skill, o occupation. */
export interface SearchText {
  /** Of each lexeme its numbers, ascending. */
  readonly lexemes: ReadonlyMap<string, readonly number[]>;
  /** How long the texts are, by kind, as they are measured against the average. */
  readonly lengths: { readonly p: number; readonly t: number; readonly g: number };
  readonly itemLengths: readonly number[];
}

/** What an expert is found by: the words that the index in memory counts, weighed as it weighs them. */
export function searchTextOf(expert: ExpertDocument, occupations: ShardSettings['occupations']): SearchText {
  const language = languageOfExpert(expert);
  const titles = titlesOf(expert);
  const lexemes = new Map<string, number[]>();
  const add = (kind: string, terms: TermWeights, item = 0) => {
    for (const [term, weight] of terms) {
      const tenths = tenthsOf(weight);
      const lexeme = `${kind}:${term}`;
      if (tenths === 0 || term === '' || lexeme.length > LONGEST) continue;
      lexemes.set(lexeme, [...(lexemes.get(lexeme) ?? []), item * ITEM_STEP + tenths]);
    }
    return lengthOf(terms);
  };
  const lengths = {
    p: add('p', profileTerms(expert, language)),
    t: add('t', counted(titles.flatMap((title) => termsOf(title, language)))),
    g: add('g', counted(titles.flatMap((title) => trigramsOf(title, language)))),
  };
  const itemLengths = expert.evidence
    .slice(0, MOST_ITEMS)
    .map((each, item) => add('e', counted(itemTerms(each, language)), item));
  add('s', new Map(expert.skills.map((skill) => [skillKey(skill), 1])));
  for (const [place, weight] of occupations.linksOf(titles))
    if (weight > 0) lexemes.set(`o:${place}`, [Math.max(1, Math.round(weight * WHOLE))]);
  return { lexemes, lengths, itemLengths };
}

function lengthOf(terms: TermWeights): number {
  return [...terms.values()].reduce((sum, weight) => sum + weight, 0);
}

/** A lexeme that an opening asks for. */
export interface AskedLexeme {
  readonly lexeme: string;
  /** Of which part of the score it is. */
  readonly part: PartName;
  /** What it is worth at its full impact. */
  readonly worth: number;
  /** How long such texts are on average; 0 where a lexeme counts whole. */
  readonly average: number;
}

/** What an opening asks of a full-text index. */
export interface AskedText {
  readonly lexemes: readonly AskedLexeme[];
  readonly weights: PartWeights;
  /** What those parts that can be told by a full-text index come to on average. */
  readonly average: number;
  readonly slope: number;
  readonly offset: number;
}

/** The parts of a score that a full-text index tells. */
const TOLD: readonly PartName[] = [
  ...(['profile', 'titles', 'occupation', 'evidence', 'requiredSkills', 'goodSkills'] as const),
  ...(['rate', 'hours', 'freeHours', 'quality', 'timeliness'] as const),
];

/**
 * What an opening asks, word by word, with the very worth that each has in the index in memory.
 * @param averages of each part over everybody; none where they are not known yet
 * @param isWorking whether anything is known of how experts work
 */
export function askedTextOf(
  opening: OpeningDocument,
  { occupations, statistics, model }: ShardSettings,
  { averages, isWorking }: { averages?: Averages; isWorking: boolean },
): AskedText {
  const language = languageOfOpening(opening);
  const titles = [opening.title, ...opening.titles];
  const words = wordsAsked(opening, language);
  const links = occupations.linksOf(titles);
  const { profiles, titleWords, titleTrigrams, skills, items } = statistics.counts;
  const isLong = words.size >= LEAST_WORDS;
  const weights = weightsOf(model.weights, opening, { isLong, isLinked: links.size > 0, isWorking });
  const labels = (isRequired: boolean): TermWeights =>
    new Map(
      opening.skills
        .filter((skill) => skill.isRequired === isRequired)
        .map(({ label }) => [skillKey(label), 1]),
    );
  const { slope, offset } = model.calibration ?? HAND_CALIBRATION;
  return {
    lexemes: [
      ...worths('p', 'profile', words, profiles, 1),
      ...worths(
        't',
        'titles',
        counted(titles.flatMap((title) => termsOf(title, language))),
        titleWords,
        TITLE_SHARES.words,
      ),
      ...worths(
        'g',
        'titles',
        counted(titles.flatMap((title) => trigramsOf(title, language))),
        titleTrigrams,
        TITLE_SHARES.trigrams,
      ),
      ...worths('e', 'evidence', words, items, 1),
      ...worths('s', 'requiredSkills', labels(true), skills, 1, true),
      ...worths('s', 'goodSkills', labels(false), skills, 1, true),
      ...[...occupations.expanded(links)].map(([place, worth]) => ({
        ...{ lexeme: `o:${place}`, part: 'occupation' as const, worth, average: 0 },
      })),
    ],
    weights,
    average: averages ? averageOf(told(averages), weights) : 0,
    slope,
    offset,
  };
}

function told(averages: Averages): Averages {
  return Object.fromEntries(
    PART_NAMES.map((name) => [name, TOLD.includes(name) ? averages[name] : 0]),
  ) as Averages;
}

/** What each term of a query is worth, as a share of the best that anybody could have. */
function worths(
  kind: string,
  part: PartName,
  query: TermWeights,
  counts: Counts,
  share: number,
  isWhole = false,
): AskedLexeme[] {
  const { documents, frequencyOf, average } = counts;
  const kept = [...query].flatMap(([term, weight]) => {
    const count = frequencyOf(term);
    if (!isWhole && isCommon(count, documents)) return [];
    return [{ term, worth: saturated(weight) * idfOf(count, documents) }];
  });
  const best = kept.reduce((sum, { worth }) => sum + worth, 0);
  return kept.map(({ term, worth }) => ({
    ...{ lexeme: `${kind}:${term}`, part, worth: (share * worth) / best, average: isWhole ? 0 : average },
  }));
}
