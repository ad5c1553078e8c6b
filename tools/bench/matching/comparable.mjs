// Whether a score means the same for every opening: all pairs of a set in one ranking, and openings ranked for an expert, by the
// score and by the sum that it came from.
import { mean, measures, ranked } from './measures.mjs';

/** Of many queries so many, evenly: every expert's score for each is held at once. */
const MOST_QUERIES = 300;

/** @param score gives the scores of all experts for a query, by score or by linear */
export function comparable(queries, score) {
  const stride = Math.ceil(queries.length / MOST_QUERIES);
  const asked = queries.filter((_, at) => at % stride === 0);
  return { byScore: measured(asked, 'score', score), bySum: measured(asked, 'linear', score) };
}

function measured(queries, by, score) {
  const scores = queries.map((query) => score(query, by));
  return { allPairs: allPairs(queries, scores), openingsForExpert: openingsForExpert(queries, scores) };
}

/** Average precision of all pairs in one ranking. */
function allPairs(queries, scores) {
  const pairs = queries.flatMap(({ relevance, barred }, at) =>
    Array.from(scores[at], (each, place) => [each, relevance.has(place), barred?.has(place)]),
  );
  const order = pairs.filter(([, , isBarred]) => !isBarred).sort(([a], [b]) => b - a);
  let [found, precisions] = [0, 0];
  order.forEach(([, isRelevant], at) => {
    if (isRelevant) precisions += ++found / (at + 1);
  });
  return precisions / found;
}

/** Mean average precision of openings, ranked for each expert who fits some. */
function openingsForExpert(queries, scores) {
  const fitting = new Map();
  queries.forEach(({ relevance }, at) =>
    relevance.forEach((degree, place) => {
      if (!fitting.has(place)) fitting.set(place, new Map());
      fitting.get(place).set(at, degree);
    }),
  );
  return mean(
    [...fitting].map(
      ([place, relevance]) => measures(ranked(scores.map((each) => each[place])), relevance).map,
    ),
  );
}
