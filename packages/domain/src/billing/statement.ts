import { CURRENCIES, type Currency } from '../money/money';
import { dayWords } from '../date/date-words';

/** Signs with which a spreadsheet would take a text for a formula. Source: OWASP, CSV injection. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** One line of a CSV file (RFC 4180, CRLF). Texts that a spreadsheet would run as a formula get an apostrophe before them. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  // A plain number is no formula, whatever its sign.
  const isNumber = /^-?\d+(\.\d+)?$/.test(cell);
  const safe = !isNumber && FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An amount as a plain decimal for files: `1234.50`, with the currency's own digits. */
export function plainAmount(minor: bigint, currency: Currency): string {
  const { digits } = CURRENCIES[currency];
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${minor < 0n ? '-' : ''}${digits === 0 ? whole : `${whole}.${text.slice(-digits)}`}`;
}

/** Seconds as decimal hours for files, to the second: `1.5000`. */
export function plainHours(seconds: number): string {
  return (seconds / 3600).toFixed(4);
}

/** A period in a sentence; its end is the day after its last. */
export function periodWords({ from, to }: { readonly from?: Date; readonly to?: Date }): string {
  const last = to && dayWords(new Date(to.getTime() - 86_400_000));
  if (from && last) return `${dayWords(from)} to ${last}`;
  if (from) return `since ${dayWords(from)}`;
  return last ? `until ${last}` : 'all time';
}
