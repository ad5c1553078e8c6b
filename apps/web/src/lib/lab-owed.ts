import { money, sumOf, type Money } from './money';

/** What a lab owes in a currency: by open invoices, and by lost disputes. */
interface LabOwes {
  readonly invoiced: Money;
  readonly lost: Money;
}

/** All that a lab owes: the same number on every page. */
export function owedBy({ invoiced, lost }: LabOwes): Money {
  return sumOf(invoiced, lost);
}

/** What a lab owes it for, in words. */
export function owedWords({ invoiced, lost }: LabOwes): string {
  if (lost.minor === '0') return invoiced.minor === '0' ? 'nothing is open' : 'by open invoices';
  if (invoiced.minor === '0') return 'left by a payment that the bank took back';
  return `${money(invoiced)} by open invoices, ${money(lost)} left by a payment that the bank took back`;
}
