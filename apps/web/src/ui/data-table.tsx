import {
  createSortedRowModel,
  rowSortingFeature,
  sortFns,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';

const FEATURES = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns,
});

/** One column of a table. */
export interface Column<Row extends object> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Sorts the rows that are on the page by this value; left out where the server's order is the only true one. */
  readonly sortBy?: (row: Row) => string | number;
  /** Right-aligned, tabular. */
  readonly isFigure?: boolean;
}

/** A list with columns: a true table for readers, one block a row on a phone. */
export function DataTable<Row extends object>({
  label,
  columns,
  rows,
  keyOf,
}: {
  /** What the table holds; read aloud. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}) {
  const table = useTable({
    features: FEATURES,
    data: rows as Row[],
    columns: columns.map((column) => definitionOf(column)),
    getRowId: keyOf,
  });
  const byId = new Map(columns.map((column) => [column.id, column]));
  return (
    <table className="table" aria-label={label}>
      <thead>
        <tr>
          {table.getHeaderGroups()[0]?.headers.map(({ id, column }) => {
            const sorted = column.getIsSorted();
            const own = byId.get(id);
            return (
              <th
                key={id}
                className={own?.isFigure ? 'figure' : undefined}
                aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
              >
                {own?.sortBy ? (
                  <button type="button" className="sort" onClick={column.getToggleSortingHandler()}>
                    {own.header}
                    {sorted === 'asc' && <ArrowUp size={14} aria-hidden />}
                    {sorted === 'desc' && <ArrowDown size={14} aria-hidden />}
                  </button>
                ) : (
                  own?.header
                )}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id}>
            {columns.map(({ id, header, cell, isFigure }) => (
              <td key={id} data-label={header} className={isFigure ? 'figure' : undefined}>
                {cell(row.original)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function definitionOf<Row extends object>({
  id,
  header,
  sortBy,
}: Column<Row>): ColumnDef<typeof FEATURES, Row> {
  return {
    id,
    header,
    accessorFn: (row: Row) => sortBy?.(row) ?? '',
    enableSorting: sortBy !== undefined,
  } as ColumnDef<typeof FEATURES, Row>;
}
