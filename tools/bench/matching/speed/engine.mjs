// Our engine on the made-up market, in a process of its own that the bench keeps on one core: it does one task for each message.
import { compiledPackage } from '../../../start/packages.mjs';
import { experts, occupations, opening } from './market.mjs';

const { OccupationIndex, Snapshot } = compiledPackage('matching', ['domain']);
const SHORTLIST = 200;
/** How many openings each expert is recommended. */
const RECOMMENDED = 20;
/** So many openings tell how long one takes. */
const TRIED = 10;
const MEGA = 2 ** 20;
let snapshot;

const TASKS = { build, shortlists, recommendations };

process.on('message', ({ task, ...given }) => process.send(TASKS[task](given)));
process.on('disconnect', () => process.exit(0));

/** Builds the index of everybody. */
function build({ size }) {
  const started = performance.now();
  snapshot = new Snapshot(experts(size), new OccupationIndex(occupations));
  return { seconds: secondsSince(started), bytesPerExpert: snapshot.bytes / size, peakMB: peakMB() };
}

/**
 * Finds shortlists with all reasons, again and again.
 * @returns for each that was timed the advert, milliseconds and milliseconds of the processor, and what was asked and found
 */
function shortlists({ adverts, warmUps, rounds }) {
  const openings = Array.from({ length: adverts }, (_, number) => opening(number));
  const timed = [];
  const found = new Map();
  for (let round = -warmUps; round < rounds; round++)
    openings.forEach((each, advert) => {
      // A copy, so that nothing of the last round is known of it.
      const asked = { ...each };
      const [started, used] = [performance.now(), process.cpuUsage()];
      const { fits, eligible, removed } = snapshot.shortlist(asked, SHORTLIST);
      const { user, system } = process.cpuUsage(used);
      if (round >= 0) timed.push({ advert, ms: performance.now() - started, cpuMs: (user + system) / 1000 });
      found.set(advert, {
        fits: fits.length,
        eligible,
        removed: removed.length,
        parts: fits[0]?.parts.length ?? 0,
      });
    });
  return { timed, found: [...found.values()] };
}

/**
 * Recommends openings to everybody: every `step`-th from `first` on, or evenly fewer of them where they would take longer than `mostSeconds`.
 * @returns how many openings were asked, of how many, and how long they took
 */
function recommendations({ first, step, openings, mostSeconds }) {
  const own = Array.from({ length: Math.ceil((openings - first) / step) }, (_, i) => first + i * step);
  const tried = own.slice(0, TRIED).map(opening);
  snapshot.recommendations(tried, 1);
  const trial = performance.now();
  snapshot.recommendations(
    tried.map((each) => ({ ...each })),
    1,
  );
  const most = Math.max(1, Math.floor((mostSeconds * tried.length) / secondsSince(trial)));
  const stride = Math.ceil(own.length / most);
  const asked = own.filter((_, i) => i % stride === 0).map(opening);
  const started = performance.now();
  const found = snapshot.recommendations(asked, RECOMMENDED);
  return {
    seconds: secondsSince(started),
    asked: asked.length,
    of: own.length,
    tableMB: found.bytes / MEGA,
    peakMB: peakMB(),
  };
}

function secondsSince(started) {
  return (performance.now() - started) / 1000;
}

function peakMB() {
  return process.resourceUsage().maxRSS / 1024;
}
