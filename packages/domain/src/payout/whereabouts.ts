import { formatAmount, type Currency } from '../money/money';
import type { Passage } from './passage';
import { standingBlocks, waitEnd, type DatedBlock, type StandingFacts } from './payout-gates';
import type { RailHold } from './rail-hold';

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

/** What holds money that a bank returned. */
export interface ReturnedFacts {
  /** When it came back. */
  readonly since: Date;
  readonly standing: StandingFacts;
  /** Whether the rail waits, and until when. */
  readonly hold: RailHold;
}

/**
 * Why what a bank returned waits: for a person of staff, for its expert, for the cool-down of other bank details; where
 * nothing holds it, it is sent again soon.
 */
export function returnedBlock(
  { minor, currency }: { readonly minor: bigint; readonly currency: Currency },
  { since, standing, hold }: ReturnedFacts,
  now: Date,
): DatedBlock {
  const what = `${formatAmount({ minor, currency })} came back from the bank and is safe in your payout account.`;
  const block = { gate: 'RETURNED', since: since.toISOString() };
  const people = standingBlocks(standing, now).find(({ decidedBy }) => decidedBy === 'PLATFORM');
  if (people)
    return { ...block, reason: `${what} ${people.reason}`, decidedBy: 'PLATFORM', until: people.until };
  const { hasActiveAccount, coolDownHours, bankChangedAt } = standing;
  if (!hasActiveAccount)
    return {
      ...block,
      reason: `${what} It is sent again ${coolDownHours} hours after you have given other bank details, so that nobody else can send it away.`,
      decidedBy: 'EXPERT',
    };
  const until = hold.isHeld ? hold.until : undefined;
  if (!until)
    return { ...block, reason: `${what} It is sent to your bank again within minutes.`, decidedBy: 'TIME' };
  const why =
    waitEnd(bankChangedAt, coolDownHours, now) === undefined
      ? `It waits ${coolDownHours} hours before it is sent again.`
      : `Another bank account was set: it waits ${coolDownHours} hours for it, so that nobody else can send it away.`;
  return { ...block, reason: `${what} ${why}`, decidedBy: 'TIME', until: until.toISOString() };
}

/** What was sent and lies at the rail: how much, and why the rail does not send it on, where it refused that. */
export interface LyingFacts extends Pick<ReturnedFacts, 'standing' | 'hold'> {
  readonly refusal?: { readonly reason: string; readonly triedAgainAt: Date };
}

/**
 * Why what was sent lies in the expert's account at the rail and goes no further: a person holds it, another bank account was set since, or
 * the rail refused to send it on. Undefined where it goes on within minutes, or waits for bank details, for which the account asks.
 */
export function sentBlock(
  { minor, currency }: { readonly minor: bigint; readonly currency: Currency },
  { standing, hold, refusal }: LyingFacts,
  now: Date,
): DatedBlock | undefined {
  if (minor === 0n) return undefined;
  const what = `${formatAmount({ minor, currency })} was sent and is safe in your payout account.`;
  if (!hold.isHeld) return refusal && refusedBlock(what, refusal);
  const people = standingBlocks(standing, now).find(({ decidedBy }) => decidedBy === 'PLATFORM');
  if (people)
    return { gate: 'SENT', reason: `${what} ${people.reason}`, decidedBy: 'PLATFORM', until: people.until };
  if (!hold.until) return undefined;
  return {
    gate: 'SENT',
    reason: `${what} Another bank account was set: what had not reached the bank by then waits ${standing.coolDownHours} hours, so that nobody else can send it away.`,
    decidedBy: 'TIME',
    until: hold.until.toISOString(),
  };
}

function refusedBlock(
  what: string,
  { reason, triedAgainAt }: NonNullable<LyingFacts['refusal']>,
): DatedBlock {
  return {
    gate: 'SENT',
    reason: `${what} The payment provider did not send it on to your bank: ${reason} It is tried again, and our finance team was told.`,
    decidedBy: 'PLATFORM',
    until: triedAgainAt.toISOString(),
  };
}

const NOTHING = { openMinor: 0n, heldBackMinor: 0n, askableMinor: 0n, blocks: [] };

function sumOf(payouts: readonly PayoutSum[], states: readonly string[]): bigint {
  return payouts
    .filter(({ state }) => states.includes(state))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
