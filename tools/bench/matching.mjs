// npm run bench:matching: how well openings find experts, beside PostgreSQL's full-text search and trigrams and MiniSearch, on
// every judged set that is there. Says its progress on stderr and ends with one line of JSON.
// Usage: node tools/bench/matching.mjs [--sets NAME,...]
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { inBench } from './bench.mjs';
import { judgedSets, SET_NAMES } from './matching/judged-sets.mjs';
import { judgedQuality } from './matching/judged.mjs';
import { quality } from './matching/quality.mjs';
import { MIDL, seats } from './matching/seats.mjs';

const ALL = [...SET_NAMES, MIDL];

await inBench(async ({ folder, server, say }) => {
  const names = readNames();
  const { results, figures } = judgedQuality(
    await allQuality(names, server.url('postgres', '', 'postgres'), say),
  );
  const assigned = names.includes(MIDL) ? seats(folder, say) : undefined;
  if (assigned) Object.assign(results, assigned.results);
  return {
    bench: 'matching',
    machine: { cores: cpus().length, load: Number(loadavg()[0].toFixed(1)), node: process.version },
    isAllMet: Object.values(results).every(({ met }) => met),
    results,
    figures: { ...figures, ...assigned?.figures },
  };
});

/** Every wanted set that is there, measured. */
async function allQuality(names, url, say) {
  const measured = {};
  for (const name of names.filter((each) => SET_NAMES.includes(each)))
    for (const set of judgedSets(name, say)) Object.assign(measured, await quality(set, url, say));
  return measured;
}

/** The sets that are wanted; all without being said. */
function readNames() {
  const { values } = parseArgs({ options: { sets: { type: 'string', default: '' } } });
  const names = values.sets.split(',').filter((name) => name !== '');
  const lost = names.find((name) => !ALL.includes(name));
  if (lost !== undefined) throw new Error(`--sets: ${lost} is not known. Sets are ${ALL.join(', ')}.`);
  return names.length === 0 ? ALL : names;
}
