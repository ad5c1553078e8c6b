import { createHmac, randomInt } from 'node:crypto';
import { makeAvailable } from './balance';
import { activate } from './operations/accounts';
import { fail, succeed } from './operations/payments';
import { failPayout, payPayout } from './operations/payouts';
import { failRefund, settleRefund } from './operations/refunds';
import type { Body, Books, Store } from './store';

const REFUSED = {
  type: 'invalid_request_error',
  code: 'payment_failed',
  message: 'The bank refused the payment.',
};

/** What happens to objects as time passes. */
const HAPPENINGS: Record<string, (books: Books, id: string) => Promise<unknown>> = {
  'payment.succeeds': async (books, id) => {
    const payment = await books.get('payment_intent', id);
    if (isUnderWay(payment)) await succeed(books, payment, { isPending: true });
  },
  'payment.fails': async (books, id) => {
    const payment = await books.get('payment_intent', id);
    if (isUnderWay(payment)) await fail(books, payment, REFUSED);
  },
  'funds.become_available': async (books, id) => {
    const moved = await makeAvailable(books, id);
    if (moved) await books.emit('platform', 'balance.available', { object: 'balance', livemode: false });
  },
  'account.activates': activate,
  'payout.pays': payPayout,
  'payout.fails': failPayout,
  'payout.pays_and_fails': async (books, id) => {
    await payPayout(books, id);
    await books.schedule('payout.fails', id, 'payout');
  },
  'refund.succeeds': settleRefund,
  'refund.fails': failRefund,
};

/** Requires_action is a bank transfer that is waited for; processing is what older payments were in. */
function isUnderWay({ status }: Body): boolean {
  return status === 'requires_action' || status === 'processing';
}

/** Lets the next thing happen: what is due, or with `isNow` the first on the calendar. Returns what it was. */
export async function happen(store: Store, isNow: boolean): Promise<string | undefined> {
  return store.transaction(async (books) => {
    const { rows } = await books.client.query<{ what: string; object_id: string }>(
      `DELETE FROM sandbox.due WHERE id = (SELECT id FROM sandbox.due WHERE $1 OR due_at <= $2 ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING what, object_id`,
      [isNow, books.now],
    );
    const next = rows[0];
    if (!next) return undefined;
    await HAPPENINGS[next.what]?.(books, next.object_id);
    return `${next.what} ${next.object_id}`;
  });
}

const BATCH = 20;

/**
 * Delivers waiting webhooks, signed as Stripe signs them; what is not taken comes again, later and later. Where the
 * settings say so they come out of order, and some of them twice.
 */
export async function deliver(store: Store, webhookUrl: string, secret: string): Promise<void> {
  const { duplicates = 0, shuffle = 0 } = await store.transaction((books) => books.setting('webhooks'));
  const { rows } = await store.pool.query<{ id: string; route: string; body: Body; attempts: number }>(
    `SELECT id, route, body, attempts FROM sandbox.event WHERE delivered_at IS NULL AND next_at <= $1
     ORDER BY CASE WHEN $2 THEN random() ELSE 0 END, created_at, id LIMIT ${BATCH}`,
    [store.now(), shuffle > 0],
  );
  for (const event of rows) {
    const url = `${webhookUrl}/${event.route}`;
    const isTaken = await send(url, JSON.stringify(event.body), secret);
    if (isTaken && randomInt(100) < duplicates) await send(url, JSON.stringify(event.body), secret);
    await store.pool.query(
      isTaken
        ? 'UPDATE sandbox.event SET delivered_at = $2, attempts = attempts + 1 WHERE id = $1'
        : `UPDATE sandbox.event SET attempts = attempts + 1, next_at = $2::timestamptz + make_interval(secs => least(3600, 2 ^ least(attempts, 12))) WHERE id = $1`,
      [event.id, store.now()],
    );
  }
}

async function send(url: string, payload: string, secret: string): Promise<boolean> {
  const at = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex');
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': `t=${at},v1=${signature}`,
      },
      body: payload,
      redirect: 'error',
      signal: AbortSignal.timeout(5000),
    });
    return response.ok;
  } catch {
    return false;
  }
}
