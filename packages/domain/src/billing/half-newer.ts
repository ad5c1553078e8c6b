import { groupedBy } from '../lists/grouped-by';
import type { Half, HalfLine, HalfSide } from './half';
import { chargeWords, weekWords } from './half-check';

/** One half that was made later than the other: what it has besides, and how much both have. */
export interface NewerHalf {
  /** Whose half is the newer one. */
  readonly side: HalfSide;
  /** Weeks with lines that only the newer half has, oldest first. */
  readonly weeks: readonly NewerWeek[];
  /** How many lines both halves have. */
  readonly common: number;
}

/** A week in which only the newer half has some lines. */
export interface NewerWeek {
  /** Its Monday, YYYY-MM-DD. */
  readonly week: string;
  /** True where the older half has nothing of the week. */
  readonly isWhole: boolean;
  /** The lines that only the newer half has. */
  readonly lines: readonly HalfLine[];
}

/** Lines of one week that are named one by one. */
const MOST_NAMED = 5;

/**
 * Which of two halves is the newer one: no week of it is in an older version than in the other, none is missing in it,
 * and it has more. Undefined where both are of one time, or neither goes beyond the other in everything.
 */
export function newerHalf(lab: Half, expert: Half): NewerHalf | undefined {
  if (goesBeyond(lab, expert)) return beyond('LAB', lab, expert);
  return goesBeyond(expert, lab) ? beyond('EXPERT', expert, lab) : undefined;
}

/** The newer half as it was when the older one was made, by what it says: without the lines that came since. */
export function asBefore(newer: Half, { weeks }: NewerHalf): Half {
  const later = new Set(weeks.flatMap(({ lines }) => lines));
  return { ...newer, lines: newer.lines.filter((line) => !later.has(line)) };
}

/**
 * What is only in the newer half, week by week, as sentences.
 * @param areSame whether everything that both have is the same
 */
export function newerWords({ side, weeks, common }: NewerHalf, areSame: boolean): string[] {
  const [newer, older] = side === 'LAB' ? ["lab's", "expert's"] : ["expert's", "lab's"];
  const more = weeks.reduce((sum, { lines }) => sum + lines.length, 0);
  return [
    `The ${newer} half is newer: ${counted(more)} ${more === 1 ? 'was' : 'were'} charged after the ${older} half was made.`,
    ...weeks.map(weekSentence),
    ...(areSame ? [sameWords(common)] : []),
    `Download the ${older} half again: then both can be compared whole.`,
  ];
}

function sameWords(common: number): string {
  if (common === 0) return 'No line is in both yet.';
  return common === 1
    ? 'The one line that both have is the same.'
    : `The ${common} lines that both have are the same.`;
}

function weekSentence({ week, isWhole, lines }: NewerWeek): string {
  const named = lines.slice(0, MOST_NAMED).map((line) => chargeWords(line));
  const rest = lines.length > MOST_NAMED ? `; and ${lines.length - MOST_NAMED} more` : '';
  const what = isWhole ? 'the whole week' : counted(lines.length);
  return `${weekWords(week)}, only in the newer half: ${what}${named.length > 0 ? `: ${named.join('; ')}` : ''}${rest}.`;
}

function counted(lines: number): string {
  return lines === 1 ? '1 line' : `${lines} lines`;
}

function versionsOf({ weeks }: Half): ReadonlyMap<string, number> {
  return new Map(weeks.map(({ week, version }) => [week, version]));
}

function goesBeyond(newer: Half, older: Half): boolean {
  const [later, earlier] = [versionsOf(newer), versionsOf(older)];
  const hasAll = [...earlier].every(([week, version]) => (later.get(week) ?? 0) >= version);
  return hasAll && [...later].some(([week, version]) => version > (earlier.get(week) ?? 0));
}

function beyond(side: HalfSide, newer: Half, older: Half): NewerHalf {
  const versions = versionsOf(older);
  const known = new Set(older.lines.map(({ charge }) => charge));
  const lines = groupedBy(newer.lines, ({ week }) => week);
  const weeks = [...versionsOf(newer)]
    .filter(([week, version]) => version > (versions.get(week) ?? 0))
    .map(([week]) => ({
      week,
      isWhole: !versions.has(week),
      lines: (lines.get(week) ?? []).filter(({ charge }) => !known.has(charge)),
    }))
    .sort((a, b) => (a.week < b.week ? -1 : 1));
  const later = weeks.reduce((sum, each) => sum + each.lines.length, 0);
  return { side, weeks, common: newer.lines.length - later };
}
