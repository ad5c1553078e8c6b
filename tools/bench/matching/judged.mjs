// What was measured, beside what is wanted.

/** The least MAP on a set. Source: the best that is known there without a trained model. */
const LEAST_MAP = { 'talentclef2025-en': 0.45, 'dblp-expert': 0.33 };

/** Results of the judged sets: the least MAP where there is one, and each rival beaten beyond chance. */
export function judgedQuality(measured) {
  const results = {};
  for (const [set, { ours, rivals }] of Object.entries(measured)) {
    if (set in LEAST_MAP) results[`MAP ${set}`] = atLeast(LEAST_MAP[set], ours.map);
    for (const [rival, { mapDifference }] of Object.entries(rivals))
      results[`${set}: ours above ${rival}`] = {
        value: round(mapDifference.mean),
        interval: [round(mapDifference.low), round(mapDifference.high)],
        target: 'above 0 with 95 % confidence',
        met: mapDifference.low > 0,
      };
  }
  return { results, figures: { sets: rounded(measured) } };
}

export function atLeast(target, value) {
  return { value: round(value), target: `at least ${target}`, met: value >= target };
}

export function below(target, value) {
  return { value: round(value), target: `below ${target}`, met: value < target };
}

const round = (number) => Number(number.toPrecision(4));

/** Every number in it, rounded to four figures. */
export function rounded(value) {
  if (typeof value === 'number') return round(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, rounded(each)]));
}
