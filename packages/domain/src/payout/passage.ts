import { coolingOff, type EarnedPay } from './cooling-off';
import {
  amountBlocks,
  partThatNeedsNobody,
  standingBlocks,
  type AmountFacts,
  type DatedBlock,
  type StandingFacts,
} from './payout-gates';

/** What is known of one expert's money in one currency when the gates are asked. */
export interface PassageFacts extends StandingFacts, Omit<AmountFacts, 'amountMinor'> {
  /** Payable and not on its way, minor units. */
  readonly payableMinor: bigint;
  /** The part that is asked for, minor units; all that is ready where it is absent. */
  readonly wantedMinor?: bigint;
  /** What a person of staff was asked about and has not decided, minor units; it stays what they were asked, as long as anybody has to be. */
  readonly waitingMinor?: bigint;
  /** Pay that may still cool off. */
  readonly recent: readonly EarnedPay[];
  readonly coolingDays: number;
}

/** What may leave now, what may not, and why; minor units. openMinor + heldBackMinor = what is payable. */
export interface Passage {
  /** What a run sends now; 0 where a gate is closed. */
  readonly openMinor: bigint;
  readonly heldBackMinor: bigint;
  /** What can be asked for now without a person's leave: all that is open, or the part of it below every limit. */
  readonly askableMinor: bigint;
  /** What has cooled off, whatever the other gates say. */
  readonly readyMinor: bigint;
  /** What the gates were asked about: what a person of staff is asked to approve where that is what holds it. */
  readonly askedMinor: bigint;
  /** What holds what the gates were asked about; empty where that may leave, though younger pay may still cool off. */
  readonly closed: DatedBlock[];
  /** Every closed gate, with what cools off; empty where everything may leave. */
  readonly blocks: DatedBlock[];
}

/** Puts an expert's money through the gates. */
export function passGates(facts: PassageFacts, now: Date): Passage {
  const { payableMinor, wantedMinor, approvedMinor, waitingMinor, recent, coolingDays } = facts;
  const { readyMinor, blocks: cooling } = coolingOff(payableMinor, recent, coolingDays, now);
  const standing = standingBlocks(facts, now);
  // Where nothing is ready yet, only what the expert can do about it is asked of what will be.
  const ready = readyMinor > 0n ? readyMinor : payableMinor;
  const blocksOf = (amountMinor: bigint) =>
    amountBlocks({ ...facts, amountMinor }).filter(
      ({ decidedBy }) => readyMinor > 0n || decidedBy === 'EXPERT',
    );
  // What was approved, or waits for that, goes out as it was asked for; what was earned since follows by itself.
  const most = wantedMinor ?? approvedMinor ?? (blocksOf(ready).length > 0 ? waitingMinor : undefined);
  const askedMinor = most !== undefined && most < ready ? most : ready;
  const others = [...standing, ...blocksOf(askedMinor)];
  // What has cooled off does not wait for what has not.
  const closed = readyMinor > 0n ? others : [...others, ...cooling];
  const openMinor = closed.length === 0 && readyMinor > 0n ? askedMinor : 0n;
  const freeMinor = standing.length === 0 ? partThatNeedsNobody({ ...facts, amountMinor: readyMinor }) : 0n;
  const askableMinor = openMinor > freeMinor ? openMinor : freeMinor;
  // What is ready beyond what was asked about says what holds it, too.
  const rest = others.length === 0 && askedMinor < ready ? blocksOf(ready) : [];
  const blocks = [...others, ...rest, ...cooling];
  const heldBackMinor = payableMinor - openMinor;
  return { openMinor, heldBackMinor, askableMinor, readyMinor, askedMinor, closed, blocks };
}
