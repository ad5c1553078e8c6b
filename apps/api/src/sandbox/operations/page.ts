import { missing, RailError, type Body } from '../store';

/** Which part of a list a call wants. */
export interface Wanted {
  readonly limit: number;
  /** What follows this object, newest first. */
  readonly after?: string;
  /** What comes before this object: what is next to it. */
  readonly before?: string;
}

const USUAL = 10;
const MOST = 100;

/**
 * Reads which part of a list of a kind is asked for. Refuses a limit outside of 1 to 100, both cursors at once, and
 * with resource_missing a cursor that is none of the list's objects.
 */
export async function wantedOf(
  kind: string,
  body: Body,
  isThere: (id: string) => Promise<boolean>,
): Promise<Wanted> {
  const { limit = USUAL, starting_after: after, ending_before: before } = body as Record<string, string>;
  mustBeWithin(Number(limit));
  if (after !== undefined && before !== undefined)
    throw new RailError(
      400,
      'parameters_exclusive',
      'You may only specify one of these parameters: ending_before, starting_after.',
      { param: 'ending_before' },
    );
  for (const [param, id] of Object.entries({ starting_after: after, ending_before: before }))
    if (id !== undefined && !(await isThere(id))) throw missing(kind, id, param);
  return { limit: Number(limit), after, before };
}

function mustBeWithin(limit: number): void {
  if (limit >= 1 && limit <= MOST) return;
  const message =
    limit < 1
      ? 'This value must be greater than or equal to 1.'
      : `This value must be less than or equal to ${MOST} (it currently is '${limit}').`;
  throw new RailError(400, 'parameter_invalid_integer', message, { param: 'limit' });
}

/** A part of a list in Stripe's shape, newest first. `rows` hold one more than was wanted, where there is one, from the cursor on. */
export function pageOf(url: string, rows: readonly Body[], { limit, before }: Wanted): Body {
  const data = rows.slice(0, limit);
  return {
    object: 'list',
    url,
    has_more: rows.length > limit,
    data: before === undefined ? data : data.reverse(),
  };
}
