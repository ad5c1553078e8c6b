import { formatAmount, formatDuration, type Currency } from '@tallystick/domain';

/** An amount as the server gives it. */
export interface Money {
  readonly minor: string;
  readonly currency: string;
}

/** An amount in words. */
export function money({ minor, currency }: Money): string {
  return formatAmount({ minor: BigInt(minor), currency: currency as Currency });
}

/** A duration in words. */
export const duration = formatDuration;

/** A day in the reader's own form. */
export function day(instant: string): string {
  return new Date(instant).toLocaleDateString('en', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** A moment in the reader's zone. */
export function moment(instant: string): string {
  return new Date(instant).toLocaleString('en', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}

/** A code of a state in words: `BLOCKED_FUNDING` reads “Blocked funding”. */
export function words(code: string): string {
  const text = code.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A key for one action, so that sending it twice acts once. */
export function newKey(): string {
  return crypto.randomUUID();
}

/** The present day, year-month-day, UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
