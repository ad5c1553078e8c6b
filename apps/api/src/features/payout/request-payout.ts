import { accountCode, move, payoutMachine, type Currency } from '@tallystick/domain';
import { orRefuse } from '../../platform/errors/refused';
import type { Tx } from '../../platform/prisma/transaction';
import { balancesOf } from '../ledger/ledger.public';
import { notify } from '../notification/notification.public';
import type { Gates, Passage } from './gates';
import { insertPayout, lockPayouts, movePayout, openPayouts, type PayoutRecord } from './payout.repository';

/** Whose money is asked for, in which run. */
export interface PayoutWish {
  readonly runId: string;
  readonly expertId: string;
  readonly currency: Currency;
  /** What the rail has available in this currency. */
  readonly railAvailableMinor: bigint;
}

/**
 * Puts what an expert has earned through the gates. What may leave becomes a requested payout, committed before the
 * rail is asked; what may not is kept with its reasons. Returns what the rail is asked for, minor units; undefined
 * where nothing is payable that is not on its way.
 */
export async function requestPayout(tx: Tx, gates: Gates, wish: PayoutWish): Promise<bigint | undefined> {
  const { expertId, currency, runId } = wish;
  await lockPayouts(tx.db, expertId, currency);
  const open = await openPayouts(tx.db, expertId, currency);
  const amountMinor = (await payableMinor(tx, expertId, currency)) - onItsWay(open);
  if (amountMinor <= 0n) return undefined;
  const passage = await gates.pass(tx.db, wish, amountMinor, tx.now, wish.railAvailableMinor);
  const waiting = open.find(({ state }) => state === 'GATED' || state === 'FAILED');
  const payout = waiting ?? (await freshPayout(tx, { runId, expertId, currency, amountMinor }));
  const sentMinor = passage.openMinor;
  const state = await decide(tx, payout, passage, { runId, amountMinor });
  if (waiting?.state !== state || sentMinor > 0n) {
    const gatesClosed = passage.blocks.map(({ gate }) => gate);
    const facts = { amountMinor: sentMinor > 0n ? sentMinor : amountMinor, currency, gates: gatesClosed };
    const from = waiting?.state ?? null;
    tx.record({ subjectType: 'payout', subjectId: payout.id, from, to: state, facts, expertId });
  }
  if (sentMinor > 0n)
    tx.enqueue({ queue: 'rail', name: 'transfer-payout', payload: { payoutId: payout.id } });
  else await tellExpert(tx, expertId, waiting, passage);
  return sentMinor;
}

async function decide(
  tx: Tx,
  payout: PayoutRecord,
  passage: Passage,
  asked: { runId: string; amountMinor: bigint },
): Promise<string> {
  const isSent = passage.openMinor > 0n;
  const isRetry = payout.state === 'FAILED';
  const state = isSent
    ? orRefuse(move(payoutMachine, payout.state, isRetry ? 'RETRY' : 'REQUEST'))
    : payout.state;
  const changes = isSent
    ? {
        amountMinor: passage.openMinor,
        blocks: [],
        runId: asked.runId,
        requestedAt: tx.now,
        failureReason: null,
      }
    : { amountMinor: asked.amountMinor, blocks: passage.blocks };
  // A refused attempt is over; the next has a key of its own.
  const attempt = isSent && isRetry ? payout.attempt + 1 : payout.attempt;
  if (!(await movePayout(tx.db, payout, { state, attempt, ...changes })))
    throw new Error('the payout moved meanwhile');
  return state;
}

async function payableMinor(tx: Tx, expertId: string, currency: Currency): Promise<bigint> {
  const code = accountCode.expertPayable(expertId, currency);
  return (await balancesOf(tx.db, [code])).get(code)?.postedMinor ?? 0n;
}

/** What the rail was asked for and the books still have, minor units. */
export function onItsWay(open: readonly PayoutRecord[]): bigint {
  return open
    .filter(({ state }) => state === 'REQUESTED' || state === 'UNKNOWN')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

async function freshPayout(
  tx: Tx,
  about: { runId: string; expertId: string; currency: string; amountMinor: bigint },
): Promise<PayoutRecord> {
  const row = { id: tx.newId(), ...about, state: 'GATED', blocks: [], createdAt: tx.now };
  await insertPayout(tx.db, row);
  const nothing = {
    railTransferId: null,
    railPayoutId: null,
    failureReason: null,
    ledgerTransactionId: null,
  };
  return { ...row, ...nothing, attempt: 1, requestedAt: null, transferredAt: null, paidAt: null, version: 0 };
}

/** Tells an expert once that money waits for them. What time or the platform opens, the page shows. */
async function tellExpert(
  tx: Tx,
  expertId: string,
  before: PayoutRecord | undefined,
  passage: Passage,
): Promise<void> {
  const block = passage.blocks.find(({ decidedBy }) => decidedBy === 'EXPERT');
  if (!block || before?.blocks.some(({ gate }) => gate === block.gate)) return;
  await notify(
    tx,
    { expertId },
    {
      kind: 'PAYOUT_WAITS',
      title: 'Your earnings wait for you',
      body: `${block.reason} Nothing is lost: it is paid with the next run.`,
      link: '/expert/earnings',
    },
  );
}
