import { formatDuration } from '@tallystick/domain';

/** A duration in words: `7 h 30 min`. Takes seconds. */
export const duration = formatDuration;

/** A duration in a grid: `7:30`. Takes seconds. */
export function clockHours(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const sign = seconds < 0 && minutes > 0 ? '-' : '';
  return `${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** A running time with seconds: `00:07:30`. */
export function stopwatch(seconds: number): string {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
}

/** The zone of this browser. */
export const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A day of the payroll calendar, which runs in UTC: `16 Nov 2026`. */
export function day(instant: string): string {
  return new Date(instant).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** A moment in the reader's zone: `16 Nov, 14:30`. */
export function moment(instant: string): string {
  return new Date(instant).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** The time of day in the reader's zone: `14:30`. */
export function clock(instant: string): string {
  return new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** How far away an instant is: `in 2 days`, `3 hours ago`. */
export function distance(instant: string, now = Date.now()): string {
  const minutes = Math.round((new Date(instant).getTime() - now) / 60_000);
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / 1440), 'day');
}

/** The present day, year-month-day, UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Monday 00:00 UTC of the week that an instant is in. */
export function mondayOf(instant: Date): Date {
  const start = new Date(instant);
  start.setUTCHours(0, 0, 0, 0);
  start.setUTCDate(start.getUTCDate() - ((start.getUTCDay() + 6) % 7));
  return start;
}

/** Monday 00:00 UTC of the present week. */
export function thisMonday(): string {
  return mondayOf(new Date()).toISOString();
}

/** Zones for a choice: UTC first, then by name. `kept` is one that is chosen already, also where this browser does not list it. */
export function zoneOptions(kept: string): (readonly [string, string])[] {
  const known = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC');
  const all = kept === 'UTC' || known.includes(kept) ? known : [kept, ...known];
  return ['UTC', ...all].map((zone) => [zone, `${zone.replaceAll('_', ' ')}${offsetOf(zone)}`] as const);
}

/** ` (UTC+2)` as it is now; nothing for UTC itself and for a zone that this browser does not know. */
function offsetOf(zone: string): string {
  if (zone === 'UTC') return '';
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' });
    const offset = parts.formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return ` (${offset.replace('GMT', 'UTC')})`;
  } catch {
    return '';
  }
}
