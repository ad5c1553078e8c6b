const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** When runs are made and how long banks take. Days are days of UTC. */
export interface PayoutCalendar {
  /** Minute of the day, UTC, at which the daily run begins. */
  readonly cutOffMinute: number;
  /** Business days that a bank takes after the run. */
  readonly bankDays: number;
  /** Days on which banks are closed, ISO 8601 (`2026-12-25`); weekends are known without it. */
  readonly holidays: ReadonlySet<string>;
}

/** A day of UTC as text: `2026-11-18`. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The run of the day that an instant belongs to: today from the cut-off on, yesterday before it. */
export function periodOf(now: Date, { cutOffMinute }: PayoutCalendar): string {
  return dayOf(new Date(now.getTime() - cutOffMinute * MINUTE_MS));
}

/** When the next daily run begins: today's cut-off, or tomorrow's where that has passed. */
export function nextRunAt(now: Date, { cutOffMinute }: PayoutCalendar): Date {
  const today = new Date(`${dayOf(now)}T00:00:00Z`).getTime() + cutOffMinute * MINUTE_MS;
  return new Date(today > now.getTime() ? today : today + DAY_MS);
}

/** When the first run begins of a later day (UTC) than an instant's. */
export function nextDayRunAt(now: Date, calendar: PayoutCalendar): Date {
  const lastOfDay = new Date(`${dayOf(now)}T23:59:59.999Z`);
  return nextRunAt(lastOfDay, calendar);
}

/** True on a day on which banks work. */
export function isBankDay(day: Date, { holidays }: Pick<PayoutCalendar, 'holidays'>): boolean {
  const weekday = day.getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(dayOf(day));
}

/**
 * The day by which money that is asked for now is in the bank: so many business days after it, each a day on which
 * banks work. What is asked for on a day without banks counts from the next one that has them.
 */
export function promisedDay(now: Date, calendar: PayoutCalendar): Date {
  let day = new Date(`${dayOf(now)}T00:00:00Z`);
  while (!isBankDay(day, calendar)) day = new Date(day.getTime() + DAY_MS);
  for (let left = calendar.bankDays; left > 0;) {
    day = new Date(day.getTime() + DAY_MS);
    if (isBankDay(day, calendar)) left--;
  }
  return day;
}

/** The next day on which banks, and people who decide, work: never the same day. */
export function nextBankDay(now: Date, calendar: Pick<PayoutCalendar, 'holidays'>): Date {
  let day = new Date(`${dayOf(now)}T00:00:00Z`);
  do day = new Date(day.getTime() + DAY_MS);
  while (!isBankDay(day, calendar));
  return day;
}

/** By when a person decides on a request: the end of the next day on which people work, never after the request has lapsed. */
export function decisionBy(now: Date, calendar: Pick<PayoutCalendar, 'holidays'>, lapsesAt: Date): Date {
  const end = new Date(nextBankDay(now, calendar).getTime() + DAY_MS);
  return end < lapsesAt ? end : lapsesAt;
}
