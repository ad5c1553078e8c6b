import { dayOf, dayWords } from '@tallystick/domain';

const DAY_MS = 86_400_000;
/** A day as it is written everywhere: alone, in an instant, in a sentence. */
const DAY = /(?<![\w-])(20\d\d-\d\d-\d\d)(?![\d-])/g;
/** A day as it is written in words: `3 December 2026`. */
const DAY_IN_WORDS =
  /(?<![\w.])\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) 20\d\d(?!\d)/g;
/** Seconds since 1970, as the sandbox rail writes instants. */
const EPOCH = /"(created|available_on|arrival_date)": ?(\d{10})(?!\d)/g;

/** By how much a world moves. */
export interface Shift {
  /** Whole weeks, so that every day of the week stays what it is. */
  readonly weeks: number;
  /** First day of the history. What is older (a degree, a former employer) is biography and stays. */
  readonly from: Date;
}

/** A row as text, with every instant and day of the history moved. The time of day stays. */
export function shifted(text: string, { weeks, from }: Shift): string {
  if (weeks === 0) return text;
  const seconds = weeks * 7 * 86_400;
  const first = from.getTime();
  return text
    .replace(DAY, (day) => {
      const at = Date.parse(`${day}T00:00:00Z`);
      // What merely looks like a day has no instant, and stays.
      return at >= first ? dayOf(new Date(at + weeks * 7 * DAY_MS)) : day;
    })
    .replace(DAY_IN_WORDS, (words) => {
      const at = Date.parse(`${words} UTC`);
      return at >= first ? dayWords(new Date(at + weeks * 7 * DAY_MS)) : words;
    })
    .replace(
      EPOCH,
      (_, name: string, at: string) => `"${name}": ${Number(at) * 1000 >= first ? Number(at) + seconds : at}`,
    );
}
