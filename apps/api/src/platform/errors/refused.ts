import type { Refusal, Result } from '@tallystick/domain';
import { z } from 'zod';

/** A refusal on its way out: a stable code, a sentence that a person can act on, the field or row it is about. Not a bug. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly about: { field?: string; rowId?: string } = {},
  ) {
    super(message);
  }
}

/** The value of a result, or its refusal thrown to the edge. */
export function orRefuse<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw refusedBy(result.refusal);
}

/** A domain refusal as one that is thrown to the edge. */
export function refusedBy(refusal: Refusal): Refused {
  return new Refused(refusal.code, refusal.message, { field: refusal.field, rowId: refusal.rowId });
}

/** What is absent and what belongs to somebody else look the same. */
export function notFound(what: string): Refused {
  return new Refused('NOT_FOUND', `This ${what} does not exist, or it is not yours to see.`);
}

/**
 * Reads untrusted input by a schema; the refusal is a sentence about the first bad field, which it names beside it. The
 * words are those of a form's fields where none are given.
 */
export function parseInput<T>(
  schema: z.ZodType<T>,
  input: unknown,
  words: (issue: z.core.$ZodRawIssue) => string = wordsFor,
): T {
  const result = schema.safeParse(input, { error: words });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Refused('INVALID_INPUT', sentenceOf(issue?.message ?? UNREADABLE), {
    field: (issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.')) ?? '',
  });
}

/** What is said of a text that was given for an id and is none: nobody's page, so that loading it again would not help. */
export const NOT_AN_ID = 'This is not an id. Copy it whole from another page.';

const UNREADABLE = 'this cannot be read; write it again';

/** What a person reads where a schema says nothing itself. */
function wordsFor(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') return issue.input == null ? 'fill this in' : UNREADABLE;
  if (issue.code === 'invalid_value') return 'choose one from the list';
  if (issue.code === 'too_small')
    return issue.origin === 'string' && Number(issue.minimum) <= 1
      ? 'fill this in'
      : bounded('at least', issue.origin, issue.minimum);
  if (issue.code === 'too_big') return bounded('at most', issue.origin, issue.maximum);
  if (issue.code === 'invalid_format' && issue.format === 'uuid') return NOT_AN_ID;
  return UNREADABLE;
}

function bounded(words: string, origin: string, bound: number | bigint): string {
  if (origin === 'string') return `write ${words} ${bound} characters`;
  return origin === 'array' ? `choose ${words} ${bound}` : `${words} ${bound}`;
}

function sentenceOf(words: string): string {
  const ending = /[.!?]$/.test(words) ? '' : '.';
  return words.charAt(0).toUpperCase() + words.slice(1) + ending;
}
