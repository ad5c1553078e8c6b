// A set of our own from O*NET: people whose occupation is of the same minor group, by an advert (title and description) of one.
import { onetOccupations } from '../../../taxonomy/occupations.mjs';
import { expertOf, openingOf } from './documents.mjs';

/** O*NET-SOC codes that begin alike in so many characters are one minor group (29-1141.01: 29-1). */
const MINOR = 4;
/** Of so many occupations one asks, to keep the run short. */
const EACH = 8;

/** Occupations with title and description as experts; who asks is left out. */
export function onet(_read, folder) {
  const occupations = onetOccupations(`${folder}/raw`);
  const minor = ({ id }) => id.slice(0, MINOR);
  const relevanceOf = (asked) =>
    occupations.flatMap((other, place) =>
      other !== asked && minor(other) === minor(asked) ? [[place, 1]] : [],
    );
  const queries = occupations.flatMap((asked, at) =>
    at % EACH === 0
      ? [
          {
            opening: openingOf(asked.id, { title: asked.label, description: asked.description }),
            relevance: new Map(relevanceOf(asked)),
            barred: new Set([at]),
          },
        ]
      : [],
  );
  return {
    experts: occupations.map(({ id, label, description }) =>
      expertOf(id, { headline: label, bio: description }),
    ),
    texts: occupations.map(({ label, description }) => `${label} ${description}`),
    textsOf: occupations.map((_, place) => [place]),
    variants: { 'onet same group': queries.filter(({ relevance }) => relevance.size > 0) },
  };
}
