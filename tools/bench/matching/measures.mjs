// What a ranking is worth to who reads it from the top.
// Sources: Järvelin and Kekäläinen 2002 (nDCG, with gain 2^relevance - 1 as in Burges et al. 2005); Voorhees 1999 (reciprocal rank).

const DEPTH = { ndcg: 10, recall: 100 };

/**
 * Places of candidates, best first. Ties go by place, and who has no match comes last, by place.
 * @param scores of each candidate, by place; 0 is no match
 * @param barred places that are left out
 */
export function ranked(scores, barred = new Set()) {
  return [...scores.keys()]
    .filter((place) => !barred.has(place))
    .sort((a, b) => scores[b] - scores[a] || a - b);
}

/**
 * Measures of one ranking: average precision over all of it divided by all that are relevant, nDCG of the first 10,
 * 1 / the rank of the first that is relevant, and the share of the relevant among the first 100.
 * @param order places, best first
 * @param relevance place -> how relevant it is, a whole number above 0; every other place is not
 */
export function measures(order, relevance) {
  let [found, precisions, first, early, gain] = [0, 0, 0, 0, 0];
  order.forEach((place, at) => {
    const degree = relevance.get(place);
    if (degree === undefined) return;
    found += 1;
    precisions += found / (at + 1);
    if (first === 0) first = 1 / (at + 1);
    if (at < DEPTH.recall) early += 1;
    if (at < DEPTH.ndcg) gain += gainAt(degree, at);
  });
  const best = [...relevance.values()].sort((a, b) => b - a).slice(0, DEPTH.ndcg);
  const most = best.reduce((sum, degree, at) => sum + gainAt(degree, at), 0);
  return { map: precisions / relevance.size, ndcg: gain / most, mrr: first, recall: early / relevance.size };
}

const gainAt = (degree, at) => (2 ** degree - 1) / Math.log2(at + 2);

/** Means over queries, by name. */
export function means(all) {
  return Object.fromEntries(Object.keys(all[0]).map((name) => [name, mean(all.map((each) => each[name]))]));
}

export const mean = (numbers) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
