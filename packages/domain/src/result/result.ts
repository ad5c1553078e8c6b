/** Why something was refused: a stable code, a sentence that a person can act on, the field or row it is about. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  readonly rowId?: string;
}

/** A value, or the refusal to give one. The domain never throws for a business refusal. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** A result that holds a value. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A result that refuses. */
export function refuse(
  code: string,
  message: string,
  about: { field?: string; rowId?: string } = {},
): Result<never> {
  return { ok: false, refusal: { code, message, ...about } };
}
