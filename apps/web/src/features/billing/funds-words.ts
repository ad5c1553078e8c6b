import { money, type Money } from '../../lib/money';
import { counted } from '../../lib/words';

/** What is free in a currency, what lost disputes left owing, and what a full week of everything that runs costs. */
export interface Fundable {
  readonly currency: string;
  readonly available: Money;
  readonly lost: Money;
  readonly weekly: Money;
}

/** What an amount that is added would do: first it pays what a bank took back, then it is free for so many full weeks. */
export function weeksWords(balances: readonly Fundable[], minor: string, currency: string): string {
  const balance = balances.find((each) => each.currency === currency);
  const words = (amount: bigint) => money({ minor: amount.toString(), currency });
  const added = BigInt(minor || 0);
  const lost = BigInt(balance?.lost.minor ?? 0);
  if (lost > added)
    return `All of it pays what you owe of a payment that the bank took back. ${words(lost - added)} stays owed; no week is held before that is paid, too.`;
  const before =
    lost > 0n ? `${words(lost)} of it pays what you owe of a payment that the bank took back. ` : '';
  const weekly = BigInt(balance?.weekly.minor ?? 0);
  if (!balance || weekly === 0n) return `${before}Nothing runs in ${currency} now, so no week uses it up.`;
  const free = BigInt(balance.available.minor) + added - lost;
  const weeks = counted(Number(free / weekly), 'more full week');
  return `${before}A full week of everything that runs costs ${words(weekly)} at the most. With this, ${words(free)} is free: enough for ${weeks}.`;
}
