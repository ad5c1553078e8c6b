import {
  accountCode,
  move,
  nextRunAt,
  payoutMachine,
  promisedDay,
  type Currency,
  type DatedBlock,
  type Passage,
  type PayoutCalendar,
} from '@tallystick/domain';
import { orRefuse } from '../../platform/errors/refused';
import type { Tx } from '../../platform/prisma/transaction';
import type { ApprovalStanding } from '../audit/audit.public';
import { balancesOf } from '../ledger/ledger.public';
import type { Gated, Gates, PassageTime, PassageWish } from './gates';
import { askForFourEyes, holdWhatIsListed, isAskedNow } from './ask-people';
import {
  insertPayouts,
  lockPayouts,
  movePayouts,
  openPayouts,
  type FreshPayout,
  type OpenPayout,
  type PayoutChange,
} from './payout-batch.repository';
import { lapseOvertaken } from './lapse-approvals';
import { ASKED_FOR, onItsWay } from './on-its-way';
import { decisionPromised } from './payout-calendar';
import { tellWhoWaits } from './tell-experts';

/** Whose money is asked for, in which run. */
export interface BatchWish {
  readonly runId: string;
  readonly currency: Currency;
  readonly calendar: PayoutCalendar;
  /** What the rail has and was not asked for, minor units. */
  readonly railLeftMinor: bigint;
  readonly expertIds: readonly string[];
  /** The part that an expert asks for, minor units; all that is ready where it is absent. */
  readonly wantedMinor?: bigint;
  /** True where what needs nobody's leave goes out, if not all that is ready may. */
  readonly isPartEnough?: boolean;
  /** The person who asks; null where the product itself does. They never approve it. */
  readonly requestedById: string | null;
}

/** Whose money the gates are asked about. Where it is not known what the rail has, its gate is open. */
type GatesWish = Pick<BatchWish, 'currency' | 'expertIds' | 'wantedMinor'> &
  Partial<Pick<BatchWish, 'railLeftMinor' | 'isPartEnough'>>;

/** What a batch came to. */
export interface BatchResult {
  readonly requested: number;
  readonly gated: number;
  /** What the rail is asked for, minor units. */
  readonly sentMinor: bigint;
  /** What has cooled off, whatever the other gates say, minor units. */
  readonly readyMinor: bigint;
  /** What can be asked for now without a person's leave, minor units. */
  readonly askableMinor: bigint;
  /** Every gate that holds something of what was asked for. */
  readonly blocks: readonly DatedBlock[];
  /** What people of staff were asked to approve before, and have not decided on. */
  readonly waiting: readonly ApprovalStanding[];
}

/** What is decided about one expert's money. */
interface Decision {
  readonly expertId: string;
  readonly payableMinor: bigint;
  readonly passage: Gated;
  /** The payout that waits already. */
  readonly waiting?: OpenPayout;
}

/**
 * Puts what experts have earned through the gates, all in this transaction and with a fixed number of statements. What
 * may leave becomes a requested payout, committed before the rail is asked; what may not is kept with its reasons.
 */
export async function requestPayouts(tx: Tx, gates: Gates, wish: BatchWish): Promise<BatchResult> {
  const decisions = await decide(tx, gates, wish);
  return store(
    tx,
    gates,
    wish,
    decisions.map((each) => ({ ...each, passage: asAsked(each.passage, tx, wish.calendar) })),
  );
}

/** What a payout is kept with: where a person of staff is asked with it, the block says by when they decide. */
function asAsked(passage: Gated, tx: Tx, calendar: PayoutCalendar): Gated {
  if (!isAskedNow(passage, tx.now)) return passage;
  const until = decisionPromised(tx.now, calendar).toISOString();
  const asked = (block: DatedBlock) =>
    block.gate === 'FOUR_EYES' ? { ...block, until, isAsked: true } : block;
  return { ...passage, closed: passage.closed.map(asked), blocks: passage.blocks.map(asked) };
}

