import { CURRENCIES, isCurrency, wholeUnitMinor, type Currency } from './money';

/** An amount by currency, whole units. */
export type AmountLimits = ReadonlyMap<Currency, bigint>;

const CODES = Object.keys(CURRENCIES).join('|');
/** How limits are written: `USD:10000,JPY:1000000`; a number alone is in US dollars. */
export const LIMITS_FORM = new RegExp(
  `^(?:[0-9]{1,12}|(?:${CODES}):[0-9]{1,12}(?:,(?:${CODES}):[0-9]{1,12})*)$`,
);

/** Reads limits as they are written in the form above. */
export function readLimits(text: string): AmountLimits {
  const pairs = text.includes(':') ? text.split(',') : [`USD:${text}`];
  return new Map(
    pairs.flatMap((pair) => {
      const [code = '', whole = ''] = pair.split(':');
      return isCurrency(code) ? [[code, BigInt(whole)] as const] : [];
    }),
  );
}

/** The limit in a currency, minor units; nothing in one that has none: there every amount is above it. */
export function limitMinor(limits: AmountLimits, currency: Currency): bigint {
  return (limits.get(currency) ?? 0n) * wholeUnitMinor(currency);
}
