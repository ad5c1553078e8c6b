import type { OpeningDocument, Schedule } from '../documents';

const DAY = 24 * 60;
const WEEK = 7 * DAY;
const WEEK_MS = WEEK * 60_000;
const WORKDAYS = [1, 2, 3, 4, 5];
/** Openings last two years at most; longer ones are not looked at. */
const MOST_WEEKS = 110;

type Span = readonly [from: number, to: number];

/**
 * Minutes a week in which experts are at work within the window that an opening asks for, each in the week in which they are
 * fewest: when clocks change on one side and not on the other, the hours that both share do, too.
 */
export function overlapWith({
  overlap,
  firstDay,
  lastDay,
}: Pick<OpeningDocument, 'overlap' | 'firstDay' | 'lastDay'>): (schedule: Schedule) => number {
  if (!overlap) return () => 0;
  const wanted = spans(WORKDAYS, overlap.fromMinute, overlap.toMinute);
  return ({ timeZone, days, fromMinute, toMinute }) => {
    const own = spans(days, fromMinute, toMinute);
    let least = WEEK;
    for (const shift of shiftsBetween(overlap.timeZone, timeZone, firstDay, lastDay))
      least = Math.min(least, shared(own, wanted, shift));
    return least;
  };
}

const shifts = new Map<string, readonly number[]>();
const MOST_SHIFTS = 10_000;

/** By how many minutes one time zone is ahead of another in some week of the work: each number once. Kept, because many ask the same. */
function shiftsBetween(zone: string, other: string, firstDay?: Date, lastDay?: Date): readonly number[] {
  const key = `${zone} ${other} ${firstDay?.getTime()} ${lastDay?.getTime()}`;
  const known = shifts.get(key);
  if (known) return known;
  const found = [...new Set(weeks(firstDay, lastDay).map((at) => offsetOf(zone, at) - offsetOf(other, at)))];
  if (shifts.size >= MOST_SHIFTS) shifts.clear();
  shifts.set(key, found);
  return found;
}

/** The middle of each week of the work. */
function weeks(firstDay = new Date(0), lastDay = firstDay): Date[] {
  const count = Math.ceil((lastDay.getTime() - firstDay.getTime()) / WEEK_MS);
  return Array.from(
    { length: Math.max(1, Math.min(MOST_WEEKS, count)) },
    (_, week) => new Date(firstDay.getTime() + (week + 0.5) * WEEK_MS),
  );
}

/** Spans of a week in minutes from Monday, local. One that ends before it begins goes past midnight. */
function spans(days: readonly number[], from: number, to: number): Span[] {
  const length = to > from ? to - from : to - from + DAY;
  return days.map((day) => [(day - 1) * DAY + from, (day - 1) * DAY + from + length]);
}

/** Minutes that two weeks share when the first is moved; what goes over the end of the week comes in at its beginning. */
function shared(own: readonly Span[], wanted: readonly Span[], shift: number): number {
  let minutes = 0;
  for (const [from, to] of own)
    for (const [start, end] of wanted)
      for (const turn of [-WEEK, 0, WEEK])
        minutes += Math.max(0, Math.min(to + shift + turn, end) - Math.max(from + shift + turn, start));
  return minutes;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();
const MOST_OFFSETS = 100_000;

/** Minutes that a time zone is ahead of UTC at an instant. */
function offsetOf(zone: string, at: Date): number {
  const key = `${zone} ${at.getTime()}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size > MOST_OFFSETS) offsets.clear();
  const offset = readOffset(zone, at);
  offsets.set(key, offset);
  return offset;
}

function readOffset(zone: string, at: Date): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset', hour: 'numeric' });
  formats.set(zone, format);
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
}
