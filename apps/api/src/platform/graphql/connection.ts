import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { Refused } from '../errors/refused';

const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `How many rows, 1 to ${LARGEST_PAGE}; default ${DEFAULT_PAGE}.`,
  })
  first?: number;

  @Field(() => String, { nullable: true, description: 'Cursor of the row after which the page begins.' })
  after?: string;
}

@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'True where rows follow this page.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'True where rows come before this page.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row.' })
  startCursor?: string;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row.' })
  endCursor?: string;
}

export interface Edge<T> {
  node: T;
  cursor: string;
}

export interface Connection<T> {
  edges: Edge<T>[];
  pageInfo: PageInfo;
  totalCount: number;
}

/** The Relay connection type of a model: `connectionOf(Offer)` names it OfferConnection. */
export function connectionOf<T>(model: Type<T>, name: string = model.name): Type<Connection<T>> {
  @ObjectType(`${name}Edge`, { description: `One ${name} in a list.` })
  class EdgeType {
    @Field(() => model, { description: 'The row.' })
    node: T;

    @Field(() => String, { description: 'Its place in the list, for `after`.' })
    cursor: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: 'The rows of this page.' })
    edges: EdgeType[];

    @Field(() => PageInfo, { description: 'Where the page stands.' })
    pageInfo: PageInfo;

    @Field(() => Int, { description: 'How many rows the whole list has; counted up to 10000.' })
    totalCount: number;
  }
  return ConnectionType;
}

/** A page as a query needs it. `offset`-free: rows are asked for after a key. */
export interface Page {
  readonly limit: number;
  /** Key parts of the row after which the page begins. */
  readonly after?: readonly string[];
}

/** Reads page arguments; refuses sizes out of bounds and cursors that are not ours. */
export function pageOf(args: PageArgs): Page {
  const limit = args.first ?? DEFAULT_PAGE;
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) {
    throw new Refused('INVALID_INPUT', `Ask for 1 to ${LARGEST_PAGE} rows.`, { field: 'first' });
  }
  return { limit, after: args.after === undefined || args.after === null ? undefined : keyOf(args.after) };
}

/**
 * Builds the connection from `limit + 1` rows.
 * @param rows one row more than the page, where there is one
 * @param key the key parts that order the list, for the cursor
 */
export function connect<R, T>(
  page: Page,
  rows: readonly R[],
  totalCount: number,
  key: (row: R) => readonly string[],
  map: (row: R) => T,
): Connection<T> {
  const shown = rows.slice(0, page.limit);
  const edges = shown.map((row) => ({ node: map(row), cursor: cursorOf(key(row)) }));
  return {
    edges,
    totalCount,
    pageInfo: {
      hasNextPage: rows.length > page.limit,
      hasPreviousPage: page.after !== undefined,
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
  };
}

function cursorOf(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function keyOf(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(parts) &&
      parts.length <= 4 &&
      parts.every((part) => typeof part === 'string' && part.length <= 200)
    )
      return parts as string[];
  } catch {
    // Falls through to the refusal below: a cursor that cannot be read is not ours.
  }
  throw new Refused(
    'INVALID_INPUT',
    'This place in the list is not there any more. Start from the first page.',
    {
      field: 'after',
    },
  );
}
