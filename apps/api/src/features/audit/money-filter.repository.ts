import { Prisma } from '../../platform/prisma/database';

/** Whose money, in which currency, of which time. */
export interface MoneyFilter {
  readonly labId?: string;
  readonly expertId?: string;
  readonly currency?: string;
  /** At or after. */
  readonly from?: Date;
  /** Before. */
  readonly to?: Date;
}

/** A period that figures are added up by, UTC. */
export type Period = 'week' | 'month';

/** The columns that a filter is about; a filter on a column that a view does not have is not asked for. */
export interface FilteredColumns {
  readonly lab?: Prisma.Sql;
  readonly expert?: Prisma.Sql;
  readonly currency: Prisma.Sql;
  readonly at: Prisma.Sql;
}

/** What a filter asks for, as one condition. */
export function conditionOf(
  { labId, expertId, currency, from, to }: MoneyFilter,
  columns: FilteredColumns,
): Prisma.Sql {
  return Prisma.join(
    [
      Prisma.sql`true`,
      ...(labId && columns.lab ? [Prisma.sql`${columns.lab} = ${labId}::uuid`] : []),
      ...(expertId && columns.expert ? [Prisma.sql`${columns.expert} = ${expertId}::uuid`] : []),
      ...(currency ? [Prisma.sql`${columns.currency} = ${currency}`] : []),
      ...(from ? [Prisma.sql`${columns.at} >= ${from}`] : []),
      ...(to ? [Prisma.sql`${columns.at} < ${to}`] : []),
    ],
    ' AND ',
  );
}
