import {
  HALF_LINE,
  HALF_LINE_MORE,
  type Half,
  type HalfLine,
  type HalfLineField,
  type HalfWeek,
} from './half';
import { checkHalf, halfAmount, lineWords, weekWords, type HalfTools } from './half-check';
import { asBefore, newerHalf, type NewerHalf } from './half-newer';

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
  reason: 'reason',
};

/** What came of a comparison: sentences about what is wrong with each half alone, and between them. */
export interface TallyResult {
  readonly lab: readonly string[];
  readonly expert: readonly string[];
  /** The first thing that differs, with both values. */
  readonly difference?: string;
  /** Which half was made later, and what only it has; undefined where both are of one time. Of what both have, see `difference`. */
  readonly newer?: NewerHalf;
}

/** True where both halves are as they were signed and the same. */
export function halvesAgree(result: TallyResult): boolean {
  return agreeAsFarAsBothGo(result) && result.newer === undefined;
}

/** True where both halves are as they were signed, and what both have is the same: the newer one may have more. */
export function agreeAsFarAsBothGo({ lab, expert, difference }: TallyResult): boolean {
  return lab.length === 0 && expert.length === 0 && difference === undefined;
}

/** Puts two halves together: each against what was signed, then line by line against the other. */
export async function compareHalves(lab: Half, expert: Half, tools: HalfTools): Promise<TallyResult> {
  const newer = lab.engagement === expert.engagement ? newerHalf(lab, expert) : undefined;
  return {
    lab: await checkHalf(lab, tools),
    expert: await checkHalf(expert, tools),
    difference: firstDifference(lab, expert, newer),
    newer,
  };
}

/**
 * The first thing in which two halves differ, as a sentence with both values; undefined where there is none. Where one is
 * newer, the first of what both have.
 */
function firstDifference(lab: Half, expert: Half, newer: NewerHalf | undefined): string | undefined {
  for (const field of ['engagement', 'opening', 'issuer', 'currency'] as const)
    if (lab[field] !== expert[field]) return `The ${field} differs: ${both(lab[field], expert[field])}.`;
  if (newer) {
    const [ofLab, ofExpert] =
      newer.side === 'LAB' ? [asBefore(lab, newer), expert] : [lab, asBefore(expert, newer)];
    return lineDifference(ofLab, ofExpert) ?? sameVersionDifference(lab.weeks, expert.weeks);
  }
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
      return `${weekWords(day)}: its version differs: ${both(one.version, other.version)}, and other weeks are newer in the other half. No two files of one time are so; download both again.`;
  }
  return undefined;
}

/** The first week that both halves have in the same version and not the same. */
function sameVersionDifference(lab: readonly HalfWeek[], expert: readonly HalfWeek[]): string | undefined {
  const ofExpert = new Map(expert.map((week) => [week.week, week]));
  for (const week of lab) {
    const other = ofExpert.get(week.week);
    const difference = other?.version === week.version ? fieldOfWeek(week, other) : undefined;
    if (difference) return difference;
  }
  return undefined;
}

function fieldOfWeek(week: HalfWeek, other: HalfWeek): string | undefined {
  for (const field of ['root', 'lines', 'priceMinor', 'payMinor', 'feeMinor'] as const)
    if (week[field] !== other[field])
      return `${weekWords(week.week)}: its ${field} differs: ${both(week[field], other[field])}.`;
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
  for (const [field, kind] of Object.entries({ ...HALF_LINE, ...HALF_LINE_MORE }) as [
    HalfLineField,
    string,
  ][]) {
    if (one[field] === other[field]) continue;
    const worded = (line: HalfLine) =>
      kind === 'amount' ? halfAmount(String(line[field]), line.currency) : String(line[field] ?? 'none');
    return `${lineWords(one)}: the ${FIELD_WORDS[field]} differs: ${both(worded(one), worded(other))}.`;
  }
  return undefined;
}

function restDifference(lab: Half, expert: Half): string | undefined {
  const ofWeeks = sameVersionDifference(lab.weeks, expert.weeks);
  if (ofWeeks) return ofWeeks;
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
