import { formatAmount, type Currency } from '../money/money';
import type { Passage } from './passage';
import type { DatedBlock } from './payout-gates';

/** Sum of an expert's payouts of a state, minor units of one currency. */
export interface PayoutSum {
  readonly state: string;
  readonly amountMinor: bigint;
}

/** Where an expert's money of one currency is, minor units. */
export interface Whereabouts {
  /** May leave now: by the next run, or as soon as it is asked for. */
  readonly payableMinor: bigint;
  /** Waits for what `blocks` say, with what the bank returned. */
  readonly heldBackMinor: bigint;
  /** What can be asked for by hand, with nobody's leave. */
  readonly askableMinor: bigint;
  readonly onItsWayMinor: bigint;
  readonly paidMinor: bigint;
  /** The part of what is held that a bank returned. */
  readonly returnedMinor: bigint;
}

/** The gates' answer about what is left in the books; null where nothing is left. */
type Answer = Pick<Passage, 'openMinor' | 'heldBackMinor' | 'askableMinor' | 'blocks'> | null;

const ON_ITS_WAY: readonly string[] = ['REQUESTED', 'UNKNOWN', 'IN_TRANSIT'];
/** Asked for at the rail while the books still have it. */
const STILL_IN_BOOKS: readonly string[] = ['REQUESTED', 'UNKNOWN'];

/** What is left of what the books owe an expert when what the rail was asked for is taken off, minor units. */
export function leftInBooks(owedMinor: bigint, payouts: readonly PayoutSum[]): bigint {
  return owedMinor - sumOf(payouts, STILL_IN_BOOKS);
}

/**
 * Where an expert's money is. payable + held + on its way + paid is what was earned and was not taken back, with what
 * was paid for lines that were taken back since.
 */
export function whereabouts(answer: Answer, payouts: readonly PayoutSum[]): Whereabouts {
  const { openMinor, heldBackMinor, askableMinor, blocks } = answer ?? NOTHING;
  // What only waits for there to be more is held, though it may be asked for by hand: no run sends it.
  const isSmall = blocks.some(({ gate }) => gate === 'MINIMUM');
  const payableMinor = openMinor > 0n || isSmall ? openMinor : askableMinor;
  const returnedMinor = sumOf(payouts, ['RETURNED']);
  return {
    payableMinor,
    heldBackMinor: openMinor + heldBackMinor - payableMinor + returnedMinor,
    askableMinor,
    onItsWayMinor: sumOf(payouts, ON_ITS_WAY),
    paidMinor: sumOf(payouts, ['PAID']),
    returnedMinor,
  };
}

/** Why what a bank returned waits: for its expert, where the bank takes nothing more; else for the rail, which sends it again. */
export function returnedBlock(
  { minor, currency }: { readonly minor: bigint; readonly currency: Currency },
  about: { readonly isRestricted: boolean; readonly since: Date; readonly waitsUntil?: Date },
): DatedBlock {
  const what = `${formatAmount({ minor, currency })} came back from the bank and is safe in your payout account.`;
  const since = about.since.toISOString();
  const { isRestricted, waitsUntil } = about;
  if (isRestricted)
    return {
      gate: 'RETURNED',
      reason: `${what} It is sent again once you have given other bank details.`,
      decidedBy: 'EXPERT',
      since,
    };
  return {
    gate: 'RETURNED',
    reason: `${what} The payment provider sends it again by itself.`,
    decidedBy: 'TIME',
    since,
    ...(waitsUntil && { until: waitsUntil.toISOString() }),
  };
}

const NOTHING = { openMinor: 0n, heldBackMinor: 0n, askableMinor: 0n, blocks: [] };

function sumOf(payouts: readonly PayoutSum[], states: readonly string[]): bigint {
  return payouts
    .filter(({ state }) => states.includes(state))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
