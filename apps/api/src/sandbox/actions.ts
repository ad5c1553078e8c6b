import { activate, askForMore, changeBank } from './operations/accounts';
import { closeDispute, openDispute } from './operations/disputes';
import { failPayout } from './operations/payouts';
import { isPayable } from './operations/recipient';
import { failRefund, settleRefund } from './operations/refunds';
import { RailError, type Body, type Books } from './store';

type Action = (books: Books, id: string) => Promise<string>;

const did = (what: string, work: (books: Books, id: string) => Promise<unknown>): Action => {
  return async (books, id) => {
    await work(books, id);
    return `${what} ${id}`;
  };
};

/** What somebody at the sandbox's page can make happen to an object. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  dispute: did('disputed', async (books, id) => {
    const payment = await books.get('payment_intent', id);
    if (payment.status !== 'succeeded')
      throw new RailError(400, undefined, 'Only a payment that has arrived can be disputed.', {
        param: 'objectId',
      });
    await openDispute(books, payment, 'needs_response');
  }),
  win_dispute: did('dispute won', (books, id) => closeDispute(books, id, 'won')),
  lose_dispute: did('dispute lost', (books, id) => closeDispute(books, id, 'lost')),
  fail_refund: did('refund failed', failRefund),
  complete_refund: did('refund sent', settleRefund),
  fail_payout: did('payout returned', failPayout),
  ask_for_more: did('account asks for more', askForMore),
  activate: did('account is active', activate),
  change_bank: did('bank account changed', (books, id) => changeBank(books, id)),
  send_again: did('sent again', async (books, id) => {
    const { rowCount } = await books.client.query(
      'UPDATE sandbox.event SET delivered_at = NULL, next_at = $2 WHERE id = $1',
      [id, books.now],
    );
    if (rowCount === 0)
      throw new RailError(404, 'resource_missing', `No such event: '${id}'`, { param: 'objectId' });
  }),
};

/** Which actions fit an object as it is; of a payment, whether it was disputed says its charge. */
export function actionsFor(kind: string, body: Body, isDisputed = false): string[] {
  const { status } = body;
  if (kind === 'payment_intent')
    return status === 'succeeded' && body.latest_charge && !isDisputed ? ['dispute'] : [];
  if (kind === 'dispute')
    return ['won', 'lost', 'warning_closed'].includes(String(status)) ? [] : ['win_dispute', 'lose_dispute'];
  if (kind === 'refund') return refundActions(status);
  if (kind === 'payout') return status === 'failed' ? [] : ['fail_payout'];
  return [isPayable(body) ? 'ask_for_more' : 'activate', 'change_bank'];
}

function refundActions(status: unknown): string[] {
  if (status === 'succeeded') return ['fail_refund'];
  return status === 'failed' ? [] : ['complete_refund', 'fail_refund'];
}
