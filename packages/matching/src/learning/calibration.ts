import { chanceOf, type Calibration } from '../scoring/pair-score';

/** How far a fit is ahead of the average, whether the lab said yes, and what the row counts. */
export interface Told {
  readonly ahead: number;
  readonly isYes: boolean;
  readonly count: number;
}

const BINS = 10;
const STEPS = 100;

/**
 * From how far fits are ahead to chances by two numbers (Platt 1999, with his targets, which keep the chances of few outcomes from 0 and 1).
 * Not isotonic regression: that takes a thousand outcomes before it is better (Niculescu-Mizil and Caruana 2005), and it makes
 * ties, under which people of different fit would read the same chance.
 */
export function calibrationOf(told: readonly Told[]): Calibration {
  const sum = (isYes: boolean) =>
    told.reduce((all, each) => all + (each.isYes === isYes ? each.count : 0), 0);
  const [yes, no] = [sum(true), sum(false)];
  const targets = { yes: (yes + 1) / (yes + 2), no: 1 / (no + 2) };
  let [slope, offset] = [0, Math.log((yes + 1) / (no + 1))];
  for (let step = 0; step < STEPS; step++) {
    let [byS, byO, ss, so, oo] = [0, 0, 1e-9, 0, 1e-9];
    for (const { ahead, isYes, count } of told) {
      const chance = chanceOf(ahead, { slope, offset });
      const off = count * (chance - (isYes ? targets.yes : targets.no));
      const curve = count * chance * (1 - chance);
      byS += off * ahead;
      byO += off;
      ss += curve * ahead * ahead;
      so += curve * ahead;
      oo += curve;
    }
    const whole = ss * oo - so * so;
    if (whole < 1e-18) break;
    const [toS, toO] = [(oo * byS - so * byO) / whole, (ss * byO - so * byS) / whole];
    // Far steps of Newton's method may jump over the lowest point.
    const share = Math.min(1, 5 / Math.max(Math.abs(toS), Math.abs(toO), 1e-12));
    slope -= share * toS;
    offset -= share * toO;
    if (Math.abs(toS) + Math.abs(toO) < 1e-10) break;
  }
  return { slope: rounded(slope), offset: rounded(offset) };
}

/** Mean squared error of chances, and how far they are off on average within ten bins of as many rows each. */
export function errorsOf(told: readonly Told[], calibration: Calibration): { brier: number; ece: number } {
  const rows = told
    .map(({ ahead, isYes }) => ({ chance: chanceOf(ahead, calibration), yes: isYes ? 1 : 0 }))
    .sort((a, b) => a.chance - b.chance);
  const brier = rows.reduce((sum, { chance, yes }) => sum + (chance - yes) ** 2, 0) / rows.length;
  let off = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const own = rows.slice((bin * rows.length) / BINS, ((bin + 1) * rows.length) / BINS);
    off += Math.abs(own.reduce((sum, { chance, yes }) => sum + chance - yes, 0));
  }
  return { brier, ece: off / rows.length };
}

function rounded(number: number): number {
  return Math.round(number * 1e6) / 1e6;
}
