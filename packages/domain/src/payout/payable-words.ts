import { formatAmount, type Money } from '../money/money';

/** Which amounts can be paid out now, in a sentence that names the least and the most: both of one currency. */
export function payableWords(least: Money, most: Money): string {
  const [from, upTo] = [formatAmount(least), formatAmount(most)];
  if (most.minor < least.minor)
    return `${upTo} is ready, which is less than the smallest payout of ${from}. It can be paid out once it has grown to that.`;
  if (most.minor === least.minor) return `Exactly ${upTo} can be paid out now. Ask for that.`;
  return `From ${from} up to ${upTo} can be paid out now. Ask for an amount within that.`;
}
