import { formDueWords, type Currency } from '@tallystick/domain';
import type { Money } from '../../lib/money';

/** By when a tax form must be there: before how much, of which year. */
export function dueWords(form: { readonly requiredYear: number; readonly requiredFrom: Money }): string {
  const { minor, currency } = form.requiredFrom;
  return formDueWords({ year: form.requiredYear, fromMinor: BigInt(minor) }, currency as Currency);
}
