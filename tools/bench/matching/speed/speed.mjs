// How fast openings find experts among a million, and experts openings, beside PostgreSQL's full-text search on the same rows.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { atLeast, below, rounded } from '../judged.mjs';
import { fullText } from './full-text.mjs';

export const FULL_SIZE = 1_000_000;
const OPENINGS = 10_000;
const ADVERTS = 20;
const WARM_UPS = 3;
/** Of fewer experts than the full size fewer rounds and seconds say enough: that is a trial of the bench. */
const ROUNDS = { full: 15, trial: 3 };
/** Adverts take PostgreSQL half a minute each. */
const ADVERTS_OF_POSTGRES = 3;
/** Recommendations may take this long; where they would take longer, fewer openings are asked. */
const MOST_SECONDS = { full: 60, trial: 3 };
const ENGINE = fileURLToPath(new URL('engine.mjs', import.meta.url));
const MOST_HEAP_MB = 8000;
/** As the product starts the threads of its shards: three of these are their room for what is thrown away after an answer. */
const SEMI_SPACE_MB = 64;

/** Measures everything on `size` experts. @returns results beside their targets, and figures */
export async function speed({ url, size, say, onStop }) {
  const engines = [0, 1].map((core) => engineOn(core, onStop));
  say(`building the index of ${size} experts, once on each of two cores`);
  const [built] = await Promise.all(engines.map(({ ask }) => ask('build', { size })));
  say(`built in ${built.seconds.toFixed(1)} s, ${built.bytesPerExpert.toFixed(0)} bytes an expert`);
  const run = size < FULL_SIZE ? 'trial' : 'full';
  const found = await engines[0].ask('shortlists', {
    adverts: ADVERTS,
    warmUps: WARM_UPS,
    rounds: ROUNDS[run],
  });
  const shortlists = shortlistFigures(found);
  say(`shortlists: p50 ${shortlists.p50Ms.toFixed(1)} ms, p95 ${shortlists.p95Ms.toFixed(1)} ms`);
  const recommendations = await recommend(engines, size, MOST_SECONDS[run], say);
  for (const { stop } of engines) stop();
  const postgres = await fullText({ url, size, adverts: ADVERTS_OF_POSTGRES, say });
  const ratio = median(postgres.milliseconds) / median(ownOf(found, ADVERTS_OF_POSTGRES));
  say(`PostgreSQL takes ${Math.round(ratio)} times as long`);
  const results = {
    'shortlist p95, milliseconds': below(25, shortlists.p95Ms),
    'index, bytes an expert': below(400, built.bytesPerExpert),
    'PostgreSQL full-text / ours, median of the same adverts': atLeast(1000, ratio),
  };
  return {
    results,
    figures: rounded({
      experts: size,
      isFullSize: size >= FULL_SIZE,
      isPinnedToOneCore: hasTaskset,
      build: { seconds: built.seconds, peakMB: built.peakMB, bytesPerExpert: built.bytesPerExpert },
      shortlists,
      recommendations,
      postgres: { ...postgres, p50Ms: median(postgres.milliseconds), adverts: ADVERTS_OF_POSTGRES },
      ratio,
    }),
  };
}

async function recommend(engines, size, mostSeconds, say) {
  say(`recommending ${OPENINGS} openings to ${size} experts on two cores`);
  const done = await Promise.all(
    engines.map(({ ask }, first) =>
      ask('recommendations', {
        first,
        step: engines.length,
        openings: OPENINGS,
        mostSeconds,
      }),
    ),
  );
  const whole = Math.max(...done.map(({ seconds, asked, of }) => (seconds * of) / asked));
  say(`recommendations to everybody: ${whole.toFixed(0)} s`);
  const sum = (name) => done.reduce((total, each) => total + each[name], 0);
  const isSampled = sum('asked') < sum('of');
  return {
    experts: size,
    openings: OPENINGS,
    cores: engines.length,
    seconds: whole,
    isSampled,
    openingsMeasured: sum('asked'),
    secondsMeasured: Math.max(...done.map(({ seconds }) => seconds)),
    ...(isSampled && { secondsAre: 'those of the openings that were measured, times all over measured' }),
    peakMB: sum('peakMB'),
    tablesMB: sum('tableMB'),
  };
}

/** A process of our engine on one core, where the system has a way to keep it there. */
function engineOn(core, onStop) {
  const limits = [`--max-old-space-size=${MOST_HEAP_MB}`, `--max-semi-space-size=${SEMI_SPACE_MB}`];
  const command = [process.execPath, ...limits, ENGINE];
  const [program, ...options] = hasTaskset
    ? ['taskset', '-c', String(core % cpus().length), ...command]
    : command;
  const child = spawn(program, options, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const stop = () => void child.kill();
  onStop(stop);
  const ask = async (task, given) => {
    child.send({ task, ...given });
    const [answer] = await Promise.race([once(child, 'message'), ended(child, task)]);
    return answer;
  };
  return { ask, stop };
}

async function ended(child, task) {
  const [code, signal] = await once(child, 'exit');
  throw new Error(`our engine ended during ${task} (${signal ?? code})`);
}

const hasTaskset = spawnSync('taskset', ['-c', '0', 'true']).status === 0;

function shortlistFigures({ timed, found }) {
  const [ms, cpuMs] = [timed.map((each) => each.ms), timed.map((each) => each.cpuMs)];
  const eligible = found.map((each) => each.eligible);
  return {
    adverts: found.length,
    measured: timed.length,
    p50Ms: median(ms),
    p95Ms: quantile(ms, 0.95),
    cpuP50Ms: median(cpuMs),
    cpuP95Ms: quantile(cpuMs, 0.95),
    parts: Math.max(...found.map(({ parts }) => parts)),
    gatesThatRemove: Math.max(...found.map(({ removed }) => removed)),
    shown: median(found.map(({ fits }) => fits)),
    eligible: { least: Math.min(...eligible), median: median(eligible), most: Math.max(...eligible) },
  };
}

/** Milliseconds of the first adverts. */
function ownOf({ timed }, adverts) {
  return timed.filter(({ advert }) => advert < adverts).map(({ ms }) => ms);
}

function median(numbers) {
  return quantile(numbers, 0.5);
}

function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
