// A rail that answers at once, so that what is measured is ours: Stripe's shapes for the balance, bank accounts, transfers and payouts.
// Run by the bench with PORT; every transfer is taken, the same key gives the same transfer.
import { createServer } from 'node:http';

const taken = new Map();
/** What each transfer brought, minor units. */
const brought = new Map();

const server = createServer((request, answer) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const form = new URLSearchParams(Buffer.concat(parts).toString());
    answer.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_bench' });
    answer.end(JSON.stringify(answerTo(request, form)));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT), '127.0.0.1');

function answerTo({ method, url, headers }, form) {
  const key = headers['idempotency-key'];
  if (method === 'POST') return url.startsWith('/v1/payouts') ? payout(key, form) : transfer(key, form);
  if (url.includes('/external_accounts')) return banks(url);
  return url.startsWith('/v1/transfers/') ? arrived(url) : balance();
}

function balance() {
  return { object: 'balance', available: [{ currency: 'usd', amount: 9e12 }], pending: [], livemode: false };
}

/** The bank account that the bench gave to an account: of the same number. */
function banks(url) {
  const number = /acct_(\d+)/.exec(url)[1];
  const bank = { id: `ba_${number}`, object: 'bank_account', currency: 'usd', default_for_currency: true };
  return { object: 'list', data: [bank], has_more: false, url };
}

/** A number for a key, the same each time. */
function numberOf(key) {
  if (!taken.has(key)) taken.set(key, { id: taken.size + 1 });
  return taken.get(key);
}

function transfer(key, form) {
  const { id } = numberOf(key);
  brought.set(`tr_${id}`, Number(form.get('amount')));
  return {
    id: `tr_${id}`,
    object: 'transfer',
    amount: Number(form.get('amount')),
    currency: form.get('currency'),
    destination: form.get('destination'),
    amount_reversed: 0,
    transfer_group: form.get('transfer_group'),
    livemode: false,
  };
}

/** A transfer with what it brought to its account. */
function arrived(url) {
  const id = /tr_\d+/.exec(url)[0];
  const moved = { object: 'balance_transaction', net: brought.get(id), currency: 'usd', exchange_rate: null };
  return {
    id,
    object: 'transfer',
    currency: 'usd',
    destination_payment: { object: 'charge', balance_transaction: moved },
  };
}

function payout(key, form) {
  return {
    id: `po_${numberOf(key).id}`,
    object: 'payout',
    amount: Number(form.get('amount')),
    currency: form.get('currency'),
    destination: form.get('destination'),
    method: form.get('method'),
    metadata: { payout_id: form.get('metadata[payout_id]'), attempt: form.get('metadata[attempt]') },
    status: 'in_transit',
    balance_transaction: 'txn_1',
  };
}
