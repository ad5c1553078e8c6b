import { momentWords } from '../date/date-words';
import { ok, refuse, type Result } from '../result/result';
import type { Span } from './week';

/** The parts of a span that none of the others covers, in the order of time; parts under `shortestSeconds` are left out. */
export function subtractSpans(span: Span, others: readonly Span[], shortestSeconds = 60): Span[] {
  const parts: Span[] = [];
  let startsAt = span.startsAt;
  for (const other of [...others].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())) {
    if (other.startsAt > startsAt) parts.push({ startsAt, endsAt: earlier(other.startsAt, span.endsAt) });
    if (other.endsAt > startsAt) startsAt = other.endsAt;
    if (startsAt >= span.endsAt) break;
  }
  if (startsAt < span.endsAt) parts.push({ startsAt, endsAt: span.endsAt });
  return parts.filter((part) => part.endsAt.getTime() - part.startsAt.getTime() >= shortestSeconds * 1000);
}

/** The beginning of a span that is at most so many seconds long. */
export function cutAfter(span: Span, seconds: number): Span {
  return {
    startsAt: span.startsAt,
    endsAt: earlier(span.endsAt, new Date(span.startsAt.getTime() + seconds * 1000)),
  };
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

/**
 * Work counts only until the engagement ends; before its first week no week is held. `endsAt` is null while no notice
 * was given. Refuses with ENTRY_AFTER_END.
 */
export function checkBeforeEnd(span: Span, endsAt: Date | null): Result<Span> {
  if (!endsAt || span.endsAt <= endsAt) return ok(span);
  const message = `This engagement ends on ${momentWords(endsAt)}; time after it cannot be logged.`;
  return refuse('ENTRY_AFTER_END', message, { field: 'endsAt' });
}
