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

/** What holds money that lies in an account at the rail. */
export interface LyingFacts {
  readonly standing: StandingFacts;
  /** Whether it waits, and until when. */
  readonly hold: RailHold;
  /** True of the account that the expert left for one in another country. */
  readonly isLeft: boolean;
  /** Why the rail did not send it on, where it refused that last. */
  readonly refusal?: { readonly reason: string; readonly triedAgainAt: Date };
}

interface Sum {
  readonly minor: bigint;
  readonly currency: Currency;
}

/**
 * Why what a bank returned waits: for a person of staff, for its expert, for the cool-down of other bank details, for the
 * rail; where nothing holds it, it is sent again soon.
 * @param since when the oldest of it came back
 */
export function returnedBlock(sum: Sum, facts: LyingFacts & { readonly since: Date }, now: Date): DatedBlock {
  const what = `${formatAmount(sum)} came back from the bank and is safe in ${placeOf(facts)}.`;
  const block = lyingBlock(what, 'RETURNED', facts, now) ?? {
    gate: 'RETURNED',
    reason: `${what} It is sent to your bank again within minutes.`,
    decidedBy: 'TIME',
  };
  return { ...block, since: facts.since.toISOString() };
}

/**
 * Why what was sent lies in the expert's account at the rail and goes no further. Undefined where it goes on within
 * minutes.
 */
export function sentBlock(sum: Sum, facts: LyingFacts, now: Date): DatedBlock | undefined {
  if (sum.minor === 0n) return undefined;
  return lyingBlock(`${formatAmount(sum)} was sent and is safe in ${placeOf(facts)}.`, 'SENT', facts, now);
}

function placeOf({ isLeft }: LyingFacts): string {
  return isLeft ? 'the payout account that you left' : 'your payout account';
}

/** Who and what holds money that lies there: each with its reason, who decides and, unless the expert acts first, its date. */
function lyingBlock(what: string, gate: string, facts: LyingFacts, now: Date): DatedBlock | undefined {
  const { standing, hold, refusal } = facts;
  const people = standingBlocks(standing, now).find(({ decidedBy }) => decidedBy === 'PLATFORM');
  if (people) return { gate, reason: `${what} ${people.reason}`, decidedBy: 'PLATFORM', until: people.until };
  if (!standing.hasActiveAccount)
    return { gate, reason: `${what} ${accountWords(gate, facts)}`, decidedBy: 'EXPERT' };
  if (hold.isHeld && hold.until) {
    const until = hold.until.toISOString();
    return { gate, reason: `${what} ${waitWords(standing, now)}`, decidedBy: 'TIME', until };
  }
  if (!refusal) return undefined;
  const { reason, triedAgainAt } = refusal;
  const refused = `The payment provider did not send it to your bank: ${reason} It is tried again, and our finance team was told.`;
  return { gate, reason: `${what} ${refused}`, decidedBy: 'PLATFORM', until: triedAgainAt.toISOString() };
}

/** What an expert has to do for an account that cannot be paid. */
function accountWords(
  gate: string,
  { standing: { restrictedAt, coolDownHours }, isLeft }: LyingFacts,
): string {
  const isBack = gate === 'RETURNED';
  if (!isBack && !restrictedAt && !isLeft)
    return 'It goes on to your bank when you have given the payment provider what it asks for.';
  const sent = isBack ? 'sent again' : 'sent to your bank';
  const whose = isLeft ? ' for that account' : '';
  return `It is ${sent} ${coolDownHours} hours after you have given other bank details${whose}, so that nobody else can send it away.`;
}

function waitWords({ bankChangedAt, coolDownHours }: StandingFacts, now: Date): string {
  return waitEnd(bankChangedAt, coolDownHours, now) === undefined
    ? `It waits ${coolDownHours} hours before it is sent again.`
    : `Another bank account was set: it waits ${coolDownHours} hours for it, so that nobody else can send it away.`;
}

const NOTHING = { openMinor: 0n, heldBackMinor: 0n, askableMinor: 0n, blocks: [] };

function sumOf(payouts: readonly PayoutSum[], states: readonly string[]): bigint {
  return payouts
    .filter(({ state }) => states.includes(state))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
