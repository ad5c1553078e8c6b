// npm run bench:matching: how well openings find experts, beside PostgreSQL's full-text search and trigrams and MiniSearch, on
// every judged set that is there; and how fast, among a million made-up experts. Says its progress on stderr and ends with one line of JSON.
// Usage: node tools/bench/matching.mjs [--sets NAME,...] [--quality-only | --speed-only] [--experts N]
import '../start/help.mjs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { inBench } from './bench.mjs';
import { judgedSets, SET_NAMES } from './matching/judged-sets.mjs';
import { judgedQuality } from './matching/judged.mjs';
import { quality } from './matching/quality.mjs';
import { MIDL, seats } from './matching/seats.mjs';
import { FULL_SIZE, speed } from './matching/speed/speed.mjs';

const ALL = [...SET_NAMES, MIDL];

await inBench(async ({ folder, server, say, onStop }) => {
  const { names, size } = readOptions();
  const url = server.url('postgres', '', 'postgres');
  const { results, figures } = judgedQuality(await allQuality(names, url, say));
  const assigned = names.includes(MIDL) ? seats(folder, say) : undefined;
  const fast = size === undefined ? undefined : await speed({ url, size, say, onStop });
  Object.assign(results, assigned?.results, fast?.results);
  return {
    bench: 'matching',
    machine: { cores: cpus().length, load: Number(loadavg()[0].toFixed(1)), node: process.version },
    isAllMet: Object.values(results).every(({ met }) => met),
    results,
    figures: { ...figures, ...assigned?.figures },
    ...(fast && { speed: { ...fast.figures, results: fast.results } }),
  };
});

/** Every wanted set that is there, measured. */
async function allQuality(names, url, say) {
  const measured = {};
  for (const name of names.filter((each) => SET_NAMES.includes(each)))
    for (const set of judgedSets(name, say)) Object.assign(measured, await quality(set, url, say));
  return measured;
}

/** The sets that are wanted, all without being said; and the number of experts to be fast among, undefined where speed is not wanted. */
function readOptions() {
  const { values } = parseArgs({
    options: {
      sets: { type: 'string', default: '' },
      'quality-only': { type: 'boolean', default: false },
      'speed-only': { type: 'boolean', default: false },
      experts: { type: 'string', default: String(FULL_SIZE) },
    },
  });
  const names = values.sets.split(',').filter((name) => name !== '');
  const lost = names.find((name) => !ALL.includes(name));
  if (lost !== undefined) throw new Error(`--sets: ${lost} is not known. Sets are ${ALL.join(', ')}.`);
  const size = Number(values.experts);
  if (!Number.isInteger(size) || size < 1000) throw new Error('--experts takes a whole number from 1000 on.');
  const isQualityOnly = values['quality-only'] || names.length > 0;
  if (isQualityOnly && values['speed-only'])
    throw new Error('--speed-only goes with neither --quality-only nor --sets.');
  return {
    names: values['speed-only'] ? [] : names.length === 0 ? ALL : names,
    size: isQualityOnly ? undefined : size,
  };
}
