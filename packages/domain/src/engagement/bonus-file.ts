import {
  parseAmount,
  formatAmount,
  isCurrency,
  CURRENCIES,
  wholeUnitMinor,
  type Currency,
} from '../money/money';
import { csvRows, type RowProblem, type WrittenFile, type WrittenRow } from './csv-rows';

/** Columns that a file of bonuses must have; others are read over. */
export const BONUS_COLUMNS = ['engagement', 'currency', 'amount', 'reason'] as const;
/** A column that may be there: then its name must be that of the engagement's expert. */
const EXPERT = 'expert';

/** Bonuses that one file may give. */
export const MOST_BONUSES = 500;
/** The most that one bonus may be, in the currency's whole units. */
const MOST_UNITS = 100_000n;
const MOST_REASON = 300;
/** What a letter becomes that was not written as UTF-8, e.g. by a spreadsheet’s plain “CSV”. */
const UNREADABLE = '\uFFFD';

/** One bonus that a file asks for. */
export interface BonusRow {
  readonly rowNumber: number;
  readonly engagementId: string;
  /** The expert's name as the row has it; absent where it has none. */
  readonly expertName?: string;
  readonly currency: Currency;
  /** Agreed pay, minor units. */
  readonly amountMinor: bigint;
  readonly reason: string;
}

/** What a file says: its bonuses, each bad row, and how many rows ask for nothing. */
export interface BonusFile {
  readonly rows: readonly BonusRow[];
  readonly problems: readonly RowProblem[];
  /** Rows without amount and reason: of the template, those of people who get nothing this time. */
  readonly leftOut: number;
}

/** Reads a file of bonuses, the header first. Every bad row is named; nothing is guessed. */
export function readBonusFile(text: string): BonusFile {
  const written = csvRows(text);
  const [header, ...body] = written.rows;
  const fault = headerProblem(written, header);
  if (fault) return { rows: [], problems: [fault], leftOut: 0 };
  const columns = columnsOf(header);
  const rows: BonusRow[] = [];
  const problems = [...written.broken];
  let leftOut = 0;
  for (const { rowNumber, cells } of body) {
    const cell = (name: string) => (cells[columns[name] ?? -1] ?? '').trim();
    const read = cellsProblem(rowNumber, cells, header) ?? readRow(rowNumber, cell);
    if (read === undefined) leftOut += 1;
    else if ('sentence' in read) problems.push(read);
    else rows.push(read);
  }
  problems.push(...repeated(rows), ...sizeProblems(body.length - leftOut, rows.length + problems.length));
  return { rows, problems: problems.sort((one, other) => one.rowNumber - other.rowNumber), leftOut };
}

/** What is wrong with the first row, so that no other can be read. */
function headerProblem({ broken }: WrittenFile, header: WrittenRow | undefined): RowProblem | undefined {
  const [first] = broken;
  if (first && first.rowNumber < (header?.rowNumber ?? Infinity)) return first;
  const names = namesOf(header);
  const rowNumber = header?.rowNumber ?? 1;
  const missing = BONUS_COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const sentence = `The first row names the columns, and ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not among them. Start from the template.`;
    return { rowNumber, sentence };
  }
  const twice = [...BONUS_COLUMNS, EXPERT].find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  return twice === undefined
    ? undefined
    : { rowNumber, sentence: `Two columns are called ${twice}. Take one out.` };
}

/** A row whose cells are not those of the columns: which amount is meant, nobody knows. */
function cellsProblem(
  rowNumber: number,
  cells: readonly string[],
  header: WrittenRow | undefined,
): RowProblem | undefined {
  const columns = header?.cells.length ?? 0;
  if (cells.length === columns) return undefined;
  const sentence = `The row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, and there are ${columns} columns. Put a cell that has a comma or a semicolon in it, like 1,000.00, in quotation marks.`;
  return { rowNumber, sentence };
}

/** A file that asks for nothing, or for more than is paid at a time. */
function sizeProblems(asked: number, read: number): RowProblem[] {
  if (read === 0) return [{ rowNumber: 1, sentence: 'No row has an amount. Write amount and reason.' }];
  if (asked <= MOST_BONUSES) return [];
  const sentence = `The file has ${asked} bonuses; ${MOST_BONUSES} are paid at a time. Split it.`;
  return [{ rowNumber: 1, sentence }];
}

