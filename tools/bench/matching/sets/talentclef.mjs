// TalentCLEF 2025, task A, English validation: job titles for a job title, judged by people.
import { expertOf, openingOf } from './documents.mjs';

/**
 * All titles for each title that is asked for; and the same without titles that read as the one asked for: they are
 * labelled as not relevant, though nobody would mind them.
 */
export function talentclef(read) {
  const candidates = rowsOf(read('corpus_elements')).sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = candidates.map(([, title]) => title);
  const relevance = relevanceOf(rowsOf(read('qrels.tsv'), 0), candidates);
  const queries = rowsOf(read('queries')).map(([id, title]) => ({
    opening: openingOf(id, { title }),
    relevance: relevance.get(id),
  }));
  return {
    experts: candidates.map(([id, headline]) => expertOf(id, { headline })),
    texts,
    textsOf: texts.map((_, place) => [place]),
    variants: {
      'talentclef2025-en': queries,
      'talentclef2025-en without same titles': queries.map((query) => ({
        ...query,
        barred: placesOf(query.opening.title, texts),
      })),
    },
  };
}

function relevanceOf(judged, candidates) {
  const places = new Map(candidates.map(([id], place) => [id, place]));
  const relevance = new Map();
  for (const [query, , candidate, degree] of judged) {
    if (!relevance.has(query)) relevance.set(query, new Map());
    if (Number(degree) > 0) relevance.get(query).set(places.get(candidate), Number(degree));
  }
  return relevance;
}

function placesOf(title, titles) {
  return new Set([...titles.keys()].filter((place) => titles[place].toLowerCase() === title.toLowerCase()));
}

/** Rows of a table without its heading. */
function rowsOf(text, headings = 1) {
  const lines = text.split('\n').map((line) => line.trimEnd());
  return lines
    .slice(headings)
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
}
