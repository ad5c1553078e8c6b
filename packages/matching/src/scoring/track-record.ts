/** Weeks of work in one family of tasks: those that were approved as logged, and those of which less was agreed on. A week counts half as much after half a year. */
export interface WorkedWeeks {
  readonly family: string;
  readonly passed: number;
  readonly reduced: number;
}

/** How many weeks' worth of weight what is known of others has, beside an expert's own. */
const STRENGTH = 20;
/** Before anything is known: nine weeks of ten pass, as sure as ten weeks make one. */
const START = { share: 0.9, weeks: 10 } as const;
/** A week counts half as much after so many days. */
export const HALF_LIFE_DAYS = 180;
/** Fewer weeks of work than these make somebody a newcomer. */
export const NEWCOMER_WEEKS = 5;

/** How often weeks pass: over everybody, and by family of tasks, which leans on everybody. */
export interface PassRates {
  readonly all: number;
  readonly families: ReadonlyMap<string, number>;
}

/** The rates of everybody's weeks. */
export function passRates(weeks: readonly WorkedWeeks[]): PassRates {
  const sums = new Map<string, { passed: number; all: number }>();
  const total = { passed: 0, all: 0 };
  for (const { family, passed, reduced } of weeks) {
    const own = sums.get(family) ?? { passed: 0, all: 0 };
    sums.set(family, own);
    for (const sum of [own, total]) {
      sum.passed += passed;
      sum.all += passed + reduced;
    }
  }
  const all = shrunk(total.passed, total.all, START.share, START.weeks);
  return {
    all,
    families: new Map([...sums].map(([family, sum]) => [family, shrunk(sum.passed, sum.all, all, STRENGTH)])),
  };
}

/**
 * How often an expert's weeks pass, as far as that is known: the mean of a beta posterior whose prior is that of the families in
 * which they worked, and of everybody for who has not. Few weeks say little, so nobody falls or rises by one.
 */
export function passShare(own: readonly WorkedWeeks[], rates: PassRates): number {
  let [passed, all, prior] = [0, 0, 0];
  for (const { family, passed: good, reduced } of own) {
    passed += good;
    all += good + reduced;
    prior += (good + reduced) * (rates.families.get(family) ?? rates.all);
  }
  return shrunk(passed, all, all > 0 ? prior / all : rates.all, STRENGTH);
}

/** The share of weeks that were handed in in time, leaning on nine of ten. */
export function timelyShare(inTime: number, weeks: number): number {
  return shrunk(inTime, weeks, START.share, START.weeks);
}

function shrunk(passed: number, all: number, prior: number, strength: number): number {
  return (prior * strength + passed) / (strength + all);
}
