import type { OpenPayout } from './payout-batch.repository';

/** What the rail was asked for and the books still have. */
export const ASKED_FOR: readonly string[] = ['REQUESTED', 'UNKNOWN'];

/** What the rail was asked for and the books still have, minor units. */
export function onItsWay(open: readonly Pick<OpenPayout, 'state' | 'amountMinor'>[]): bigint {
  return open
    .filter(({ state }) => ASKED_FOR.includes(state))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
