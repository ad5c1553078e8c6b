import { ok, refuse, type Result } from '../result/result';

/** A currency that the product takes, here and on the rail. */
interface CurrencyFacts {
  /** Digits after the point: an amount of the product counts 10^-digits. Source: ISO 4217. */
  readonly digits: number;
  readonly label: string;
  /** Digits after the point of the rail's amounts. Source: docs.stripe.com/currencies. */
  readonly railDigits: number;
  /** Of how many of its own units the rail moves a multiple only. */
  readonly railStep: number;
}

/**
 * Each currency that the product takes. The rail has Icelandic crowns with two decimals that must be zero, and the last
 * of the three decimals of Kuwaiti dinars must be zero.
 */
export const CURRENCIES = {
  USD: { digits: 2, label: 'US$', railDigits: 2, railStep: 1 },
  EUR: { digits: 2, label: '€', railDigits: 2, railStep: 1 },
  GBP: { digits: 2, label: '£', railDigits: 2, railStep: 1 },
  CAD: { digits: 2, label: 'CA$', railDigits: 2, railStep: 1 },
  CHF: { digits: 2, label: 'CHF ', railDigits: 2, railStep: 1 },
  JPY: { digits: 0, label: '¥', railDigits: 0, railStep: 1 },
  ISK: { digits: 0, label: 'ISK ', railDigits: 2, railStep: 100 },
  KWD: { digits: 3, label: 'KWD ', railDigits: 3, railStep: 10 },
} as const satisfies Record<string, CurrencyFacts>;

export type Currency = keyof typeof CURRENCIES;

/** The currencies in which banks send money to the platform by transfer. Source: docs.stripe.com/payments/bank-transfers. */
export const FUNDING_CURRENCIES = ['USD', 'EUR', 'GBP', 'JPY'] as const satisfies readonly Currency[];
export type FundingCurrency = (typeof FUNDING_CURRENCIES)[number];

/** True of a currency in which a lab can put money in. */
export function isFundingCurrency(code: string): code is FundingCurrency {
  return FUNDING_CURRENCIES.some((each) => each === code);
}

/** The currencies in which a lab can put money in, in words: USD, EUR, GBP, or JPY. */
export function fundingWords(): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(FUNDING_CURRENCIES);
}

/**
 * A currency in which work may be paid: one in which a lab can put money in. Refuses with CURRENCY_WITHOUT_FUNDING,
 * naming those.
 */
export function payableCurrency(code: string): Result<FundingCurrency> {
  if (isFundingCurrency(code)) return ok(code);
  return refuse(
    'CURRENCY_WITHOUT_FUNDING',
    `No money can come in in ${code}, so no work can be paid in it. Choose ${fundingWords()}.`,
    {
      field: 'currency',
    },
  );
}

/** An amount: an integer of minor units and its currency. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/** True for a code of a currency that the product takes. */
export function isCurrency(code: string): code is Currency {
  return Object.hasOwn(CURRENCIES, code);
}

/** One whole unit of a currency, minor units: 100 cents, 1 yen, 1000 fils. */
export function wholeUnitMinor(currency: Currency): bigint {
  return 10n ** BigInt(CURRENCIES[currency].digits);
}

/** numerator / denominator rounded to the nearest integer, halves to the even one. The denominator is positive. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const { quotient, twice } = halves(numerator, denominator);
  if (twice > denominator || (twice === denominator && quotient % 2n !== 0n)) return quotient + 1n;
  return quotient;
}

/** numerator / denominator rounded to the nearest integer, halves up. The denominator is positive. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  const { quotient, twice } = halves(numerator, denominator);
  return twice >= denominator ? quotient + 1n : quotient;
}

/** Floor of a division and twice its remainder. */
function halves(numerator: bigint, denominator: bigint): { quotient: bigint; twice: bigint } {
  let quotient = numerator / denominator;
  let remainder = numerator % denominator;
  if (remainder < 0n) {
    remainder += denominator;
    quotient -= 1n;
  }
  return { quotient, twice: remainder * 2n };
}

/**
 * Splits an amount by weights so that the parts always sum to it: everything floored, what is left to the largest
 * remainders, ties to the earlier part. Weights are not negative and not all zero.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum <= 0n) throw new RangeError('allocate needs a positive sum of weights');
  const parts = weights.map((weight) => (total * weight) / sum);
  const left = Number(total - parts.reduce((a, b) => a + b, 0n));
  const order = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of order.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}

/** One who gets a part of an amount, by an id that stays, and its weight. */
export interface Share {
  readonly id: string;
  readonly weight: bigint;
}

/**
 * Splits an amount over shares by their weights, as `allocate` does; ties go to the smaller id, so that nobody gets a
 * unit more because of the order in which the shares were read. Ids differ; weights are not negative and not all zero.
 */
export function allocateByShare(total: bigint, shares: readonly Share[]): Map<string, bigint> {
  const ordered = [...shares].sort((a, b) => (a.id < b.id ? -1 : 1));
  const parts = allocate(
    total,
    ordered.map(({ weight }) => weight),
  );
  return new Map(ordered.map(({ id }, index) => [id, parts[index] ?? 0n]));
}

/** Reads an amount as people type it: `1,234.50` or `80`. Refuses what cannot be said in the currency. */
export function parseAmount(text: string, currency: Currency, field = 'amount'): Result<bigint> {
  const { digits } = CURRENCIES[currency];
  const match = /^\s*(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d*))?\s*$/.exec(text);
  if (!match)
    return refuse('AMOUNT_UNREADABLE', 'Write an amount in digits, like 80 or 1,234.50.', { field });
  const fraction = match[2] ?? '';
  if (fraction.length > digits) {
    const most =
      digits === 0
        ? `${currency} has no smaller unit: write a whole amount.`
        : `${currency} has ${digits} digits after the point.`;
    return refuse('AMOUNT_TOO_FINE', most, { field });
  }
  return ok(BigInt((match[1] ?? '').replaceAll(',', '') + fraction.padEnd(digits, '0')));
}

/** An amount in words of the page: `US$1,234.50`, with a true minus sign. */
export function formatAmount({ minor, currency }: Money): string {
  const { digits, label } = CURRENCIES[currency];
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  const fraction = digits === 0 ? '' : `.${text.slice(-digits)}`;
  return `${minor < 0n ? '\u2212' : ''}${label}${whole}${fraction}`;
}
