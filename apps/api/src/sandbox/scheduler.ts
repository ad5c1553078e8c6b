import { createHmac } from 'node:crypto';
import { recipientWith } from './operations';
import type { Body, Books, Store } from './store';

/** What happens to objects as time passes. */
const HAPPENINGS: Record<string, (books: Books, id: string) => Promise<void>> = {
  'payment.succeeds': async (books, id) => {
    const before = await books.get('payment_intent', id);
    if (before.status !== 'processing') return;
    const payment = await books.update(id, {
      status: 'succeeded',
      amount_received: before.amount,
      latest_charge: books.id('ch'),
    });
    await books.move(id, 'charge', BigInt(String(before.amount)), String(before.currency));
    await books.emit('platform', 'payment_intent.succeeded', payment);
  },
  'payment.fails': async (books, id) => {
    const payment = await books.update(id, {
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_failed', message: 'The bank refused the payment.' },
    });
    await books.emit('platform', 'payment_intent.payment_failed', payment);
  },
  'account.activates': async (books, id) => {
    const account = await books.update(id, { configuration: recipientWith('active') });
    await books.emit('v2', 'v2.core.account[configuration.recipient].capability_status_updated', account);
  },
  'payout.pays': async (books, id) => {
    const payout = await books.update(id, { status: 'paid' });
    await books.emit('connect', 'payout.paid', payout, await accountOf(books, id));
  },
  'payout.fails': async (books, id) => {
    const payout = await books.update(id, {
      status: 'failed',
      failure_code: 'account_closed',
      failure_message: 'The bank account has been closed.',
    });
    await books.emit('connect', 'payout.failed', payout, await accountOf(books, id));
  },
};

async function accountOf(books: Books, id: string): Promise<string> {
  const { rows } = await books.client.query<{ account: string }>(
    'SELECT account FROM sandbox.object WHERE id = $1',
    [id],
  );
  return rows[0]?.account ?? '';
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

/** Delivers waiting webhooks, signed as Stripe signs them; what is not taken comes again, later and later. */
export async function deliver(store: Store, webhookUrl: string, secret: string): Promise<void> {
  const { rows } = await store.pool.query<{ id: string; route: string; body: Body; attempts: number }>(
    `SELECT id, route, body, attempts FROM sandbox.event WHERE delivered_at IS NULL AND next_at <= $1 ORDER BY created_at LIMIT ${BATCH}`,
    [store.now()],
  );
  for (const event of rows) {
    const isTaken = await send(`${webhookUrl}/${event.route}`, JSON.stringify(event.body), secret);
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
