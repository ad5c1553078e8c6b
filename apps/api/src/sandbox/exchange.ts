import { RailError, type Books } from './store';

/** How amounts of a currency are written: digits after the point, and of how many units only multiples move. Source: docs.stripe.com/currencies. */
interface Units {
  readonly digits: number;
  readonly step: bigint;
}

const unitsOf = (digits: number, step = 1n): Units => ({ digits, step });

/** Each currency that bank accounts may be in. */
const UNITS: Readonly<Record<string, Units>> = {
  ...{ usd: unitsOf(2), eur: unitsOf(2), gbp: unitsOf(2), cad: unitsOf(2), chf: unitsOf(2) },
  ...{ jpy: unitsOf(0), isk: unitsOf(2, 100n), kwd: unitsOf(3, 10n) },
};

/** Currencies of bank accounts that the stand-in takes. */
export const BANK_CURRENCIES: readonly string[] = Object.keys(UNITS);

/** In which the platform settles, as it is in the United States; and of which one all rates are told for. */
export const PLATFORM_CURRENCY = 'usd';
const WHOLE = 1_000_000;

/** The rates that may be set, and up to what: millionths of a unit for one dollar. 0 is no rate. */
export const RATES: Readonly<Record<string, number>> = Object.fromEntries(
  BANK_CURRENCIES.filter((code) => code !== PLATFORM_CURRENCY).map((code) => [code, 2_000_000_000]),
);

/** Decimals with which a rate is told. */
const RATE_SCALE = 100_000_000n;

/** Money as it arrives: in which currency, and at which rate, where it was exchanged. */
export interface Exchanged {
  readonly amount: bigint;
  readonly currency: string;
  /** What one smallest unit of what was sent became, in smallest units; null where nothing was exchanged. Source: Stripe, balance transactions. */
  readonly exchangeRate: number | null;
}

/**
 * Exchanges money at the rate of now. Refuses, naming the currency, where there is no rate, and with amount_too_small where
 * nothing would arrive.
 */
export async function exchange(
  books: Books,
  money: { readonly amount: bigint; readonly currency: string },
  to: string,
): Promise<Exchanged> {
  const { amount, currency } = money;
  if (currency === to) return { amount, currency, exchangeRate: null };
  const exchangeRate = await rateOf(books, currency, to);
  if (exchangeRate === undefined)
    throw new RailError(
      400,
      // Stripe's page of codes has none for it; that of accounts that take no transfers would blame the recipient.
      undefined,
      `The requested transfer cannot be created: ${currency} is not converted to ${to}, the currency in which the destination account settles.`,
      { param: 'currency' },
    );
  const arriving = atRate(amount, { currency: to, exchangeRate });
  if (arriving < 1n)
    throw new RailError(400, 'amount_too_small', `The amount converts to less than can be paid in ${to}.`, {
      param: 'amount',
    });
  return { amount: arriving, currency: to, exchangeRate };
}

/** An amount at a rate that was told, half up to the step of the currency; as it is where nothing was exchanged. */
export function atRate(
  amount: bigint,
  { currency, exchangeRate }: Pick<Exchanged, 'currency' | 'exchangeRate'>,
): bigint {
  if (exchangeRate === null) return amount;
  const { step = 1n } = UNITS[currency] ?? {};
  const rate = BigInt(Math.round(exchangeRate * Number(RATE_SCALE)));
  return halfUp(amount * rate, RATE_SCALE * step) * step;
}

/** What one smallest unit of a currency is in those of another; undefined where there is no rate. */
async function rateOf(books: Books, from: string, to: string): Promise<number | undefined> {
  const rates: Record<string, number> = { ...(await books.setting('rates')), [PLATFORM_CURRENCY]: WHOLE };
  const inUnits = (code: string) => BigInt(rates[code] ?? 0) * 10n ** BigInt(UNITS[code]?.digits ?? 0);
  const [sent, arrives] = [inUnits(from), inUnits(to)];
  if (sent === 0n || arrives === 0n) return undefined;
  const rate = halfUp(arrives * RATE_SCALE, sent);
  return rate === 0n ? undefined : Number(rate) / Number(RATE_SCALE);
}

/** Rounded to the nearest integer, halves up; neither is negative. */
function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
