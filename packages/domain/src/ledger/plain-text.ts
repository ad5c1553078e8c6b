import { CURRENCIES, isCurrency } from '../money/money';

/** Forms of plain-text accounting that the book is written in. */
export const PLAIN_TEXT_FORMATS = ['hledger', 'ledger', 'beancount'] as const;
export type PlainTextFormat = (typeof PLAIN_TEXT_FORMATS)[number];

/** One posting that moved value: a debit and a credit of one amount, minor units. */
export interface PlainPosting {
  readonly transactionId: string;
  readonly line: number;
  readonly kind: string;
  /** Day of UTC: `2026-11-02`. */
  readonly day: string;
  readonly debit: string;
  readonly credit: string;
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** An account with what its postings come to: debits less credits, minor units. */
export interface PlainAccount {
  readonly code: string;
  readonly currency: string;
  readonly balanceMinor: bigint;
}

/** The first and the last day of a book. */
export interface PlainDays {
  readonly first: string;
  readonly last: string;
}

/** Names of accounts by kind; `*` stands for the owner. Other kinds are named after their own words. */
const NAMES: Readonly<Record<string, string>> = {
  rail_pending: 'Assets:Rail:Pending',
  rail_available: 'Assets:Rail:Available',
  bank: 'Assets:Bank',
  rail_fee_expense: 'Expenses:Rail:Fees',
  dispute_loss: 'Expenses:Disputes:Losses',
  reversal_loss: 'Expenses:Reversals:Losses',
  dispute_clearing: 'Assets:Disputes:Clearing',
  suspense: 'Assets:Suspense',
  lab_prepaid: 'Liabilities:Lab:*:Prepaid',
  lab_receivable: 'Assets:Lab:*:Receivable',
  lab_invoiced: 'Assets:Lab:*:Invoiced',
  work_reserve: 'Liabilities:Lab:*:Reserve',
  expert_payable: 'Liabilities:Expert:*:Payable',
  expert_receivable: 'Assets:Expert:*:Receivable',
  tax_withheld: 'Liabilities:Tax:Withheld:*',
  unapplied_cash: 'Liabilities:Unapplied:*',
  refund_clearing: 'Liabilities:Refunds:Clearing:*',
  platform_fee: 'Income:Platform:Fees:*',
  rounding: 'Income:Platform:Rounding:*',
};

/** The readable name of an account: `Liabilities:Lab:019f...:Prepaid`. Its currency is that of its amounts. */
export function plainAccountName(code: string, format: PlainTextFormat): string {
  const [kind = '', owner = ''] = code.split(':');
  const known = NAMES[kind] ?? `Equity:${kind.split('_').map(capital).join('')}:*`;
  // Beancount wants each part to begin with a capital or a digit.
  const id = format === 'beancount' ? owner.toUpperCase() : owner;
  return owner === 'platform'
    ? known.replaceAll(':*', '')
    : known.includes('*')
      ? known.replace('*', id)
      : `${known}:${id}`;
}

/** What stands before the first transaction: what the file is, its currencies and its accounts. */
export function* plainHead(
  format: PlainTextFormat,
  accounts: readonly PlainAccount[],
  days: PlainDays,
): Generator<string> {
  yield `; The book of every cent. Each posting that moved value is a transaction of two legs, debit first.\n`;
  yield `; Holds only reserve, so they are left out; when one is taken, what it paid is a posting.\n`;
  yield `; At the end stands the balance of each account as the product keeps it.\n\n`;
  const currencies = [...new Set(accounts.map(({ currency }) => currency))].sort();
  const names = new Map<string, string[]>();
  for (const { code, currency } of accounts) {
    const name = plainAccountName(code, format);
    names.set(name, [...(names.get(name) ?? []), currency]);
  }
  for (const currency of currencies) yield currencyLine(format, currency, days.first);
  yield '\n';
  for (const [name, own] of names)
    yield format === 'beancount' ? `${days.first} open ${name} ${own.join(',')}\n` : `account ${name}\n`;
  yield '\n';
}

/** One posting as a transaction. */
export function plainTransaction(format: PlainTextFormat, posting: PlainPosting): string {
  const { transactionId, line, kind, day, debit, credit, currency, amountMinor } = posting;
  const code = `${transactionId}/${line}`;
  const head = format === 'beancount' ? `${day} * "${kind}" "${code}"` : `${day} * (${code}) ${kind}`;
  const leg = (account: string, minor: bigint) =>
    `    ${plainAccountName(account, format)}  ${decimal(minor, currency)} ${currency}\n`;
  return `${head}\n${leg(debit, amountMinor)}${leg(credit, -amountMinor)}\n`;
}

/** What stands after the last transaction: the balance of each account, which whoever reads the file holds it against. */
export function* plainTail(
  format: PlainTextFormat,
  accounts: readonly PlainAccount[],
  days: PlainDays,
): Generator<string> {
  if (accounts.length === 0) return;
  if (format !== 'beancount') yield `${days.last} * balances\n`;
  for (const { code, currency, balanceMinor } of accounts) {
    const name = plainAccountName(code, format);
    const balance = decimal(balanceMinor, currency);
    yield format === 'beancount'
      ? // A balance is that of the day's beginning, and would forgive a cent without the ~ 0.
        `${dayAfter(days.last)} balance ${name}  ${balance} ~ 0 ${currency}\n`
      : `    ${name}  ${decimal(0n, currency)} ${currency} = ${balance} ${currency}\n`;
  }
}

function currencyLine(format: PlainTextFormat, currency: string, first: string): string {
  const digits = digitsOf(currency);
  const sample = digits === 0 ? '1000' : `1000.${'0'.repeat(digits)}`;
  if (format === 'beancount') return `${first} commodity ${currency}\n`;
  if (format === 'ledger') return `commodity ${currency}\n    format ${sample} ${currency}\n`;
  return `commodity ${digits === 0 ? '1000.' : sample} ${currency}\n`;
}

/** Minor units with the currency's own digits: `-1234.50`. */
function decimal(minor: bigint, currency: string): string {
  const digits = digitsOf(currency);
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${minor < 0n ? '-' : ''}${digits === 0 ? whole : `${whole}.${text.slice(-digits)}`}`;
}

function digitsOf(currency: string): number {
  return isCurrency(currency) ? CURRENCIES[currency].digits : 2;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
