import { ok, refuse, type Result } from '../result/result';
import type { Span } from './week';

/** What time can be logged for. All of it is paid. */
export const ACTIVITY_KINDS = {
  WORK: 'Work',
  ONBOARDING: 'Onboarding',
  INSTRUCTIONS: 'Reading instructions',
  QUALIFICATION: 'Qualification',
  MEETING: 'Meeting',
  REVIEW: 'Review',
} as const;
export type ActivityKind = keyof typeof ACTIVITY_KINDS;

export const ENTRY_SOURCES = ['TRACKED', 'MANUAL'] as const;
export type EntrySource = (typeof ENTRY_SOURCES)[number];

const LONGEST_SECONDS = 16 * 3600;
const SHORTEST_SECONDS = 60;

/** An entry as somebody wants to log it. */
export interface EntryDraft extends Span {
  readonly kind: ActivityKind;
  readonly source: EntrySource;
  readonly note: string;
}

/** Seconds of a span. */
export function secondsOf(span: Span): number {
  return Math.round((span.endsAt.getTime() - span.startsAt.getTime()) / 1000);
}

/** Checks one entry by itself: order, length, not in the future, a note where it was not tracked. */
export function checkEntry(entry: EntryDraft, now: Date): Result<EntryDraft> {
  const seconds = secondsOf(entry);
  if (!(seconds > 0))
    return refuse('ENTRY_BACKWARDS', 'The end must come after the start.', { field: 'endsAt' });
  if (seconds < SHORTEST_SECONDS)
    return refuse('ENTRY_TOO_SHORT', 'The shortest entry is one minute.', { field: 'endsAt' });
  if (seconds > LONGEST_SECONDS)
    return refuse('ENTRY_TOO_LONG', 'One entry is at most 16 hours. Split it, or correct the end.', {
      field: 'endsAt',
    });
  if (entry.endsAt > now)
    return refuse('ENTRY_IN_FUTURE', 'Time can be logged only once it has passed.', { field: 'endsAt' });
  if (entry.source === 'MANUAL' && entry.note.trim().length < 3) {
    return refuse('ENTRY_NEEDS_NOTE', 'Say in a few words what you did: time entered by hand needs a note.', {
      field: 'note',
    });
  }
  if (entry.note.length > 500)
    return refuse('ENTRY_NOTE_TOO_LONG', 'A note has at most 500 characters.', { field: 'note' });
  return ok(entry);
}

/** Whether more time fits under the weekly cap; from 90 % on it warns. */
export function checkCap(
  loggedSeconds: number,
  addSeconds: number,
  capSeconds: number,
): Result<{ isNearCap: boolean }> {
  const total = loggedSeconds + addSeconds;
  if (total > capSeconds) {
    const left = Math.max(0, capSeconds - loggedSeconds);
    return refuse(
      'WEEKLY_CAP',
      `The weekly cap is ${formatDuration(capSeconds)}; ${formatDuration(left)} of it is left. Ask the lab to raise it, or log less.`,
      { field: 'endsAt' },
    );
  }
  return ok({ isNearCap: total >= 0.9 * capSeconds });
}

/** Reads a duration as people type it: `1:30`, `1.5`, `90m`, `1h 30m`. Returns seconds. */
export function parseDuration(text: string): Result<number> {
  const plain = text.trim().toLowerCase();
  const clock = /^(\d{1,2}):([0-5]\d)$/.exec(plain);
  if (clock) return ok(Number(clock[1]) * 3600 + Number(clock[2]) * 60);
  const decimal = /^(\d{1,2})(?:[.,](\d{1,2}))?\s*h?$/.exec(plain);
  if (decimal) return ok(Math.round(Number(`${decimal[1]}.${decimal[2] ?? '0'}`) * 3600));
  const parts = /^(?:(\d{1,2})\s*h)?\s*(?:(\d{1,3})\s*m(?:in)?)?$/.exec(plain);
  if (parts && plain !== '') return ok(Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60);
  return refuse('DURATION_UNREADABLE', 'Write a duration like 1:30, 1.5 or 90m.', { field: 'duration' });
}

/** A duration in words: `7 h 30 min`; with its sign in front where time was taken back: `-4 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 0) return signed(formatDuration(-seconds));
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** A duration as a clock: `7:30`; with seconds where there are any, with its sign in front where it is less than nothing. */
export function formatClock(seconds: number): string {
  if (seconds < 0) return signed(formatClock(-seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = seconds % 60;
  const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}`;
  return rest === 0 ? clock : `${clock}:${two(rest)}`;
}

/** What rounds to nothing has no sign. */
function signed(words: string): string {
  return /[1-9]/.test(words) ? `-${words}` : words;
}
