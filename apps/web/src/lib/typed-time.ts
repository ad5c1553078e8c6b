import { parseDuration, weekOf } from '@tallystick/domain';

/** A time of day as people type it (`9`, `930`, `9:30`, `9.30`, `9:30 pm`), as `09:30`; undefined where it cannot be read. */
export function clockOf(text: string): string | undefined {
  const found = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*([ap])?\.?m?\.?$/.exec(text.trim().toLowerCase());
  if (!found) return undefined;
  const [, hourText = '', minuteText = '00', half] = found;
  const typed = Number(hourText);
  const hour = half === undefined ? typed : (typed % 12) + (half === 'p' ? 12 : 0);
  if (hour > 24 || Number(minuteText) > 59 || (half !== undefined && (typed < 1 || typed > 12)))
    return undefined;
  if (hour === 24) return minuteText === '00' ? '24:00' : undefined;
  return `${String(hour).padStart(2, '0')}:${minuteText}`;
}

/** An end as people type it: a time of day, or how long it took (`+1:30`, `90m`, `1.5h`, `1h 30m`). */
export type TypedEnd = { readonly clock: string } | { readonly seconds: number };

/** Reads an end; undefined where it cannot be read. */
export function endOf(text: string): TypedEnd | undefined {
  const plain = text.trim();
  const isLength = plain.startsWith('+') || /[hm](?:in)?$/i.test(plain.replace(/[ap]\.?m\.?$/i, ''));
  if (!isLength) {
    const clock = clockOf(plain);
    return clock === undefined ? undefined : { clock };
  }
  const length = parseDuration(plain.replace(/^\+\s*/, ''));
  return length.ok && length.value > 0 ? { seconds: length.value } : undefined;
}

/** The instant of a time of day on a day of the reader's zone. Takes `2026-11-28` and `09:30`. */
export function instantOf(day: string, clock: string): Date {
  const midnight = new Date(`${day}T00:00:00`);
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  midnight.setHours(hours, minutes);
  return midnight;
}

/** The span that a day, a start and an end name; an end before the start lies on the next day. Undefined where one cannot be read. */
export function spanOf(day: string, from: string, to: string): { startsAt: Date; endsAt: Date } | undefined {
  const start = clockOf(from);
  const end = endOf(to);
  if (start === undefined || end === undefined) return undefined;
  const startsAt = instantOf(day, start);
  if ('seconds' in end) return { startsAt, endsAt: new Date(startsAt.getTime() + end.seconds * 1000) };
  return { startsAt, endsAt: instantOf(day, end.clock) };
}

/** The day of an instant in the reader's zone: `2026-11-28`. */
export function localDay(instant: Date): string {
  return [instant.getFullYear(), instant.getMonth() + 1, instant.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}

/** One day of a payroll week in the reader's zone. */
export interface WeekDay {
  /** `2026-11-28`. */
  readonly day: string;
  /** `Sat 28 Nov`. */
  readonly label: string;
  /** What of the day belongs to the week where it is not all of it. */
  readonly part: string;
}

/**
 * The days of a payroll week as the reader's calendar has them. Weeks run Monday to Monday UTC, so away from UTC the
 * first and the last day belong to it in part, and there are eight.
 */
export function daysOfWeek(weekStart: string): WeekDay[] {
  const { startsAt, endsAt } = weekOf(new Date(weekStart));
  const days: WeekDay[] = [];
  const at = new Date(startsAt);
  at.setHours(0, 0, 0, 0);
  while (at < endsAt) {
    const next = new Date(at);
    next.setDate(next.getDate() + 1);
    const clock = (instant: Date) =>
      instant.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    days.push({
      day: localDay(at),
      label: at.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }),
      part: at < startsAt ? `from ${clock(startsAt)}` : next > endsAt ? `until ${clock(endsAt)}` : '',
    });
    at.setDate(at.getDate() + 1);
  }
  return days;
}
