// npm run match:seats -- --affinity FILE.csv --per-opening 3 --per-expert 4 --out FILE.csv [--largest-share PERCENT] [--seconds N]
// Assigns experts to the seats of openings, offline, by the code that the product proposes seats with. After 20 seconds, or
// --seconds, it gives the best found so far and says so.
import './start/help.mjs';
import { existsSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { BadArgument, fileText, mustBeApart, mustBeFile } from './given-files.mjs';
import { compiledPackage } from './start/packages.mjs';

const USAGE =
  'Give --affinity FILE.csv (opening, expert, score) --per-opening 3 --per-expert 4 --out FILE.csv, --largest-share PERCENT where one expert must not take more, and --seconds N where it may search longer or less than 20.';
const OPTIONS = {
  affinity: { type: 'string' },
  'per-opening': { type: 'string' },
  'per-expert': { type: 'string' },
  'largest-share': { type: 'string' },
  seconds: { type: 'string' },
  out: { type: 'string' },
};

/** Up to so many pairs the solver is done before V8's second, slower compiler would pay: measured 0.6 s against 1 s. */
const QUICK_PAIRS = 30_000;

const started = performance.now();
try {
  await main();
} catch (error) {
  if (!(error instanceof BadArgument) && error.constructor.name !== 'BrokenTable') throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function main() {
  const { affinity, perOpening, perExpert, largestShare, seconds: given, out } = readArguments();
  mustBeFile('out', out);
  mustBeApart('out', { affinity, out });
  const text = fileText('affinity', affinity);
  const { assignSeats, loadSolver, SEARCH_SECONDS, readAffinities, seatLines } = matching();
  const table = readAffinities(text, affinity);
  const { openingIds, expertIds, pairs, header } = table;
  if (table.shape === 'MATRIX')
    console.error(
      `${affinity}: ${expertIds.length} rows are experts, ${openingIds.length} columns are openings.`,
    );
  say(`read ${pairs.length} pairs of ${openingIds.length} openings and ${expertIds.length} experts`);
  if (pairs.length <= QUICK_PAIRS) setFlagsFromString('--liftoff-only');
  await loadSolver();
  say('assigning seats');
  const solving = performance.now();
  const sinceThen = () => (performance.now() - solving) / 1000;
  const limit = given ?? SEARCH_SECONDS;
  const outcome = await assignSeats(
    {
      openings: openingIds.map((id) => ({ id, seats: perOpening })),
      experts: expertIds.map((id) => ({ id, seats: perExpert })),
      pairs,
      ...(largestShare !== undefined && { largestSharePercent: largestShare }),
    },
    { secondsLeft: () => limit - sinceThen(), told: (step) => say(stepWords(step)) },
  );
  const seconds = sinceThen();
  if (!outcome.ok) throw new BadArgument(outcome.refusals.map(refusalWords).join('\n'));
  write(out, seatLines(outcome.assignment, header).join(''));
  const { assignment } = outcome;
  if (!assignment.isProven)
    console.error(
      `The search ended after ${seconds.toFixed(1)} of ${limit} s: this is the best that was found, not proven to be the best.`,
    );
  const empty = assignment.openings.filter(({ filled, seats }) => filled < seats);
  if (empty.length > 0)
    console.error(
      `${empty.length === 1 ? '1 opening has' : `${empty.length} openings have`} empty seats, the first ${empty[0].openingId}: ${emptyWords(empty[0].whyEmpty)}.`,
    );
  console.log(
    JSON.stringify({
      total: rounded(assignment.total),
      worst: rounded(Math.min(...assignment.openings.map(({ total }) => total))),
      floor: assignment.floor === null ? null : rounded(assignment.floor * perOpening),
      seconds: rounded(seconds),
      wholeSeconds: rounded((performance.now() - started) / 1000),
      seatsFilled: assignment.seats.length,
      seats: openingIds.length * perOpening,
      method: assignment.method,
      isProven: assignment.isProven,
    }),
  );
}

function readArguments() {
  let values;
  try {
    ({ values } = parseArgs({ options: OPTIONS }));
  } catch (error) {
    throw new BadArgument(`${error.message.split('.')[0]}. ${USAGE}`);
  }
  for (const name of ['affinity', 'per-opening', 'per-expert', 'out'])
    if (!values[name]) throw new BadArgument(`--${name} is missing. ${USAGE}`);
  const share = values['largest-share'];
  return {
    affinity: values.affinity,
    out: values.out,
    perOpening: count(values, 'per-opening'),
    perExpert: count(values, 'per-expert'),
    largestShare: share === undefined ? undefined : percent(share),
    seconds: values.seconds === undefined ? undefined : count(values, 'seconds'),
  };
}

function count(values, name) {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1 || value > 10_000)
    throw new BadArgument(`--${name}: give a whole number from 1 to 10000, not ${values[name]}.`);
  return value;
}

function percent(text) {
  const value = Number(text);
  if (!(value > 0 && value <= 100))
    throw new BadArgument(`--largest-share: give a percentage above 0 and up to 100, not ${text}.`);
  return value;
}

function matching() {
  try {
    return compiledPackage('matching', ['domain']);
  } catch (error) {
    throw new BadArgument(error.message);
  }
}

/** Progress, once a run takes longer than a second. */
function say(what) {
  const seconds = (performance.now() - started) / 1000;
  if (seconds > 1) console.error(`${seconds.toFixed(1)} s: ${what}`);
}

function stepWords({ at, least, most }) {
  if (at === 'AUCTION') return 'a first assignment, by auction';
  if (at === 'RULES') return 'whether all that must hold can hold';
  if (at === 'FLOOR') return 'how well off the worst opening can be at most';
  return `the floor is between ${least.toFixed(4)} and ${most.toFixed(4)} a seat`;
}

function refusalWords({ code, wanted, reached, expertId }) {
  if (code === 'SHARE_BELOW_ONE_SEAT')
    return '--largest-share: that share of all seats is less than one seat, so nobody could be seated. Give more.';
  if (code === 'NOT_WORKED_OUT')
    return 'The time was over before anything was found. Give more with --seconds, or fewer pairs.';
  return `A rule cannot be met (${code}${expertId ? `, ${expertId}` : ''}): ${wanted} wanted, ${reached} reached.`;
}

function emptyWords(why) {
  if (why === 'NO_CANDIDATES') return 'it has fewer experts than seats';
  if (why === 'CONCENTRATION') return 'its experts have the largest share that one may have';
  return 'its experts have all the seats that they can take';
}

function rounded(value) {
  return Math.round(value * 1e6) / 1e6;
}

/** Writes beside the file and renames, so that a run that fails leaves nothing half-written. */
function write(name, text) {
  // A link stays, and the file that it names is written.
  const out = existsSync(name) ? realpathSync(name) : name;
  const part = `${out}.part-${process.pid}`;
  try {
    writeFileSync(part, text);
    renameSync(part, out);
  } catch (error) {
    rmSync(part, { force: true });
    throw new BadArgument(`--out: ${out} cannot be written (${error.code}).`);
  }
}
