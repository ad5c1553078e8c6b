import { languageOfExpert, languageOfOpening, type ExpertDocument, type OpeningDocument } from '../documents';
import type { Counts } from '../index/counts';
import { skillKey } from '../index/expert-index';
import type { Statistics } from '../index/statistics';
import type { PartWeights } from '../scoring/model';
import type { OccupationIndex } from '../taxonomy/occupation-index';
import { termsOf, trigramsOf } from './tokens';

/** How words are read into lexemes; another number where that changes, so that those of before are made anew. */
export const LEXEMES_VERSION = 1;
/** A word that more than this share of experts have is not searched for. */
const MOST_COMMON = 0.1;
/** So many lexemes of an opening are searched for, those that tell most. */
const MOST_ASKED = 80;
/** Occupations beside those that titles mean are searched for, so many. */
const MOST_OCCUPATIONS = 60;

/** What an expert is found by in a full-text index, each with its kind before it: w word, t word of a title, g three letters of a title, s skill, o occupation. */
export function lexemesOf(expert: ExpertDocument, occupations: OccupationIndex): string[] {
  const language = languageOfExpert(expert);
  const titles = [expert.headline, ...expert.titles].filter((title) => title !== '');
  const said = [
    ...titles,
    ...expert.skills,
    expert.bio,
    ...expert.evidence.flatMap(({ title, text }) => [title, text]),
  ];
  const all = [
    ...said.flatMap((text) => termsOf(text, language)).map((term) => `w:${term}`),
    ...titles.flatMap((title) => termsOf(title, language)).map((term) => `t:${term}`),
    ...titles.flatMap(trigramsOf).map((piece) => `g:${piece}`),
    ...expert.skills.map((skill) => `s:${skillKey(skill)}`),
    ...[...occupations.linksOf(titles).keys()].map((place) => `o:${place}`),
  ];
  return [...new Set(all)].filter((lexeme) => lexeme.length > 2).sort();
}

/** A lexeme that an opening asks for, and what it counts. */
export interface AskedLexeme {
  readonly lexeme: string;
  readonly weight: number;
}

/** The lexemes of an opening that tell most, the strongest first. A plain sum of them brings those near the top who are there by all parts. */
export function lexemesAsked(
  opening: OpeningDocument,
  {
    occupations,
    statistics,
    weights,
  }: { occupations: OccupationIndex; statistics: Statistics; weights: PartWeights },
): AskedLexeme[] {
  const language = languageOfOpening(opening);
  const titles = [opening.title, ...opening.titles];
  const { profiles, titleWords, titleTrigrams, skills } = statistics.counts;
  const labels = (isRequired: boolean) =>
    opening.skills.filter((skill) => skill.isRequired === isRequired).map(({ label }) => skillKey(label));
  const words = [...titles, ...opening.skills.map(({ label }) => label), opening.description];
  const links = occupations.linksOf(titles);
  const worth = [...occupations.expanded(links)].sort(([a, x], [b, y]) => y - x || a - b);
  return [
    ...shared(
      'w:',
      words.flatMap((text) => termsOf(text, language)),
      profiles,
      weights.profile + weights.evidence + weights.topics,
      MOST_COMMON,
    ),
    ...shared(
      't:',
      titles.flatMap((title) => termsOf(title, language)),
      titleWords,
      weights.titles * 0.6,
      1,
    ),
    ...shared('g:', titles.flatMap(trigramsOf), titleTrigrams, weights.titles * 0.6, MOST_COMMON),
    ...shared('s:', labels(true), skills, weights.requiredSkills, 1),
    ...shared('s:', labels(false), skills, weights.goodSkills, 1),
    ...worth
      .slice(0, MOST_OCCUPATIONS)
      .map(([place, each]) => ({ lexeme: `o:${place}`, weight: weights.occupation * each })),
  ]
    .sort((a, b) => b.weight - a.weight || (a.lexeme < b.lexeme ? -1 : 1))
    .slice(0, MOST_ASKED + MOST_OCCUPATIONS);
}

/** Shares a weight among terms by how telling each is. Terms that more than `most` of all experts have are left out. */
function shared(
  kind: string,
  terms: readonly string[],
  { documents, frequencyOf }: Counts,
  weight: number,
  most: number,
): AskedLexeme[] {
  const telling = [...new Set(terms)].flatMap((term) => {
    const count = frequencyOf(term);
    if (count === 0 || count > Math.max(1, documents * most)) return [];
    return [{ term, idf: Math.log(1 + (documents - count + 0.5) / (count + 0.5)) }];
  });
  const whole = telling.reduce((sum, { idf }) => sum + idf, 0);
  return telling.map(({ term, idf }) => ({ lexeme: `${kind}${term}`, weight: (weight * idf) / whole }));
}
