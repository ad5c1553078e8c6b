// How the texts of a candidate speak for them together (Macdonald and Ounis 2006: voting models for expert search).

/** Ways to vote, by name: scores of a candidate's texts, best first -> the candidate's score. */
const WAYS = {
  squares: (scores) => sum(scores.map((score) => score ** 2)),
  sum,
  'best 10': (scores) => sum(scores.slice(0, 10)),
  'best 5': (scores) => sum(scores.slice(0, 5)),
  best: ([first = 0]) => first,
};

/**
 * Scores of candidates in each way to vote, by name.
 * @param scores of each text, by place
 * @param textsOf of each candidate, the places of their texts
 */
export function votes(scores, textsOf) {
  const own = textsOf.map((texts) => texts.map((text) => scores[text]).sort((a, b) => b - a));
  return Object.fromEntries(Object.entries(WAYS).map(([name, way]) => [name, own.map(way)]));
}

function sum(numbers) {
  return numbers.reduce((total, each) => total + each, 0);
}
