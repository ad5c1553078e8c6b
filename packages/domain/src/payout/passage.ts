import { coolingOff, type DatedBlock, type EarnedPay } from './cooling-off';
import { payoutBlocks, type PayoutFacts } from './payout.machine';

/** What is known of one expert's money in one currency when the gates are asked. */
export interface PassageFacts extends Omit<PayoutFacts, 'amountMinor'> {
  /** Payable and not on its way, minor units. */
  readonly payableMinor: bigint;
  /** The part that is asked for, minor units; all that is ready where it is absent. */
  readonly wantedMinor?: bigint;
  /** Pay that may still cool off. */
  readonly recent: readonly EarnedPay[];
  readonly coolingDays: number;
}

/** What may leave now, what may not, and why; minor units. openMinor + heldBackMinor = what is payable. */
export interface Passage {
  /** What a run sends now; 0 where a gate is closed. */
  readonly openMinor: bigint;
  readonly heldBackMinor: bigint;
  /** What has cooled off, whatever the other gates say. */
  readonly readyMinor: bigint;
  /** Every closed gate; empty where everything may leave. */
  readonly blocks: DatedBlock[];
}

/** Puts an expert's money through the gates. */
export function passGates(facts: PassageFacts, now: Date): Passage {
  const { payableMinor, wantedMinor, recent, coolingDays } = facts;
  const { readyMinor, blocks: cooling } = coolingOff(payableMinor, recent, coolingDays, now);
  // Where nothing is ready yet, the other gates are shown for what will be.
  const ready = readyMinor > 0n ? readyMinor : payableMinor;
  const amountMinor = wantedMinor !== undefined && wantedMinor < ready ? wantedMinor : ready;
  const closed = payoutBlocks({ ...facts, amountMinor });
  const openMinor = closed.length === 0 && readyMinor > 0n ? amountMinor : 0n;
  return { openMinor, heldBackMinor: payableMinor - openMinor, readyMinor, blocks: [...closed, ...cooling] };
}
