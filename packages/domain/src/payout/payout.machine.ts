import { defineMachine } from '../machine/machine';

/** Money on its way. UNKNOWN is never a failure: the rail is asked again with the same key. */
export const payoutMachine = defineMachine({
  name: 'payout',
  initial: 'GATED',
  terminal: ['PAID', 'CANCELLED', 'RETURNED'],
  transitions: {
    GATED: { REQUEST: 'REQUESTED', CANCEL: 'CANCELLED' },
    REQUESTED: { TRANSFERRED: 'IN_TRANSIT', UNCLEAR: 'UNKNOWN', REFUSED: 'FAILED', HOLD: 'GATED' },
    UNKNOWN: { TRANSFERRED: 'IN_TRANSIT', UNCLEAR: 'UNKNOWN', REFUSED: 'FAILED' },
    FAILED: { RETRY: 'REQUESTED', CANCEL: 'CANCELLED' },
    IN_TRANSIT: { PAID: 'PAID', BANK_RETURNED: 'RETURNED' },
    PAID: {},
    RETURNED: {},
    CANCELLED: {},
  },
});

/** One reason why money waits. */
export interface PayoutBlock {
  readonly gate: string;
  readonly reason: string;
  /** Who can open the gate: the expert, the platform, or time. */
  readonly decidedBy: 'EXPERT' | 'PLATFORM' | 'TIME';
}

export interface PayoutFacts {
  readonly amountMinor: bigint;
  readonly minimumMinor: bigint;
  readonly hasActiveAccount: boolean;
  readonly arePayoutsStopped: boolean;
  /** What the rail has available in this currency, minor units. */
  readonly railAvailableMinor: bigint;
}

/** The gates that a payout must pass; each that it does not names its reason and who decides. */
export function payoutBlocks(facts: PayoutFacts): PayoutBlock[] {
  const blocks: PayoutBlock[] = [];
  if (!facts.hasActiveAccount)
    blocks.push({ gate: 'PAYOUT_ACCOUNT', reason: 'Set up where you want to be paid.', decidedBy: 'EXPERT' });
  if (facts.amountMinor < facts.minimumMinor)
    blocks.push({
      gate: 'MINIMUM',
      reason: 'The amount is below the smallest payout; it is paid with the next earnings.',
      decidedBy: 'TIME',
    });
  if (facts.arePayoutsStopped)
    blocks.push({
      gate: 'STOPPED',
      reason: 'All payouts are stopped by the platform for a check.',
      decidedBy: 'PLATFORM',
    });
  if (facts.railAvailableMinor < facts.amountMinor)
    blocks.push({
      gate: 'RAIL_BALANCE',
      reason: 'The money has not arrived at the bank yet.',
      decidedBy: 'TIME',
    });
  return blocks;
}
