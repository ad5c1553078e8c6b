// Two sets of our own from ESCO. Its judgements are those of the people who sort occupations, so our ranking has to do without
// ESCO's files here: they would tell it the answers.
import { escoOccupations } from '../../../taxonomy/occupations.mjs';
import { expertOf, openingOf } from './documents.mjs';

/** Of so many occupations one asks, to keep the run short. */
const EACH = { titles: 10, descriptions: 25 };
const ALIASES = 3;

/** Other names of an occupation by its name: three of each of the 3,000 occupations are ranked. */
export function escoTitles(_read, folder) {
  const occupations = escoOccupations(folder);
  const names = occupations.flatMap(({ aliases }, owner) =>
    aliases.slice(0, ALIASES).map((text) => ({ text, owner })),
  );
  const queries = every(EACH.titles, occupations).map(([{ id, label }, at]) => ({
    opening: openingOf(id, { title: label }),
    relevance: placesWhere(names, ({ owner }) => owner === at),
  }));
  return setOf('esco-1.2-en other names', names, ({ text }) => ({ headline: text }), queries);
}

/** Occupations of the same ISCO group by name and description of one; what is ranked is descriptions alone. */
export function escoDescriptions(_read, folder) {
  const occupations = escoOccupations(folder).map((each) => ({ ...each, text: each.description }));
  const queries = every(EACH.descriptions, occupations).map(([{ id, label, description, groups }, at]) => ({
    opening: openingOf(id, { title: label, description }),
    relevance: placesWhere(occupations, (other, place) => place !== at && other.groups[0] === groups[0]),
    barred: new Set([at]),
  }));
  return setOf('esco-1.2-en same group', occupations, ({ text }) => ({ bio: text }), queries);
}

function setOf(name, candidates, known, queries) {
  return {
    hasNoEsco: true,
    experts: candidates.map((each, place) => expertOf(String(place).padStart(5, '0'), known(each))),
    texts: candidates.map(({ text }) => text),
    textsOf: candidates.map((_, place) => [place]),
    variants: { [name]: queries.filter(({ relevance }) => relevance.size > 0) },
  };
}

/** One of so many, with its place. */
function every(step, all) {
  return all.map((each, at) => [each, at]).filter(([, at]) => at % step === 0);
}

function placesWhere(all, isRelevant) {
  return new Map(all.flatMap((each, place) => (isRelevant(each, place) ? [[place, 1]] : [])));
}
