import {
  CURRENCIES,
  FUNDING_CURRENCIES,
  isCurrency,
  isFundingCurrency,
  railAmount,
  type Currency,
  type FundingCurrency,
} from '@tallystick/domain';
import { z } from 'zod';
import { orRefuse, Refused } from '../../platform/errors/refused';

/** An amount as it comes in: minor units as text, and its currency. */
export const AmountInput = {
  amountMinor: z.string().regex(/^\d{1,11}$/, 'write an amount, e.g. 500'),
  currency: z.string(),
};

/** The most that banks move in one payment, minor units: eight digits. Source: Stripe, the amount of a PaymentIntent. */
export const LARGEST_PAYMENT_MINOR = 99_999_999n;

/** The currency of an input. Refuses with CURRENCY_UNKNOWN. */
export function currencyOf(code: string): Currency {
  if (isCurrency(code)) return code;
  const known = Object.keys(CURRENCIES).join(', ');
  throw new Refused('CURRENCY_UNKNOWN', `Choose one of ${known}.`, { field: 'currency' });
}

/** A currency in which money can come in. Refuses with CURRENCY_UNKNOWN, naming those. */
export function fundingCurrencyOf(code: string): FundingCurrency {
  if (isFundingCurrency(code)) return code;
  const message = `Money comes in by bank transfer, in one of ${FUNDING_CURRENCIES.join(', ')}.`;
  throw new Refused('CURRENCY_UNKNOWN', message, { field: 'currency' });
}

/** Money that is to come in: in a currency that banks send, of an amount that they can. Refuses with CURRENCY_UNKNOWN, AMOUNT_NOT_ON_RAIL. */
export function fundingOf(text: string, code: string): { amountMinor: bigint; currency: FundingCurrency } {
  const currency = fundingCurrencyOf(code);
  const amountMinor = BigInt(text);
  orRefuse(railAmount({ minor: amountMinor, currency }));
  return { amountMinor, currency };
}
