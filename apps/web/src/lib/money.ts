import {
  CURRENCIES,
  FUNDING_CURRENCIES,
  formatAmount,
  isCurrency,
  parseAmount,
  railAmount,
  type Currency,
} from '@tallystick/domain';

/** An amount as the server gives it: minor units as text, and the currency's code. */
export interface Money {
  readonly minor: string;
  readonly currency: string;
}

/** An amount in words: `US$1,234.50`. */
export function money({ minor, currency }: Money): string {
  return formatAmount({ minor: BigInt(minor), currency: currency as Currency });
}

/** Two amounts of one currency together. */
export function sumOf(one: Money, other: Money): Money {
  return { minor: (BigInt(one.minor) + BigInt(other.minor)).toString(), currency: one.currency };
}

/** One amount less another of its currency. */
export function minus(one: Money, other: Money): Money {
  return { minor: (BigInt(one.minor) - BigInt(other.minor)).toString(), currency: one.currency };
}

/** An amount as a person would type it: `1234.50`. */
export function typed({ minor, currency }: Money): string {
  const { digits } = CURRENCIES[currency as Currency];
  const text = minor.padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** What is wrong with an amount as it is typed, or undefined where nothing is. */
export function amountFault(text: string, currency: string): string | undefined {
  const read = parseAmount(text, isCurrency(currency) ? currency : 'USD');
  return read.ok ? undefined : read.refusal.message;
}

/** The same, of an amount that goes through a bank: some currencies move in steps only. */
export function bankFault(text: string, currency: string): string | undefined {
  const own = isCurrency(currency) ? currency : 'USD';
  const read = parseAmount(text, own);
  const moved = read.ok ? railAmount({ minor: read.value, currency: own }) : read;
  return moved.ok ? undefined : moved.refusal.message;
}

/** Minor units of a typed amount, as text; empty where it cannot be read. */
export function minorOf(text: string, currency: string): string {
  const read = parseAmount(text, isCurrency(currency) ? currency : 'USD');
  return read.ok ? read.value.toString() : '';
}

/** A share in parts per million as a percentage with two decimals: `15.00 %`. */
export function percent(ppm: number): string {
  return `${(ppm / 10_000).toFixed(2)} %`;
}

/** Codes of the currencies in which a lab can put money in, for a choice. */
export const FUNDING_OPTIONS = FUNDING_CURRENCIES.map((code) => [code, code] as const);

/** Codes of all currencies, for a choice. */
export const CURRENCY_OPTIONS = Object.keys(CURRENCIES).map((code) => [code, code] as const);
