import { ok, refuse, type Result } from '../result/result';
import { CURRENCIES, formatAmount, isCurrency, type Currency, type Money } from './money';

/**
 * An amount in the units of the rail. 5 ISK are 500 there, 1.500 KWD are 1500. Refuses with AMOUNT_NOT_ON_RAIL where the
 * rail cannot say the amount: 1.505 KWD.
 */
export function railAmount({ minor, currency }: Money): Result<bigint> {
  const { up, down, step } = scaleOf(currency);
  const scaled = minor * up;
  if (scaled % (down * step) === 0n) return ok(scaled / down);
  const smallest = formatAmount({ minor: smallestMinor(currency), currency });
  return refuse(
    'AMOUNT_NOT_ON_RAIL',
    `Banks move ${currency} in steps of ${smallest}: choose such an amount.`,
    {
      field: 'amount',
    },
  );
}

/**
 * An amount that the rail says, in minor units of the product. The rail writes codes in small letters. Refuses with
 * CURRENCY_UNKNOWN, and with AMOUNT_NOT_OURS where the product cannot say the amount: 550 ISK of the rail.
 */
export function fromRailAmount(amount: bigint, railCurrency: string): Result<Money> {
  const currency = railCurrency.toUpperCase();
  if (!isCurrency(currency))
    return refuse('CURRENCY_UNKNOWN', `The rail has an amount in ${currency}, which is not taken here.`);
  const { up, down } = scaleOf(currency);
  const scaled = amount * down;
  if (scaled % up !== 0n)
    return refuse(
      'AMOUNT_NOT_OURS',
      `The rail has ${amount} of ${currency}, of which no amount here can be made.`,
    );
  return ok({ minor: scaled / up, currency });
}

/**
 * A rate of the rail, from its units of one currency to those of another, as units for one unit: 1.5025 yen for a cent are
 * 150.25 for a dollar. To nine decimals. Refuses with CURRENCY_UNKNOWN.
 */
export function fromRailRate(rate: number, sent: string, arrived: string): Result<number> {
  const [from, to] = [sent.toUpperCase(), arrived.toUpperCase()];
  const unknown = [from, to].find((code) => !isCurrency(code));
  if (!isCurrency(from) || !isCurrency(to))
    return refuse('CURRENCY_UNKNOWN', `The rail exchanged ${unknown}, which is not taken here.`);
  const shift = 10 ** (CURRENCIES[from].railDigits - CURRENCIES[to].railDigits);
  return ok(Number((rate * shift).toFixed(9)));
}

/** The largest part of an amount that the rail can move; the rest stays where it is. Minor units, towards zero. */
export function railPart({ minor, currency }: Money): bigint {
  return minor - (minor % smallestMinor(currency));
}

/** What the rail's smallest step is worth here, minor units; at least one. */
function smallestMinor(currency: Currency): bigint {
  const { up, down, step } = scaleOf(currency);
  const minor = (step * down) / up;
  return minor > 0n ? minor : 1n;
}

/** minor x up / down is the rail's amount, which must be a multiple of the step. */
function scaleOf(currency: Currency): { up: bigint; down: bigint; step: bigint } {
  const { digits, railDigits, railStep } = CURRENCIES[currency];
  const power = (digitsMore: number) => 10n ** BigInt(Math.max(0, digitsMore));
  return { up: power(railDigits - digits), down: power(digits - railDigits), step: BigInt(railStep) };
}
