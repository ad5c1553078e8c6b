import { dayWords } from '../date/date-words';
import type { DatedBlock } from './payout-gates';

const DAY_MS = 86_400_000;

/** Pay of one charge. */
export interface EarnedPay {
  /** What is left of it after everything that was taken back of it, minor units; never below zero. */
  readonly payMinor: bigint;
  readonly chargedAt: Date;
}

/**
 * Splits what is payable into what has cooled off and what has not; neither is ever below zero or above what is payable. Only
 * charges of the last `days` can still cool; more of them than is payable were paid out already. Minor units.
 */
export function coolingOff(
  payableMinor: bigint,
  recent: readonly EarnedPay[],
  days: number,
  now: Date,
): { readyMinor: bigint; coolingMinor: bigint; blocks: DatedBlock[] } {
  const cooling = recent.filter(
    ({ payMinor, chargedAt }) => payMinor > 0n && coolUntil(chargedAt, days) > now,
  );
  const sum = cooling.reduce((total, { payMinor }) => total + payMinor, 0n);
  const coolingMinor = sum < payableMinor ? sum : payableMinor;
  const readyMinor = payableMinor - coolingMinor;
  if (coolingMinor <= 0n) return { readyMinor, coolingMinor: 0n, blocks: [] };
  const ends = cooling.map(({ chargedAt }) => coolUntil(chargedAt, days).getTime());
  const end = new Date(Math.min(...ends));
  const reason = `Approved time cools off for ${days} ${days === 1 ? 'day' : 'days'} before it is paid; the first of it is ready on ${dayWords(end)}.`;
  return {
    readyMinor,
    coolingMinor,
    blocks: [{ gate: 'COOLING_OFF', reason, decidedBy: 'TIME', until: end.toISOString() }],
  };
}

function coolUntil(chargedAt: Date, days: number): Date {
  return new Date(chargedAt.getTime() + days * DAY_MS);
}