/** Keeps what holds now what waited before; sends nothing. What nothing holds any more is left to the next run. */
export async function askAgain(tx: Tx, gates: Gates, wish: GatesWish): Promise<void> {
  const found = await decide(tx, gates, wish);
  const moves = found.flatMap((decision) => {
    const { waiting: seen, payableMinor: amountMinor, passage } = decision;
    return seen?.state === payoutMachine.initial && isOther(seen, decision)
      ? [{ seen, change: { state: seen.state, amountMinor, blocks: passage.blocks } }]
      : [];
  });
  await movePayouts(tx.db, moves);
  await lapseOvertaken(tx, wish.expertIds, wish.currency);
}

/** Asks the gates about each expert's money. Nobody else decides about it until the transaction ends. */
async function decide(tx: Tx, gates: Gates, wish: GatesWish): Promise<Decision[]> {
  const { currency, railLeftMinor } = wish;
  await lockPayouts(tx.db, wish.expertIds, currency);
  const open = await openPayouts(tx.db, wish.expertIds, currency);
  const wishes = await wishesOf(tx.db, wish, open);
  const at = { currency, now: tx.now, railLeftMinor };
  const passed = await gates.passAll(tx.db, at, wishes);
  if (wish.isPartEnough) await passParts(tx, gates, at, wishes, passed);
  return wishes.flatMap(({ expertId, payableMinor }): Decision[] => {
    const passage = passed.get(expertId);
    const waiting = open.find((each) => each.expertId === expertId && !ASKED_FOR.includes(each.state));
    return passage ? [{ expertId, payableMinor, passage, waiting }] : [];
  });
}

/** Where all that is ready may not leave, lets pass what can be asked for without a person's leave, as the page offers it. */
async function passParts(
  tx: Tx,
  gates: Gates,
  at: PassageTime,
  wishes: readonly PassageWish[],
  passed: Map<string, Gated>,
): Promise<void> {
  const parts = wishes.flatMap((wish) => {
    const { openMinor = 0n, askableMinor = 0n } = passed.get(wish.expertId) ?? {};
    return openMinor === 0n && askableMinor > 0n ? [{ ...wish, wantedMinor: askableMinor }] : [];
  });
  if (parts.length === 0) return;
  for (const [expertId, part] of await gates.passAll(tx.db, at, parts))
    if (part.openMinor > 0n) passed.set(expertId, part);
}

/** What is payable and not on its way; experts with nothing are left out. Payouts are read before balances: a transfer between the two makes the wish smaller, never larger. */
export async function wishesOf(
  db: Tx['db'],
  wish: GatesWish,
  open: readonly OpenPayout[],
): Promise<PassageWish[]> {
  const codeOf = (expertId: string) => accountCode.expertPayable(expertId, wish.currency);
  const balances = await balancesOf(db, wish.expertIds.map(codeOf));
  return wish.expertIds.flatMap((expertId) => {
    const own = open.filter((each) => each.expertId === expertId);
    const payableMinor = (balances.get(codeOf(expertId))?.postedMinor ?? 0n) - onItsWay(own);
    const payoutId = own.find(({ state }) => !ASKED_FOR.includes(state))?.id;
    return payableMinor > 0n ? [{ expertId, payableMinor, wantedMinor: wish.wantedMinor, payoutId }] : [];
  });
}

