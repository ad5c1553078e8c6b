import { CsvError, parse } from 'csv-parse/sync';
import type { BonusProblem, WrittenRow } from '@tallystick/domain';

/** Characters that a file of bonuses may have. */
export const MOST_CHARACTERS = 80_000;

/**
 * The rows of a file as spreadsheets write it: with commas or semicolons, quotes, any line end, a byte-order mark. A row
 * has the number of the line on which it begins. A file that breaks is named with its line.
 */
export function csvRows(text: string): WrittenRow[] | BonusProblem {
  const delimiter = text.slice(0, text.search(/[\r\n]|$/)).includes(';') ? ';' : ',';
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_records_with_empty_values: true,
      info: true,
      max_record_size: 20_000,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    // The parser counts lines up to the end of a record: one that holds line ends began earlier.
    return records.map(({ record, info }) => ({
      rowNumber: info.lines - lineEnds(record),
      cells: record,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as unknown as { lines?: number }).lines ?? 1);
    return { rowNumber: line, sentence: 'From here on the file is no CSV: a quotation mark is not closed.' };
  }
}

function lineEnds(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}
