import { BadTaxonomy } from './taxonomy-source';

/** One row by the names of its columns. */
export type Row = Readonly<Record<string, string>>;

/** Bytes as text. Throws BadTaxonomy where they are not UTF-8. */
export function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadTaxonomy(`${file} is not text in UTF-8. Download it again, or save it as UTF-8.`);
  }
}

/** Reads comma-separated rows (RFC 4180: quotes, doubled quotes, line breaks in quotes). Throws BadTaxonomy. */
export function rowsOfCsv(text: string, file: string, columns: readonly string[]): Row[] {
  return named(csvRecords(text, file), file, columns);
}

/** Reads tab-separated rows without quotes, as O*NET has them. Throws BadTaxonomy. */
export function rowsOfTsv(text: string, file: string, columns: readonly string[]): Row[] {
  const lines = text.split(/\r?\n/);
  const records = lines.map((line, index) => ({ line: index + 1, fields: line.split('\t') }));
  return named(
    records.filter(({ fields }) => fields.length > 1 || fields[0] !== ''),
    file,
    columns,
  );
}

interface Numbered {
  /** Line of the file on which the record begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

function named(records: readonly Numbered[], file: string, columns: readonly string[]): Row[] {
  const [header, ...rest] = records;
  if (!header) throw new BadTaxonomy(`${file} is empty.`);
  const names = header.fields.map((name) => name.trim());
  const absent = columns.find((column) => !names.includes(column));
  if (absent !== undefined)
    throw new BadTaxonomy(`${file} has no column "${absent}". Its columns are: ${shown(names.join(', '))}.`);
  return rest.map(({ line, fields }) => {
    if (fields.length !== names.length)
      throw new BadTaxonomy(
        `${file}, line ${line}: ${fields.length} fields where the first line names ${names.length}. The file is cut off or changed; download it again.`,
      );
    return Object.fromEntries(names.map((name, index) => [name, fields[index] ?? '']));
  });
}

/** Splits by one pattern, so that a large file is not walked letter by letter. */
function csvRecords(text: string, file: string): Numbered[] {
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  const records: Numbered[] = [];
  let fields: string[] = [];
  let line = 1;
  let begins = 1;
  while (field.lastIndex < text.length || fields.length > 0) {
    const found = field.exec(text);
    if (!found)
      throw new BadTaxonomy(`${file}, line ${begins}: a quote stands where none can, or is never closed.`);
    const [whole, value = '', end] = found;
    fields.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    line += whole.split('\n').length - 1;
    if (end === ',') continue;
    if (fields.length > 1 || fields[0] !== '') records.push({ line: begins, fields });
    fields = [];
    begins = line;
  }
  return records;
}

function shown(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
