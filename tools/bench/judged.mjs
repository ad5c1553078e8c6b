// What was measured, beside what is wanted. The targets are ratios, so that they hold on any machine.
// Source of the targets: measurements of the same stack before the product was written.

/** The most that the rounds of a baseline may differ before its ratio says little. */
const STEADY = 1.25;

/**
 * Results for each target, and every figure rounded.
 * `met` says whether the ratio reaches its target, `isSteady` whether the baseline held still enough to believe it.
 */
export function judged(parts) {
  const { spreads: _, ...found } = Object.assign({}, ...parts);
  const spreads = Object.assign({}, ...parts.map((part) => part.spreads));
  const results = {
    G2: atLeast(0.45, found.graphqlPerSecond / found.restPerSecond, 'GraphQL list / plain REST, 8 callers'),
    G6: atMost(3, found.steadiest, 'p99 / p50 of the list, 4 callers'),
    D1: atLeast(0.4, found.pointOurs / found.pointPg, 'point read / pg prepared, 1 caller'),
    D2: atLeast(0.75, found.listOurs / found.listPg, 'hot list / the same statement prepared by pg'),
    D2ordinary: atLeast(0.3, found.listOrdinary / found.listPg, 'a statement a relation / pg prepared'),
    D3: atLeast(0.8, found.postingOurs / found.postingPg, 'ledger posting / pg calling the same function'),
    B3: atMost(20, found.coldMs / found.nothingMs, 'spawn to listening / a Node that does nothing'),
    B3boot: atMost(600, found.bootMs, 'boot, milliseconds'),
  };
  const baselines = { G2: 'list', G6: 'list', D1: 'point', D2: 'data', D2ordinary: 'data', D3: 'posting' };
  for (const [name, result] of Object.entries(results))
    result.isSteady = spreads[baselines[name] ?? 'start'] <= STEADY;
  const figures = Object.fromEntries(Object.entries(found).map(([name, figure]) => [name, round(figure)]));
  return { isAllMet: Object.values(results).every(({ met }) => met), results, figures };
}

function atLeast(target, value, what) {
  return { what, ratio: round(value), target: `at least ${target}`, met: value >= target };
}

function atMost(target, value, what) {
  return { what, ratio: round(value), target: `at most ${target}`, met: value <= target };
}

const round = (number) => Number(number.toPrecision(4));
