// npm run bench:shards: what one shard of the index takes, to tell how many machines so many experts need: memory of its whole process,
// bytes in typed arrays and seconds to make it, of made-up experts. Says its progress on stderr and ends with one line of JSON.
// Usage: node tools/bench/shards.mjs [--sizes 20000,50000,100000]
import '../start/help.mjs';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compiledPackage } from '../start/packages.mjs';
import { expert, occupations } from './matching/speed/market.mjs';

const FILE = fileURLToPath(import.meta.url);
const COUNTED = 20_000;
const GIGA = 1e9;

if (process.send) measure(Number(process.argv[2]));
else await main();

async function main() {
  const { values } = parseArgs({ options: { sizes: { type: 'string', default: '20000,50000,100000' } } });
  const shards = [];
  for (const size of values.sizes.split(',').map(Number)) {
    if (!(size >= 1000)) throw new Error('--sizes takes numbers from 1000 on, with commas.');
    console.error(`a shard of ${size} experts`);
    const child = fork(FILE, [String(size)], { execArgv: ['--expose-gc'] });
    const [found] = await once(child, 'message');
    child.disconnect();
    shards.push({ experts: size, ...found });
  }
  const machine = { cores: cpus().length, load: Number(loadavg()[0].toFixed(1)), node: process.version };
  console.log(JSON.stringify({ bench: 'shards', machine, shards }));
}

/** Makes a shard of experts as a worker does, with statistics of a sample; the experts themselves are let go. */
function measure(size) {
  const { OccupationIndex, ShardBuilder, statisticsFrom, statisticsOf, HAND_WEIGHTS } = compiledPackage(
    'matching',
    ['domain'],
  );
  const counted = statisticsFrom(made(Math.min(size, COUNTED)));
  const settings = {
    occupations: new OccupationIndex(occupations),
    statistics: statisticsOf(counted),
    model: HAND_WEIGHTS,
  };
  const started = performance.now();
  const builder = new ShardBuilder(settings);
  for (const each of made(size)) builder.add(each);
  const shard = builder.build();
  const seconds = (performance.now() - started) / 1000;
  globalThis.gc();
  const { rss } = process.memoryUsage();
  process.send({
    seconds: Number(seconds.toFixed(1)),
    bytesPerExpert: Math.round(shard.bytes / size),
    residentGB: Number((rss / GIGA).toFixed(2)),
    peakGB: Number(((process.resourceUsage().maxRSS * 1024) / GIGA).toFixed(2)),
    size: shard.state.size,
  });
}

function* made(size) {
  for (let place = 0; place < size; place++) yield expert(place);
}
