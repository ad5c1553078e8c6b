const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** A payroll week: Monday 00:00 UTC up to, not including, the next. */
export interface Week {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** The week in which an instant lies. */
export function weekOf(instant: Date): Week {
  const start = Math.floor((instant.getTime() - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS;
  return { startsAt: new Date(start), endsAt: new Date(start + WEEK_MS) };
}

/** The week after the one in which an instant lies. */
export function nextWeekOf(instant: Date): Week {
  return weekOf(new Date(weekOf(instant).endsAt));
}

export interface Span {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Cuts a span at each Monday 00:00 UTC, so that each part lies in one week. */
export function splitAtWeek(span: Span): Span[] {
  const parts: Span[] = [];
  let startsAt = span.startsAt;
  while (startsAt < span.endsAt) {
    const { endsAt: boundary } = weekOf(startsAt);
    const endsAt = boundary < span.endsAt ? boundary : span.endsAt;
    parts.push({ startsAt, endsAt });
    startsAt = endsAt;
  }
  return parts;
}