/** An engagement of the lab, as far as a row may contradict it. */
export interface BonusEngagement {
  readonly currency: string;
  readonly expertName?: string;
}

/** Holds the rows of a file against the lab's own engagements, by id; names each that is of none, or says what it is not. */
export function checkBonuses(
  rows: readonly BonusRow[],
  engagements: ReadonlyMap<string, BonusEngagement>,
): RowProblem[] {
  return rows.flatMap((row) => {
    const sentence = contradiction(row, engagements.get(row.engagementId));
    return sentence === undefined ? [] : [{ rowNumber: row.rowNumber, sentence }];
  });
}

function contradiction(row: BonusRow, engagement: BonusEngagement | undefined): string | undefined {
  if (!engagement) return 'Your lab has no such engagement. Copy the id from the template.';
  if (engagement.currency !== row.currency)
    return `This engagement is paid in ${engagement.currency}, and the row says ${row.currency}.`;
  const { expertName } = engagement;
  if (row.expertName === undefined || expertName === undefined) return undefined;
  if (asSpoken(row.expertName) === asSpoken(expertName)) return undefined;
  return `The row names ${row.expertName}, and this engagement is with ${expertName}. Copy the whole row from the template.`;
}

/** A name without what a spreadsheet or a keyboard may change: accents, case, spaces and marks. */
function asSpoken(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

function namesOf(header: WrittenRow | undefined): string[] {
  return (header?.cells ?? []).map((name) => name.trim().toLowerCase());
}

function columnsOf(header: WrittenRow | undefined): Partial<Record<string, number>> {
  return Object.fromEntries(namesOf(header).map((name, index) => [name, index]));
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The bonus of a row; none where it asks for nothing. */
function readRow(rowNumber: number, cell: (name: string) => string): BonusRow | RowProblem | undefined {
  if (cell('amount') === '' && cell('reason') === '') return undefined;
  const engagementId = cell('engagement').toLowerCase();
  const currency = cell('currency').toUpperCase();
  const reason = cell('reason');
  const bad = (sentence: string): RowProblem => ({ rowNumber, sentence });
  if (!ID.test(engagementId)) return bad('The engagement is no id. Copy it from the template.');
  if (!isCurrency(currency)) return bad(`The currency must be one of ${Object.keys(CURRENCIES).join(', ')}.`);
  if (cell('amount') === '') return bad('The amount is missing.');
  const amount = parseAmount(cell('amount'), currency);
  if (!amount.ok) return bad(amount.refusal.message);
  if (amount.value === 0n) return bad('The amount must be above zero.');
  const mostMinor = MOST_UNITS * wholeUnitMinor(currency);
  if (amount.value > mostMinor)
    return bad(`One bonus is at most ${formatAmount({ minor: mostMinor, currency })}.`);
  if (reason === '') return bad('The reason is missing. The expert reads it.');
  if ([reason, cell(EXPERT)].some((each) => each.includes(UNREADABLE)))
    return bad('A letter in this row cannot be read. Save the file as “CSV UTF-8” and choose it again.');
  if (reason.length > MOST_REASON || /\p{Cc}/u.test(reason))
    return bad(`The reason is one line of at most ${MOST_REASON} characters.`);
  const expertName = cell(EXPERT);
  return {
    ...{ rowNumber, engagementId, currency, reason },
    amountMinor: amount.value,
    ...(expertName !== '' && { expertName }),
  };
}

/** Rows that say what a row before them says: most likely written twice. */
function repeated(rows: readonly BonusRow[]): RowProblem[] {
  const first = new Map<string, number>();
  return rows.flatMap((row) => {
    const text = bonusText(row);
    const before = first.get(text);
    if (before === undefined) first.set(text, row.rowNumber);
    return before === undefined
      ? []
      : [
          {
            rowNumber: row.rowNumber,
            sentence: `It says the same as row ${before}. If both are meant, give them different reasons.`,
          },
        ];
  });
}

/** What a bonus is, as one text: two files with the same texts are the same file. In a reason, case, white space and signs that nobody sees tell nothing apart. */
export function bonusText({
  engagementId,
  currency,
  amountMinor,
  reason,
}: Omit<BonusRow, 'rowNumber' | 'expertName' | 'currency'> & { readonly currency: string }): string {
  return JSON.stringify([engagementId, currency, amountMinor.toString(), asRead(reason)]);
}

function asRead(reason: string): string {
  return reason
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
}
