/**
 * What of a line's pay goes off what its expert owes, minor units: no more than is owed, and no more than a share of the
 * pay, in whole percent. As no line gives more than its share, no period does. Rounded down, for the expert.
 */
export function nettedOf(owedMinor: bigint, payMinor: bigint, sharePercent: number): bigint {
  if (owedMinor <= 0n || payMinor <= 0n) return 0n;
  const mostMinor = (payMinor * BigInt(sharePercent)) / 100n;
  return owedMinor < mostMinor ? owedMinor : mostMinor;
}
