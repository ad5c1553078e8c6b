import { isDate } from '@tallystick/domain';
import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { Refused } from '../errors/refused';

/** A day, or an instant with its distance from UTC; years as PostgreSQL and the pages have them. */
const INSTANT = /^(?!0000)(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** A date that cannot be read. What it was is kept, so that the door can look up which field it was given for. */
export class UnreadableDate extends Refused {
  constructor(
    readonly given: unknown,
    field?: string,
  ) {
    super('INVALID_INPUT', 'This is no date and time. Write it like 2027-03-31T15:00:00Z.', { field });
  }
}

/** The instant that a text names. Refuses with INVALID_INPUT: a Date of nothing would reach the database. */
function instantOf(given: unknown, field?: string): Date {
  const [, day] = typeof given === 'string' ? (INSTANT.exec(given) ?? []) : [];
  const instant = new Date(String(given));
  if (day === undefined || !isDate(day) || Number.isNaN(instant.getTime()))
    throw new UnreadableDate(given, field);
  return instant;
}

/** The name that stands before a value in the text of a document, be the value in a list or not. */
function nameBefore({ loc }: ValueNode): string | undefined {
  let token = loc?.startToken.prev;
  while (token && token.kind !== ':') token = token.prev;
  return token?.prev?.value;
}

/** The one scalar of instants. The framework's own takes any text and gives a Date of nothing for what it cannot read. */
export const DateTime = new GraphQLScalarType<Date, string | null>({
  name: 'DateTime',
  description: 'An instant such as 2027-03-31T15:00:00Z, given in UTC; a day alone is its first instant.',
  serialize: (value) => (value instanceof Date ? value.toISOString() : null),
  parseValue: (given) => instantOf(given),
  parseLiteral: (node) => instantOf(node.kind === Kind.STRING ? node.value : undefined, nameBefore(node)),
});

/** Which scalar stands for which class in the schema. */
export const SCALARS = [{ type: Date, scalar: DateTime }];

/** The innermost name under which a value was given among variables: what a form calls the field. */
export function nameOf(given: unknown, variables: unknown, name?: string): string | undefined {
  if (typeof variables !== 'object' || variables === null) return variables === given ? name : undefined;
  for (const [key, each] of Object.entries(variables)) {
    const found = nameOf(given, each, Array.isArray(variables) ? name : key);
    if (found !== undefined) return found;
  }
  return undefined;
}
