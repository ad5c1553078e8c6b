import { parseAmount, formatAmount, isCurrency, CURRENCIES, type Currency } from '../money/money';

/** Columns that a file of bonuses must have; others are read over. */
export const BONUS_COLUMNS = ['engagement', 'currency', 'amount', 'reason'] as const;
type BonusColumn = (typeof BONUS_COLUMNS)[number];

/** Bonuses that one file may give. */
export const MOST_BONUSES = 500;
/** The most that one bonus may be, in the currency's whole units. */
const MOST_UNITS = 100_000n;
const MOST_REASON = 300;

/** A row of a file as it was written, and where: the header is row 1, as a spreadsheet counts. */
export interface WrittenRow {
  readonly rowNumber: number;
  readonly cells: readonly string[];
}

/** One bonus that a file asks for. */
export interface BonusRow {
  readonly rowNumber: number;
  readonly engagementId: string;
  readonly currency: Currency;
  /** Agreed pay, minor units. */
  readonly amountMinor: bigint;
  readonly reason: string;
}

/** What is wrong with a row, in a sentence that says what to do. */
export interface BonusProblem {
  readonly rowNumber: number;
  readonly sentence: string;
}

/** What a file says: its bonuses, each bad row, and how many rows ask for nothing. */
export interface BonusFile {
  readonly rows: readonly BonusRow[];
  readonly problems: readonly BonusProblem[];
  /** Rows without amount and reason: of the template, those of people who get nothing this time. */
  readonly leftOut: number;
}

/** Reads the rows of a file of bonuses, the header first. Every bad row is named; nothing is guessed. */
export function readBonusFile(written: readonly WrittenRow[]): BonusFile {
  const [header, ...body] = written;
  const columns = columnsOf(header);
  const missing = BONUS_COLUMNS.filter((name) => columns[name] === undefined);
  if (missing.length > 0) {
    const sentence = `The first row names the columns, and ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not among them. Start from the template.`;
    return { rows: [], problems: [{ rowNumber: 1, sentence }], leftOut: 0 };
  }
  const rows: BonusRow[] = [];
  const problems: BonusProblem[] = [];
  let leftOut = 0;
  for (const { rowNumber, cells } of body) {
    const cell = (name: BonusColumn) => (cells[columns[name] ?? -1] ?? '').trim();
    if (cell('amount') === '' && cell('reason') === '') {
      leftOut += 1;
      continue;
    }
    const read = readRow(rowNumber, cell);
    if ('sentence' in read) problems.push(read);
    else rows.push(read);
  }
  problems.push(...repeated(rows));
  const asked = rows.length + problems.length;
  if (asked === 0)
    problems.push({ rowNumber: 1, sentence: 'No row has an amount. Write amount and reason.' });
  if (body.length - leftOut > MOST_BONUSES)
    problems.push({
      rowNumber: 1,
      sentence: `The file has ${body.length - leftOut} bonuses; ${MOST_BONUSES} are paid at a time. Split it.`,
    });
  return { rows, problems: problems.sort((one, other) => one.rowNumber - other.rowNumber), leftOut };
}

/** Holds the rows of a file against the lab's own engagements, by id; names each that is of none or in another currency. */
export function checkBonuses(
  rows: readonly BonusRow[],
  engagements: ReadonlyMap<string, { readonly currency: string }>,
): BonusProblem[] {
  return rows.flatMap(({ rowNumber, engagementId, currency }) => {
    const engagement = engagements.get(engagementId);
    if (!engagement)
      return [{ rowNumber, sentence: 'Your lab has no such engagement. Copy the id from the template.' }];
    if (engagement.currency === currency) return [];
    return [
      {
        rowNumber,
        sentence: `This engagement is paid in ${engagement.currency}, and the row says ${currency}.`,
      },
    ];
  });
}

function columnsOf(header: WrittenRow | undefined): Partial<Record<string, number>> {
  const names = (header?.cells ?? []).map((name) => name.trim().toLowerCase());
  return Object.fromEntries(names.map((name, index) => [name, index]));
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function readRow(rowNumber: number, cell: (name: BonusColumn) => string): BonusRow | BonusProblem {
  const engagementId = cell('engagement').toLowerCase();
  const currency = cell('currency').toUpperCase();
  const reason = cell('reason');
  const bad = (sentence: string): BonusProblem => ({ rowNumber, sentence });
  if (!ID.test(engagementId)) return bad('The engagement is no id. Copy it from the template.');
  if (!isCurrency(currency)) return bad(`The currency must be one of ${Object.keys(CURRENCIES).join(', ')}.`);
  if (cell('amount') === '') return bad('The amount is missing.');
  const amount = parseAmount(cell('amount'), currency);
  if (!amount.ok) return bad(amount.refusal.message);
  if (amount.value === 0n) return bad('The amount must be above zero.');
  const mostMinor = MOST_UNITS * 10n ** BigInt(CURRENCIES[currency].digits);
  if (amount.value > mostMinor)
    return bad(`One bonus is at most ${formatAmount({ minor: mostMinor, currency })}.`);
  if (reason === '') return bad('The reason is missing. The expert reads it.');
  if (reason.length > MOST_REASON || /\p{Cc}/u.test(reason))
    return bad(`The reason is one line of at most ${MOST_REASON} characters.`);
  return { rowNumber, engagementId, currency, amountMinor: amount.value, reason };
}

/** Rows that say what a row before them says: most likely written twice. */
function repeated(rows: readonly BonusRow[]): BonusProblem[] {
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

/** What a bonus is, as one text: two files with the same texts are the same file. */
export function bonusText({
  engagementId,
  currency,
  amountMinor,
  reason,
}: Omit<BonusRow, 'rowNumber' | 'currency'> & { readonly currency: string }): string {
  return JSON.stringify([engagementId, currency, amountMinor.toString(), reason]);
}
