import { fromRailAmount, isCurrency, railAmount } from '@tallystick/domain';
import type { Outcome } from './payment-rail';

/** An answer that is not what was asked for: nothing may be concluded from it. */
export class OddAnswer extends Error {}

/** What was asked for cannot be said on the rail: nothing was sent. */
export class NotSent extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

type Answer = { id?: unknown; object?: unknown; lastResponse?: { statusCode?: number } };

/** Runs a call and says how it ended. Only a definite answer of the rail is a refusal. */
export async function outcome<T>(call: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { kind: 'done', value: await call() };
  } catch (error) {
    if (error instanceof NotSent) return { kind: 'refused', code: error.code, message: error.message };
    const failed = error as { type?: string; statusCode?: number; code?: string; message: string };
    if (isDefinite(failed.statusCode) && !(error instanceof OddAnswer))
      return { kind: 'refused', code: failed.code ?? failed.type ?? 'refused', message: failed.message };
    return { kind: 'unknown', message: failed.type ?? failed.message };
  }
}

/** 409 is another call with the same key, 429 a busy rail: neither says anything about this call. */
function isDefinite(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500 && status !== 409 && status !== 429;
}

/** The answer, where it is what was asked for: object, id, status and what it echoes. Some failures resolve as if they were answers. */
export function checked<T>(
  answer: T,
  object: string,
  idOrPrefix?: string,
  echo: Readonly<Record<string, unknown>> = {},
): T {
  const found = answer as T & Answer;
  const status = found.lastResponse?.statusCode ?? 200;
  if (status >= 300 || found.object !== object)
    throw new OddAnswer(`the rail answered with ${status} ${String(found.object)} instead of ${object}`);
  if (idOrPrefix !== undefined && !String(found.id).startsWith(idOrPrefix))
    throw new OddAnswer(`the rail answered with another ${object}`);
  for (const [field, value] of Object.entries(echo)) {
    if ((found as Record<string, unknown>)[field] !== value)
      throw new OddAnswer(`the rail's ${object} has another ${field}`);
  }
  return answer;
}

/** The largest amount that the rail takes in one call. Source: Stripe, eight digits for most; eleven with its limit raised. */
const LARGEST = 99_999_999_999n;

/** An amount as the rail writes it. Refuses, unsent, what the rail cannot say. */
export function toRail(amountMinor: bigint, currency: string): { amount: number; currency: string } {
  if (!isCurrency(currency)) throw new NotSent('CURRENCY_UNKNOWN', `${currency} is not taken here.`);
  const scaled = railAmount({ minor: amountMinor, currency });
  if (!scaled.ok) throw new NotSent(scaled.refusal.code, scaled.refusal.message);
  if (scaled.value > LARGEST)
    throw new NotSent('AMOUNT_OUT_OF_BOUNDS', 'The amount is larger than the rail takes in one go.');
  return { amount: Number(scaled.value), currency: currency.toLowerCase() };
}

/** An amount of the rail in minor units of the product. Nothing may be concluded from one that the product cannot say. */
export function fromRail(amount: number, railCurrency: string): { amountMinor: bigint; currency: string } {
  const money = fromRailAmount(BigInt(amount), railCurrency);
  if (!money.ok) throw new OddAnswer(money.refusal.message);
  return { amountMinor: money.value.minor, currency: money.value.currency };
}

/** As `fromRail`; what the product cannot say stays in the rail's own units, so that it can be shown as a difference. */
export function fromRailOrRaw(
  amount: number,
  railCurrency: string,
): { amountMinor: bigint; currency: string } {
  const money = fromRailAmount(BigInt(amount), railCurrency);
  return money.ok
    ? { amountMinor: money.value.minor, currency: money.value.currency }
    : { amountMinor: BigInt(amount), currency: railCurrency.toUpperCase() };
}
