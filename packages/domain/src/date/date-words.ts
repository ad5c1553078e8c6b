const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A day of UTC as it stands in a sentence: `3 December 2026`. */
export function dayWords(at: Date): string {
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** A time of day, UTC, without saying so: `16:16`. */
export function clockWords(at: Date): string {
  return at.toISOString().slice(11, 16);
}

/** An instant as it stands in a sentence: `3 December 2026, 16:16 UTC`. */
export function momentWords(at: Date): string {
  return `${dayWords(at)}, ${clockWords(at)} UTC`;
}