async function store(
  tx: Tx,
  gates: Gates,
  wish: BatchWish,
  decisions: readonly Decision[],
): Promise<BatchResult> {
  const promisedOn = promisedDay(tx.now, wish.calendar);
  const fresh: FreshPayout[] = [];
  const moves: { seen: OpenPayout; change: PayoutChange }[] = [];
  const sent: string[] = [];
  const held: { id: string; expertId: string; passage: Gated }[] = [];
  for (const decision of decisions) {
    const { waiting, passage } = decision;
    const isSent = passage.openMinor > 0n;
    const id = waiting?.id ?? tx.newId();
    if (isSent) sent.push(id);
    else held.push({ id, expertId: decision.expertId, passage });
    const state = stateAfter(decision);
    if (!waiting) fresh.push(freshOf(tx, wish, decision, id, promisedOn));
    else if (isSent || isOther(waiting, decision))
      moves.push({ seen: waiting, change: changeOf(tx, wish, decision, waiting, promisedOn) });
    if (isSent || waiting?.state !== state) {
      const amountMinor = isSent ? passage.openMinor : decision.payableMinor;
      const facts = { amountMinor, currency: wish.currency, gates: passage.blocks.map(({ gate }) => gate) };
      const { expertId } = decision;
      tx.record({
        subjectType: 'payout',
        subjectId: id,
        from: waiting?.state ?? null,
        to: state,
        facts,
        expertId,
      });
    }
  }
  await insertPayouts(tx.db, fresh);
  await movePayouts(tx.db, moves);
  if (sent.length > 0) tx.enqueue({ queue: 'rail', name: 'transfer-payouts', payload: { payoutIds: sent } });
  await holdWhatIsListed(
    tx,
    decisions.map(({ expertId, passage }) => ({ expertId, hitPlace: passage.hitPlace })),
  );
  await lapseOvertaken(tx, wish.expertIds, wish.currency);
  for (const { id, expertId, passage } of held)
    await askForFourEyes(tx, { ...wish, gates }, { payoutId: id, expertId, passage });
  await tellWhoWaits(
    tx,
    decisions.map(({ expertId, waiting, passage }) => ({ expertId, before: waiting?.blocks ?? [], passage })),
    nextRunAt(tx.now, wish.calendar),
  );
  const sum = (of: (passage: Passage) => bigint) =>
    decisions.reduce((total, { passage }) => total + of(passage), 0n);
  return {
    requested: sent.length,
    gated: decisions.length - sent.length,
    sentMinor: sum(({ openMinor }) => openMinor),
    readyMinor: sum(({ readyMinor }) => readyMinor),
    askableMinor: sum(({ askableMinor }) => askableMinor),
    blocks: decisions.flatMap(({ passage }) => passage.closed),
    waiting: decisions.flatMap(({ passage: { approval } }) =>
      approval?.state === 'PENDING' ? [approval] : [],
    ),
  };
}

function stateAfter({ passage, waiting }: Decision): string {
  if (passage.openMinor === 0n) return waiting?.state ?? payoutMachine.initial;
  const from = waiting?.state ?? payoutMachine.initial;
  return orRefuse(move(payoutMachine, from, from === 'FAILED' ? 'RETRY' : 'REQUEST'));
}

function freshOf(tx: Tx, wish: BatchWish, decision: Decision, id: string, promisedOn: Date): FreshPayout {
  const { expertId, passage, payableMinor } = decision;
  const isSent = passage.openMinor > 0n;
  return {
    id,
    runId: wish.runId,
    expertId,
    currency: wish.currency,
    amountMinor: isSent ? passage.openMinor : payableMinor,
    state: stateAfter(decision),
    blocks: isSent ? [] : passage.blocks,
    createdAt: tx.now,
    requestedAt: isSent ? tx.now : null,
    promisedOn: isSent ? promisedOn : null,
  };
}

function changeOf(
  tx: Tx,
  wish: BatchWish,
  decision: Decision,
  waiting: OpenPayout,
  promisedOn: Date,
): PayoutChange {
  const { passage, payableMinor } = decision;
  const state = stateAfter(decision);
  if (passage.openMinor === 0n) return { state, amountMinor: payableMinor, blocks: passage.blocks };
  return {
    state,
    amountMinor: passage.openMinor,
    blocks: [],
    runId: wish.runId,
    requestedAt: tx.now,
    askedAt: null,
    promisedOn,
    failureReason: null,
    // A refused attempt is over; the next has a key of its own.
    attempt: waiting.state === 'FAILED' ? waiting.attempt + 1 : waiting.attempt,
  };
}

/** True where the waiting payout says something else than what was found. */
function isOther(waiting: OpenPayout, { payableMinor, passage }: Decision): boolean {
  return (
    waiting.amountMinor !== payableMinor || JSON.stringify(waiting.blocks) !== JSON.stringify(passage.blocks)
  );
}
