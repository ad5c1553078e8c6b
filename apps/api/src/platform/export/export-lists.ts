import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Read } from '../prisma/transaction';

/** What stands in a cell. Amounts are minor units as text or bigint; instants are UTC. */
export type ExportCell = string | number | bigint | boolean | Date | null;
export type ExportRow = Readonly<Record<string, ExportCell>>;

/** A list that auditors may take away, as its feature declares it. */
export interface ExportList<Filter = unknown> {
  /** In its address and its file's name: `charges`. */
  readonly name: string;
  /** Names of the columns, in their order; every row has them all. */
  readonly columns: readonly string[];
  /** What may be asked for, from the query of the address, by its name. */
  readonly filter: z.ZodType<Filter> & { readonly shape: object };
  /** The rows in pieces of a bounded size, in an order that is always the same. */
  readonly rows: (read: Read, filter: Filter) => AsyncIterable<readonly ExportRow[]>;
}

/** All lists of all features. Two of one name stop the start. */
@Injectable()
export class ExportLists {
  private readonly lists = new Map<string, ExportList<never>>();

  /** Registers a feature's list. */
  add<Filter>(list: ExportList<Filter>): void {
    if (this.lists.has(list.name)) throw new Error(`the list ${list.name} is registered twice`);
    this.lists.set(list.name, list as unknown as ExportList<never>);
  }

  /** The list of a name. */
  find(name: string): ExportList<never> | undefined {
    return this.lists.get(name);
  }
}

/** Reads a list page by page by the key of the last row: pieces of at most `limit` rows. */
export async function* paged<Row>(
  read: (limit: number, after?: readonly string[]) => Promise<Row[]>,
  keyOf: (row: Row) => readonly string[],
  limit = 1000,
): AsyncGenerator<Row[]> {
  let after: readonly string[] | undefined;
  for (;;) {
    const rows = await read(limit, after);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < limit || last === undefined) return;
    after = keyOf(last);
  }
}
