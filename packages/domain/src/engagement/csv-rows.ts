/** A row of a file as it was written, and where: the header is row 1, as a spreadsheet counts. */
export interface WrittenRow {
  readonly rowNumber: number;
  readonly cells: readonly string[];
}

/** What is wrong with a row, in a sentence that says what to do. */
export interface RowProblem {
  readonly rowNumber: number;
  readonly sentence: string;
}

/** The rows of a file that can be read, and each that cannot. */
export interface WrittenFile {
  readonly rows: readonly WrittenRow[];
  readonly broken: readonly RowProblem[];
}

const FAULTS = {
  unclosed: 'A quotation mark opens a cell here, and none closes it.',
  after: 'Text follows the quotation mark that closes a cell. Write a mark that belongs to the text twice.',
  inside:
    'A quotation mark stands inside a cell that does not begin with one. Put the whole cell in quotation marks, and write each mark inside it twice.',
} as const;

/**
 * The rows of a CSV file (RFC 4180) as spreadsheets write it: with commas or semicolons, quotes, any line end, a byte-order
 * mark. A row has the number of the line on which it begins; rows of nothing are passed over. Where the quotation marks of
 * a row are wrong, that row is named, and reading goes on at the next line: one mark hides no other row.
 */
export function csvRows(file: string): WrittenFile {
  const text = file.startsWith('\uFEFF') ? file.slice(1) : file;
  const delimiter = text.slice(0, text.search(/[\r\n]|$/)).includes(';') ? ';' : ',';
  const rows: WrittenRow[] = [];
  const broken: RowProblem[] = [];
  let rowNumber = 1;
  for (let at = 0; at < text.length;) {
    const record = readRecord(text, at, delimiter);
    if ('fault' in record) broken.push({ rowNumber, sentence: FAULTS[record.fault] });
    else if (record.cells.some((cell) => cell !== '')) rows.push({ rowNumber, cells: record.cells });
    const next = 'fault' in record ? nextLine(text, at) : record.next;
    rowNumber += text.slice(at, next).match(/\r\n|\r|\n/g)?.length ?? 0;
    at = next;
  }
  return { rows, broken };
}

type CsvRecord =
  { readonly cells: readonly string[]; readonly next: number } | { readonly fault: keyof typeof FAULTS };

/** The cells of the record that begins at a place, and where the next one begins. */
function readRecord(text: string, start: number, delimiter: string): CsvRecord {
  const cells: string[] = [];
  for (let at = start; ;) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, delimiter);
    if (cell === undefined) return { fault: 'unclosed' };
    cells.push(cell.text);
    const sign = text[cell.end];
    if (sign === undefined || sign === '\r' || sign === '\n')
      return { cells, next: nextLine(text, cell.end) };
    if (sign !== delimiter) return { fault: faultAt(text, at, cell.end) };
    at = cell.end + 1;
  }
}

interface Cell {
  readonly text: string;
  readonly end: number;
}

/** A cell in quotation marks, in which a doubled mark stands for one; undefined where no mark closes it. */
function quotedCell(text: string, start: number): Cell | undefined {
  let end = start;
  do {
    end = text.indexOf('"', end + (end === start ? 1 : 2));
    if (end === -1) return undefined;
  } while (text[end + 1] === '"');
  return { text: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1 };
}

function plainCell(text: string, start: number, delimiter: string): Cell {
  const ends = delimiter === ';' ? /[;"\r\n]|$/g : /[,"\r\n]|$/g;
  ends.lastIndex = start;
  const end = ends.exec(text)?.index ?? text.length;
  return { text: text.slice(start, end), end };
}

/** What is wrong where a cell goes on past its end. A mark that closes on another line was most likely meant to open there. */
function faultAt(text: string, start: number, end: number): keyof typeof FAULTS {
  if (text[start] !== '"') return 'inside';
  return /[\r\n]/.test(text.slice(start, end)) ? 'unclosed' : 'after';
}

/** Where the line after a place begins. */
function nextLine(text: string, from: number): number {
  const ends = /\r\n|\r|\n/g;
  ends.lastIndex = from;
  return ends.exec(text) ? ends.lastIndex : text.length;
}
