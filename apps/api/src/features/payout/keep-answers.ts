import { isCurrency, move, payoutMachine, payoutTransferred, refusalKind } from '@tallystick/domain';
import { orRefuse } from '../../platform/errors/refused';
import type { Tx } from '../../platform/prisma/transaction';
import { postAll } from '../ledger/ledger.public';
import { notify, notifyExperts } from '../notification/notification.public';
import type { Outcome } from '../rail/rail.public';
import { restrictAccounts } from './payout-account.repository';
import { lockByIds, movePayouts, type PayoutChange } from './payout-batch.repository';
import type { PayoutRecord } from './payout.repository';

/** How a call for a transfer ended. */
export type Transferred = Outcome<{ readonly id: string }>;

/** What the rail is called for. */
export interface Call {
  readonly payout: PayoutRecord;
  readonly recipientId: string;
  /** It was asked for without an answer, and a gate has closed since: it is not asked for again now. */
  readonly isLookedUpOnly: boolean;
}

/** True where the rail was asked for a payout and its answer is not kept. */
export function isUnanswered({ state }: PayoutRecord): boolean {
  return state === 'REQUESTED' || state === 'UNKNOWN';
}

/** True where the rail has not heard of a payout that was asked for. */
export function isUnasked(payout: PayoutRecord): boolean {
  return isUnanswered(payout) && payout.askedAt === null;
}

/** Keeps what the rail answered in this transaction: what it took is posted and left the books, what it refused stays payable. */
export async function keepAnswers(
  tx: Tx,
  calls: readonly Call[],
  outcomes: ReadonlyMap<string, Transferred>,
): Promise<void> {
  const asked = new Map(calls.map(({ payout }) => [payout.id, payout]));
  // Another try may have been faster; an answer belongs to its own attempt only.
  const seen = (await lockByIds(tx.db, [...asked.keys()])).filter(
    (payout) => isUnanswered(payout) && payout.attempt === asked.get(payout.id)?.attempt,
  );
  const answers = seen.flatMap((payout) => {
    const outcome = outcomes.get(payout.id);
    return outcome ? [{ payout, outcome }] : [];
  });
  const moves = [...(await keepTaken(tx, answers)), ...keepOthers(tx, answers)];
  await movePayouts(tx.db, moves);
  const refused = answers.filter(({ outcome }) => outcome.kind === 'refused');
  if (refused.length > 0) await tellFinance(tx);
  await restrictRefused(tx, refused, new Map(calls.map((call) => [call.payout.id, call.recipientId])));
}

interface Answer {
  readonly payout: PayoutRecord;
  readonly outcome: Transferred;
}
interface Move {
  readonly seen: PayoutRecord;
  readonly change: PayoutChange;
}

/** What the rail took leaves the books, all in one posting. */
async function keepTaken(tx: Tx, answers: readonly Answer[]): Promise<Move[]> {
  const taken = answers.flatMap(({ payout, outcome }) =>
    outcome.kind === 'done' && isCurrency(payout.currency)
      ? [{ payout, railTransferId: outcome.value.id }]
      : [],
  );
  const posted = await postAll(
    tx,
    taken.map(({ payout, railTransferId }) => ({
      key: `stripe:${railTransferId}:transferred`,
      kind: 'payout-transferred',
      subjectType: 'payout',
      subjectId: payout.id,
      lines: payoutTransferred(payout),
    })),
  );
  sendToBanksSoon(
    tx,
    taken.map(({ payout }) => payout.id),
  );
  return taken.map(({ payout, railTransferId }, index) => {
    const state = orRefuse(move(payoutMachine, payout.state, 'TRANSFERRED'));
    const ledgerTransactionId = posted[index]?.id;
    const { amountMinor, currency, attempt } = payout;
    recordPayout(tx, payout, state, { amountMinor, currency, attempt, railTransferId, ledgerTransactionId });
    return {
      seen: payout,
      change: { state, railTransferId, ledgerTransactionId, transferredAt: tx.now, failureReason: null },
    };
  });
}

/** What the rail refused may be tried again with a new key; what is unclear is asked again with the same. */
function keepOthers(tx: Tx, answers: readonly Answer[]): Move[] {
  return answers.flatMap(({ payout, outcome }) => {
    if (outcome.kind === 'done') return [];
    const state = orRefuse(
      move(payoutMachine, payout.state, outcome.kind === 'refused' ? 'REFUSED' : 'UNCLEAR'),
    );
    if (state !== payout.state || outcome.message !== payout.failureReason)
      recordPayout(tx, payout, state, {
        attempt: payout.attempt,
        ...(outcome.kind === 'refused' && { code: outcome.code, refusal: refusalKind(outcome.code) }),
      });
    return [{ seen: payout, change: { state, failureReason: outcome.message } }];
  });
}

/** Where the account itself is what is wrong, no run asks again before it is mended: its gate closes, and the expert is told. */
async function restrictRefused(
  tx: Tx,
  refused: readonly Answer[],
  recipients: ReadonlyMap<string, string>,
): Promise<void> {
  const terminal = refused.flatMap(({ payout, outcome }) =>
    outcome.kind === 'refused' && refusalKind(outcome.code) === 'TERMINAL'
      ? (recipients.get(payout.id) ?? [])
      : [],
  );
  if (terminal.length === 0) return;
  const expertIds = await restrictAccounts(tx.db, terminal, tx.now);
  if (expertIds.length === 0) return;
  for (const expertId of expertIds)
    tx.record({ subjectType: 'payout-account', subjectId: expertId, to: 'RESTRICTED', expertId });
  await notifyExperts(tx, expertIds, {
    kind: 'PAYOUT_ACCOUNT',
    title: 'Your payout account needs something',
    body: 'The bank refused a payout to it. Your money is kept; give the payment provider other bank details, and it is sent after that.',
    link: '/expert/bank-details',
  });
}

/** Has the rail send on to banks, as soon as this is committed, what it took. */
function sendToBanksSoon(tx: Tx, payoutIds: readonly string[]): void {
  if (payoutIds.length > 0)
    tx.enqueue({ queue: 'rail', name: 'send-to-banks', payload: { payoutIds: [...payoutIds] } });
}

/** Appends to the journal that a payout moved on. */
export function recordPayout(tx: Tx, payout: PayoutRecord, to: string, facts: Record<string, unknown>): void {
  const { id: subjectId, state: from, expertId } = payout;
  tx.record({ subjectType: 'payout', subjectId, from, to, facts, expertId });
}

async function tellFinance(tx: Tx): Promise<void> {
  await notify(
    tx,
    { staff: 'FINANCE' },
    {
      kind: 'PAYOUT_FAILED',
      title: 'A payout was refused',
      body: 'The rail gave a definite answer; the money is still payable and is tried again with the next run.',
      link: '/admin/payouts',
    },
  );
}
