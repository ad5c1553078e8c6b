// Expert finding in DBLP (Brochier et al. 2020): people who publish in the field of a text, by what they have written.
import { expertOf, openingOf } from './documents.mjs';

const TITLE_WORDS = 10;

/**
 * Candidates with all that they wrote as evidence; each judged text asks for people of its fields. And the same with the text
 * that asks taken out of what was written: 35 of 114 are by somebody who is relevant, and would find themselves.
 */
export function dblp(read) {
  const { docs, queries, experts } = JSON.parse(read('dblp.json'));
  const candidates = experts
    .map(({ candidate, topics }) => ({ id: String(candidate), author: candidate, topics }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const textsOf = candidates.map(({ author }) =>
    [...docs.keys()].filter((at) => docs[at].authors.includes(author)),
  );
  const expertAt = (place, without) =>
    expertOf(candidates[place].id, {
      evidence: textsOf[place]
        .filter((at) => at !== without)
        .map((at) => ({ title: '', text: docs[at].text })),
    });
  const everybody = candidates.map((_, place) => expertAt(place));
  const isBy = (place, at) => textsOf[place].includes(at);
  const asked = queries.map(({ doc, topics }) => queryOf(doc, docs, topics, candidates));
  const places = new Map(docs.map(({ id }, at) => [String(id), at]));
  return {
    experts: everybody,
    texts: docs.map(({ text }) => text),
    textsOf,
    /** The experts without one text; the same list where none of them wrote it. */
    expertsWithout: (at) =>
      textsOf.some((own) => own.includes(at))
        ? everybody.map((expert, place) => (isBy(place, at) ? expertAt(place, at) : expert))
        : everybody,
    variants: {
      'dblp-expert': asked,
      'dblp-expert without the own text': asked.map((query) => ({
        ...query,
        without: places.get(query.opening.id),
      })),
    },
  };
}

function queryOf(doc, docs, topics, candidates) {
  const { text } = docs.find(({ id }) => id === doc);
  const title = text.split(/\s+/).slice(0, TITLE_WORDS).join(' ');
  const isRelevant = (candidate) => candidate.topics.some((topic) => topics.includes(topic));
  return {
    opening: openingOf(String(doc), { title, description: text }),
    relevance: new Map(candidates.flatMap((candidate, place) => (isRelevant(candidate) ? [[place, 1]] : []))),
    /** The title begins the text. */
    text,
  };
}
