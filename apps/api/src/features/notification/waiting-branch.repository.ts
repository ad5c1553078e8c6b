// One kind of what waits is one branch of a single statement: what the branches share.
import { Prisma, type Db } from '../../platform/prisma/database';

/** Something that waits for somebody, as it stands in the tables of whoever owns it. Read only, ids and plain facts. */
export interface WaitingRow {
  readonly kind: string;
  readonly subjectId: string;
  /** A title or a name that says which one it is; empty where there is only one. */
  readonly label: string;
  readonly since: Date;
  readonly due: Date | null;
  /** How many there are, where a row stands for several. */
  readonly count: number;
}

/** At most this many of one kind; the page of the kind has the rest. */
export const OF_A_KIND = 10;

/** One kind of what waits. */
export type Branch = Prisma.Sql;

/** Everything that waits, in one statement. */
export async function together(db: Db, branches: readonly Branch[]): Promise<WaitingRow[]> {
  if (branches.length === 0) return [];
  const parts = branches.map((branch) => Prisma.sql`(${branch})`);
  return db.$queryRaw<WaitingRow[]>`${Prisma.join(parts, ' UNION ALL ')}`;
}

/** The columns of one kind. */
export function row(
  kind: string | Prisma.Sql,
  columns: { id: Prisma.Sql; label?: Prisma.Sql; since: Prisma.Sql; due?: Prisma.Sql; count?: Prisma.Sql },
): Prisma.Sql {
  const {
    id,
    label = Prisma.sql`''`,
    since,
    due = Prisma.sql`NULL::timestamptz`,
    count = Prisma.sql`1`,
  } = columns;
  return Prisma.sql`SELECT ${kind}::text AS kind, ${id} AS "subjectId", (${label})::text AS label, (${since})::timestamptz AS since, (${due})::timestamptz AS due, (${count})::int AS count`;
}

/** The first of a kind, in an order. */
export const limited = (order: Prisma.Sql) => Prisma.sql`ORDER BY ${order} LIMIT ${OF_A_KIND}`;
