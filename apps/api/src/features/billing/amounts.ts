import { CURRENCIES, isCurrency, type Currency } from '@tallystick/domain';
import { z } from 'zod';
import { Refused } from '../../platform/errors/refused';

/** An amount as it comes in: minor units as text, and its currency. */
export const AmountInput = {
  amountMinor: z.string().regex(/^\d{1,11}$/, 'write an amount, e.g. 500'),
  currency: z.string(),
};

/** The currency of an input. Refuses with CURRENCY_UNKNOWN. */
export function currencyOf(code: string): Currency {
  if (isCurrency(code)) return code;
  const known = Object.keys(CURRENCIES).join(', ');
  throw new Refused('CURRENCY_UNKNOWN', `Choose one of ${known}.`, { field: 'currency' });
}
