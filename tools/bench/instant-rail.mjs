// A rail that answers at once, so that what is measured is ours: Stripe's shapes for the balance, bank accounts and transfers.
// Run by the bench with PORT; every transfer is taken, the same key gives the same transfer.
import { createServer } from 'node:http';

const taken = new Map();

const server = createServer((request, answer) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const form = new URLSearchParams(Buffer.concat(parts).toString());
    const body =
      request.method === 'POST'
        ? transfer(request.headers['idempotency-key'], form)
        : request.url.includes('/external_accounts')
          ? banks(request.url)
          : balance();
    answer.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_bench' });
    answer.end(JSON.stringify(body));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT), '127.0.0.1');

function balance() {
  return { object: 'balance', available: [{ currency: 'usd', amount: 9e12 }], pending: [], livemode: false };
}

/** No bank account, as the accounts of the bench know of none. */
function banks(url) {
  return { object: 'list', data: [], has_more: false, url };
}

function transfer(key, form) {
  if (!taken.has(key)) taken.set(key, `tr_${taken.size + 1}`);
  return {
    id: taken.get(key),
    object: 'transfer',
    amount: Number(form.get('amount')),
    currency: form.get('currency'),
    destination: form.get('destination'),
    amount_reversed: 0,
    transfer_group: form.get('transfer_group'),
    livemode: false,
  };
}
