import { HALF_LINE, type Half, type HalfLine, type HalfLineField, type HalfWeek } from './half';
import { checkHalf, halfAmount, lineWords, weekWords, type HalfTools } from './half-check';

const FIELD_WORDS: Readonly<Record<HalfLineField, string>> = {
  week: 'week',
  charge: 'charge',
  entry: 'entry',
  activity: 'activity',
  startsAt: 'beginning',
  endsAt: 'end',
  seconds: 'seconds',
  currency: 'currency',
  rateMinorPerHour: 'rate an hour',
  agreedMinor: 'agreed pay',
  priceMinor: 'price',
  payMinor: 'pay',
  feeMinor: 'fee',
  labFeePpm: "lab's fee, parts per million",
  expertFeePpm: "expert's fee, parts per million",
  rounding: 'rounding',
  takeRatePolicy: 'take-rate policy',
  ledgerTransaction: 'ledger transaction',
  bookedPayMinor: 'pay in the ledger',
  bookedFeeMinor: 'fee in the ledger',
  chargedAt: 'instant of the charge',
};

/** What came of a comparison: sentences about what is wrong with each half alone, and between them. */
export interface TallyResult {
  readonly lab: readonly string[];
  readonly expert: readonly string[];
  /** The first thing that differs, with both values. */
  readonly difference?: string;
}

/** True where both halves are as they were signed and the same. */
export function halvesAgree({ lab, expert, difference }: TallyResult): boolean {
  return lab.length === 0 && expert.length === 0 && difference === undefined;
}

/** Puts two halves together: each against what was signed, then line by line against the other. */
export async function compareHalves(lab: Half, expert: Half, tools: HalfTools): Promise<TallyResult> {
  return {
    lab: await checkHalf(lab, tools),
    expert: await checkHalf(expert, tools),
    difference: firstDifference(lab, expert),
  };
}

/** The first thing in which two halves differ, as a sentence with both values; undefined where there is none. */
export function firstDifference(lab: Half, expert: Half): string | undefined {
  for (const field of ['engagement', 'opening', 'currency'] as const)
    if (lab[field] !== expert[field]) return `The ${field} differs: ${both(lab[field], expert[field])}.`;
  return (
    weekDifference(lab.weeks, expert.weeks) ?? lineDifference(lab, expert) ?? restDifference(lab, expert)
  );
}

function weekDifference(lab: readonly HalfWeek[], expert: readonly HalfWeek[]): string | undefined {
  const [ofLab, ofExpert] = [lab, expert].map((weeks) => new Map(weeks.map((week) => [week.week, week])));
  for (const day of [...new Set([...lab, ...expert].map(({ week }) => week))].sort()) {
    const [one, other] = [ofLab?.get(day), ofExpert?.get(day)];
    if (!one || !other) return `${weekWords(day)}: it is in the ${one ? 'lab' : 'expert'}'s half only.`;
    if (one.version !== other.version)
      return `${weekWords(day)}: its version differs: ${both(one.version, other.version)}. The older file was made before later lines were charged; download both again.`;
  }
  return undefined;
}

function lineDifference(lab: Half, expert: Half): string | undefined {
  const ofExpert = byCharge(expert.lines);
  const ofLab = byCharge(lab.lines);
  const most = Math.max(lab.lines.length, expert.lines.length);
  for (let at = 0; at < most; at++) {
    const [one, other] = [lab.lines[at], expert.lines[at]];
    if (one && other && one.charge === other.charge) {
      const difference = fieldDifference(one, other);
      if (difference) return difference;
      continue;
    }
    if (one && !ofExpert.has(one.charge)) return `${lineWords(one)}: the line is in the lab's half only.`;
    if (other && !ofLab.has(other.charge))
      return `${lineWords(other)}: the line is in the expert's half only.`;
    if (one && other) return `${lineWords(one)}: in the expert's half ${other.charge} stands in its place.`;
    const twice = one ?? other;
    if (twice) return `${lineWords(twice)}: the line stands twice in the ${one ? 'lab' : 'expert'}'s half.`;
  }
  return undefined;
}

function fieldDifference(one: HalfLine, other: HalfLine): string | undefined {
  for (const [field, kind] of Object.entries(HALF_LINE) as [HalfLineField, string][]) {
    if (one[field] === other[field]) continue;
    const worded = (line: HalfLine) =>
      kind === 'amount' ? halfAmount(String(line[field]), line.currency) : String(line[field]);
    return `${lineWords(one)}: the ${FIELD_WORDS[field]} differs: ${both(worded(one), worded(other))}.`;
  }
  return undefined;
}

function restDifference(lab: Half, expert: Half): string | undefined {
  for (const [at, week] of lab.weeks.entries()) {
    const other = expert.weeks[at];
    for (const field of ['root', 'lines', 'priceMinor', 'payMinor', 'feeMinor'] as const)
      if (other && week[field] !== other[field])
        return `${weekWords(week.week)}: its ${field} differs: ${both(week[field], other[field])}.`;
  }
  for (const field of ['lines', 'seconds', 'priceMinor', 'payMinor', 'feeMinor'] as const)
    if (lab.totals[field] !== expert.totals[field])
      return `The sum of all weeks: its ${field} differs: ${both(lab.totals[field], expert.totals[field])}.`;
  return lab.root === expert.root ? undefined : `The root differs: ${both(lab.root, expert.root)}.`;
}

function both(lab: string | number, expert: string | number): string {
  return `${lab} in the lab's half, ${expert} in the expert's half`;
}

function byCharge(lines: readonly HalfLine[]): ReadonlySet<string> {
  return new Set(lines.map(({ charge }) => charge));
}
