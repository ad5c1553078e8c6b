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

/** Reads untrusted input by a schema; the refusal names the first bad field. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw new Refused('INVALID_INPUT', `${field || 'The input'}: ${issue?.message ?? 'is not valid'}.`, {
    field,
  });
}
